internal import Diagnostics
internal import FoundationEssentials

/// What a bucket states, sorted by class, and what in it contradicts itself.
struct S3BucketCheck {
  let stated: StatedResource
  /// The class of what is stated beside the classes.
  let storageClass: S3StorageClass
  let lifecycle: S3Lifecycle
  /// What is stated of each class, in their order.
  let parts: [(storageClass: S3StorageClass, part: StatedResource)]
  /// What an object measures on average; `nil`: not stated.
  let objectGigabytes: Decimal?

  private static let keysOfOneClass = ["size", "objects", "requests", "retrieval", "select", "early-delete"]

  init(_ stated: StatedResource) {
    self.stated = stated
    let storageClass = stated.text("class").flatMap { S3StorageClass(rawValue: $0.value) } ?? .standard
    self.storageClass = storageClass
    lifecycle = S3Lifecycle(stated, writtenTo: storageClass)
    objectGigabytes = Self.objectGigabytes(stated)
    let records = S3StorageClass.allCases.filter { stated.has($0.rawValue) }
    let isSimple =
      Self.keysOfOneClass.contains { stated.has($0) } || stated.has("class")
      || (records.isEmpty && !stated.has("ingest") && !stated.has("lifecycle"))
    parts = S3StorageClass.allCases.compactMap { kind in
      if let part = stated.part(kind.rawValue) { return (kind, part) }
      return isSimple && kind == storageClass ? (kind, stated) : nil
    }
  }

  private static func objectGigabytes(_ stated: StatedResource) -> Decimal? {
    if let size = stated.gigabytes("object-size"), size > 0 { return size }
    guard let size = stated.gigabytes("size"), let objects = stated.number("objects"), objects > 0, size > 0
    else { return nil }
    return size / objects
  }

  /// Everything that contradicts itself, the lifecycle included.
  func findings() -> [Diagnostic] {
    var findings = lifecycle.findings + sizes + computed + foreign
    if let record = stated.declaration[storageClass.rawValue],
      Self.keysOfOneClass.contains(where: { stated.has($0) && !isOfLifecycle($0) })
    {
      findings.append(
        Diagnostic(
          slug: "stated-twice", "\(storageClass.rawValue): is stated here and beside it",
          at: record.location, help: "put all that is of this class under \(storageClass.rawValue):"))
    }
    return findings
  }

  private var ages: Bool { stated.has("ingest") || stated.has("lifecycle") }
  private func isOfLifecycle(_ key: String) -> Bool { ages && ["size", "objects"].contains(key) }

  /// Keys beside the classes that the class has none of.
  private var foreign: [Diagnostic] {
    let speeds = storageClass.retrievals.map { $0.speed.rawValue }
    let foreignWays =
      storageClass.isArchive
      ? ["data", "scanned", "returned"]
        + S3Retrieval.Speed.allCases.map { $0.rawValue }
        .filter { !speeds.contains($0) }
      : S3Retrieval.Speed.allCases.map { $0.rawValue }
    let top = [
      storageClass.chargesRetrieval ? nil : "retrieval", storageClass.hasSelect ? nil : "select",
      storageClass == .standard ? "early-delete" : nil,
    ].compactMap { $0 }
    let inside = [
      stated.part("requests").map { ($0, storageClass == .standard ? ["transition"] : []) },
      stated.part("retrieval").map { ($0, foreignWays) }, stated.part("select").map { ($0, foreignWays) },
    ].compactMap { $0 }
    return refuse(top, of: stated)
      + inside.flatMap { part, keys in
        top.contains { part.path == "\(stated.path)/\($0)" } ? [] : refuse(keys, of: part)
      }
  }

  private func refuse(_ keys: [String], of part: StatedResource) -> [Diagnostic] {
    keys.compactMap { key in
      part.declaration[key].map { value in
        Diagnostic(
          slug: "not-of-this-class", "\(key): is nothing that \(storageClass.rawValue) has",
          at: value.location,
          help: "leave \(key): out, or state the class: that it is of")
      }
    }
  }

  /// The count, the size of one and the size of all must agree to a hundredth.
  private var sizes: [Diagnostic] {
    guard let objects = stated.number("objects") else { return [] }
    let each = stated.gigabytes("object-size")
    guard let size = stated.gigabytes("size") else {
      return [
        Diagnostic(
          slug: "says-nothing", "objects: says nothing without size:",
          at: stated.declaration["objects"]?.location ?? stated.location, help: "size: 500 GB")
      ]
    }
    guard let each, abs(size - objects * each) > size / 100 else { return [] }
    return [
      Diagnostic(
        slug: "sizes-differ", "objects: times object-size: is not size:",
        at: stated.declaration["objects"]?.location ?? stated.location, help: "leave one of the three out")
    ]
  }

  /// What a lifecycle computes can not be stated for its classes.
  private var computed: [Diagnostic] {
    let passed = lifecycle.cohorts?.stages.map { $0.storageClass } ?? []
    return parts.flatMap { kind, part -> [Diagnostic] in
      guard passed.contains(kind) else { return [] }
      let isBeside = part.path == stated.path
      let places =
        (isBeside ? [] : ["size", "objects"].map { part.declaration[$0] })
        + [part.declaration["early-delete"], part.declaration["requests"]?["transition"]]
        + S3StorageClass.accessTiers.map { isBeside ? nil : part.declaration[$0.key] }
      return places.compactMap { place in
        place.map {
          Diagnostic(
            slug: "computed", "the lifecycle computes this of \(kind.rawValue)", at: $0.location,
            help: "leave it out; state ingest:, and size: of what is there at first")
        }
      }
    }
  }
}
