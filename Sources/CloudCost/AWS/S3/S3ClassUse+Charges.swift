internal import FoundationEssentials

extension S3ClassUse {
  /// What it takes, storage first.
  func charges() -> [Charge] {
    storage + overhead + monitoring + requests + retrieval + selections + early
  }

  /// What would state a use, where it belongs.
  private func placed(_ text: String) -> String {
    isBeside ? text : "\(storageClass.rawValue): {\(text)}"
  }

  /// What would state how large objects are.
  private var objectSize: String { isOfLifecycle ? "object-size: 8 MiB" : placed("objects: 10,000") }

  private func label(_ part: String) -> String { "\(part) (\(storageClass.title))" }

  private func charge(
    _ part: String, _ item: String, _ quantity: Decimal?, unit: String, otherwise: String
  ) -> Charge {
    Charge(
      label(part), storageClass.item(item), quantity, unit: unit, otherwise: placed(otherwise))
  }

  private var storage: [Charge] {
    let tiered = tiers.map { tier in
      let title = S3StorageClass.accessTiers.first { $0.key == tier.tier }?.title ?? tier.tier
      return charge(
        "Storage, \(title)", "storage/\(tier.tier)", tier.gigabytes, unit: "GB-month", otherwise: "")
    }
    guard storageClass == .intelligentTiering else {
      return [charge("Storage", "storage", billed, unit: "GB-month", otherwise: "size: 500 GB")]
    }
    guard let stored else {
      return tiered.isEmpty
        ? [
          charge(
            "Storage, frequent access", "storage/frequent", nil, unit: "GB-month",
            otherwise: "frequent: 500 GB")
        ] : tiered
    }
    return tiered + [
      charge(
        "Storage, all counted as frequent access", "storage/frequent", stored, unit: "GB-month",
        otherwise: "")
    ]
  }

  /// Gigabytes as billed: an object counts for the class's minimum at least.
  private var billed: Decimal? {
    guard let stored, let objectGigabytes, objectGigabytes < storageClass.minimumObjectGigabytes else {
      return stored
    }
    return stored * storageClass.minimumObjectGigabytes / objectGigabytes
  }

  /// Objects that are kept.
  private var objects: Decimal? {
    guard let stored, let objectGigabytes else { return stored == 0 ? 0 : nil }
    return stored / objectGigabytes
  }

  private var overhead: [Charge] {
    guard let overhead = storageClass.overheadGigabytes else { return tierOverhead }
    return [
      Charge(
        label("Index, 32 KB an object"), storageClass.item("storage"),
        objects.map { $0 * overhead.index }, unit: "GB-month", otherwise: objectSize),
      Charge(
        label("Metadata at Standard's price, 8 KB an object"), S3StorageClass.standard.item("storage"),
        objects.map { $0 * overhead.metadata }, unit: "GB-month", otherwise: objectSize),
    ]
  }

  /// The archive tiers of Intelligent-Tiering add the same, metadata at the price of frequent access; stated when the
  /// size of an object is.
  private var tierOverhead: [Charge] {
    guard let objectGigabytes, let overhead = S3StorageClass.glacier.overheadGigabytes else { return [] }
    let archived = tiers.filter { ["archive", "deep-archive"].contains($0.tier) }
    return archived.flatMap { tier in
      let objects = tier.gigabytes / objectGigabytes
      return [
        charge(
          "Index of \(tier.tier), 32 KB an object", "storage/\(tier.tier)", objects * overhead.index,
          unit: "GB-month", otherwise: ""),
        charge(
          "Metadata of \(tier.tier), 8 KB an object", "storage/frequent", objects * overhead.metadata,
          unit: "GB-month", otherwise: ""),
      ]
    }
  }

  /// Objects of less than 128 KB are not monitored, and stay frequent.
  private var monitoring: [Charge] {
    guard storageClass == .intelligentTiering else { return [] }
    let isSmall = objectGigabytes.map { $0 < S3StorageClass.gigabytes(kibibytes: 128) } ?? false
    let count = monitoredObjects ?? (isSmall ? 0 : objects)
    return [
      charge(
        "Monitoring and automation", "monitoring", count.map { $0 / 1000 }, unit: "1k objects",
        otherwise: "monitored-objects: 10,000")
    ]
  }

  private var requests: [Charge] {
    let written = charge(
      "PUT, COPY, POST, LIST requests", "requests/put", puts.map { $0 / 1000 }, unit: "1k requests",
      otherwise: "requests: {put: 10,000 /month}")
    let read = charge(
      "GET, SELECT and all other requests", "requests/get", gets.map { $0 / 1000 }, unit: "1k requests",
      otherwise: "requests: {get: 10,000 /month}")
    var charges = isMovedInto && puts == nil ? [read] : [written, read]
    if transitions != nil || isMovedInto {
      charges.append(
        Charge(
          label("Lifecycle transitions"), storageClass.item("requests/transition"),
          transitions.map { $0 / 1000 }, unit: "1k requests", otherwise: objectSize))
    }
    return charges
  }

  private var retrieval: [Charge] {
    guard storageClass.chargesRetrieval else { return [] }
    guard storageClass.isArchive else {
      return [
        charge(
          "Retrieval", "retrieval", retrieved.first?.gigabytes, unit: "GB",
          otherwise: "retrieval: {data: 50 GB/month}")
      ]
    }
    let ways = retrieved.isEmpty ? [Retrieved(speed: .standard)] : retrieved
    return ways.flatMap { archived($0) }
  }

  private func archived(_ way: Retrieved) -> [Charge] {
    let speed = way.speed.rawValue
    let data = charge(
      "Retrieval, \(speed)", "retrieval/\(speed)", way.gigabytes, unit: "GB",
      otherwise: "retrieval: {\(speed): {data: 50 GB/month}}")
    let requests = charge(
      "Retrieval requests, \(speed)", "retrieval/\(speed)/requests", way.requests.map { $0 / 1000 },
      unit: "1k requests", otherwise: "retrieval: {\(speed): {requests: 1,000 /month}}")
    return [requests, data]
  }

  private var selections: [Charge] {
    selected.flatMap { way in
      let of = way.speed == .instant ? "" : ", \(way.speed.rawValue)"
      let item = way.speed == .instant ? "select" : "select/\(way.speed.rawValue)"
      return [("scanned", way.scanned), ("returned", way.returned)].compactMap { part, gigabytes in
        gigabytes.map {
          charge("Select data \(part)\(of)", "\(item)/\(part)", $0, unit: "GB", otherwise: "")
        }
      }
    }
  }

  private var early: [Charge] {
    guard let unservedGigabytes else { return [] }
    let days = storageClass == .intelligentTiering ? 30 : storageClass.minimumDays
    return [
      charge(
        "Early deletion within \(days) days", "early-delete", unservedGigabytes, unit: "GB-month",
        otherwise: "")
    ]
  }
}
