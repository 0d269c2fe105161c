internal import Diagnostics
internal import FoundationEssentials

/// The storage of a database on Amazon RDS: its size, and operations and throughput above what comes with it.
struct RDSStorage {
  /// The keys of a database that state it.
  static let fields: [ResourceField] = [
    ResourceField(
      "storage", .size, "What is provisioned; io1 and io2 begin at 100 GB, with SQL Server at 20 GB.",
      example: "500 GB"),
    ResourceField("storage-type", .choice(["gp3", "gp2", "io1", "io2", "magnetic"]), "The type; gp3."),
    ResourceField(
      "iops", .number,
      "Provisioned operations per second; of io1 and io2 at least 1,000, of gp3 in all, with those that come with it: 3,000, and 12,000 from 400 GB on (Oracle 200 GB, SQL Server never).",
      example: "14000"),
    ResourceField(
      "throughput", .number,
      "Provisioned MB/s of gp3 in all, with those that come with it: 125, and 500 from 400 GB on.",
      example: "750"),
    ResourceField("requests", .rate, "Operations of magnetic storage.", example: "1,000,000 /month"),
  ]

  /// The least of io1 and io2 (Amazon RDS User Guide, “Provisioned IOPS SSD storage”).
  static let leastIOPS: Decimal = 1000

  let type: String
  /// In gigabytes; `nil` when not stated.
  let size: Decimal?
  let iops: Decimal?
  let throughput: Decimal?
  let requests: Decimal?
  private let engine: RDSEngine

  private var isProvisioned: Bool { ["io1", "io2"].contains(type) }

  /// Reads ``fields``; adds a finding for what the type does not have.
  init(_ stated: StatedResource, engine: RDSEngine, findings: inout [Diagnostic]) {
    let type = stated.text("storage-type")?.value ?? "gp3"
    let isProvisioned = ["io1", "io2"].contains(type)
    self.type = type
    self.engine = engine
    size = stated.gigabytes("storage").map { isProvisioned ? max($0, engine.leastProvisioned) : $0 }
    iops = stated.number("iops")
    throughput = stated.number("throughput")
    requests = stated.perMonth("requests")
    stated.refuse("iops", unless: isProvisioned || type == "gp3", of: type, findings: &findings)
    stated.refuse("throughput", unless: type == "gp3", of: type, findings: &findings)
    stated.refuse("requests", unless: type == "magnetic", of: type, findings: &findings)
  }

  /// The charges for so many such volumes of a deployment.
  ///
  /// - Parameter whose: whose storage it is, for the labels: `of replicas`; empty for the database itself.
  func charges(_ deployment: RDSDeployment, copies: Decimal, whose: String = "") -> [Charge] {
    func charge(_ label: String, _ item: String, _ quantity: Charge.Quantity, unit: String) -> Charge {
      let key = PriceKey("rds", "\(item)/\(type)/\(deployment.rawValue)")
      let quantity: Charge.Quantity =
        if case .known(let one) = quantity { .known(one * copies) } else { quantity }
      return Charge(whose.isEmpty ? label : "\(label) \(whose)", .listed(key), quantity, unit: unit)
    }
    var charges = [
      charge("Storage (\(type))", "storage", size.map { .known($0) } ?? Self.unstatedSize, unit: "GB-month")
    ]
    if let quantity = provisionedIOPS {
      charges.append(charge("Provisioned IOPS (\(type))", "iops", quantity, unit: "IOPS-month"))
    }
    if let quantity = above(throughput, included?.throughput) {
      charges.append(charge("Provisioned throughput (\(type))", "throughput", quantity, unit: "MBps-month"))
    }
    return charges + operations(copies: copies, whose: whose)
  }

  private static let unstatedSize = Charge.Quantity.unstated("storage: 100 GB")

  private var provisionedIOPS: Charge.Quantity? {
    isProvisioned ? .known(max(iops ?? 0, Self.leastIOPS)) : above(iops, included?.iops)
  }

  private var included: (iops: Decimal, throughput: Decimal)? { size.map(engine.included) }

  /// What is stated above what comes with gp3 of this size; `nil` when that is nothing.
  private func above(_ stated: Decimal?, _ included: Decimal?) -> Charge.Quantity? {
    guard let stated else { return nil }
    guard let included else { return Self.unstatedSize }
    return stated > included ? .known(stated - included) : nil
  }

  private func operations(copies: Decimal, whose: String) -> [Charge] {
    guard type == "magnetic" else { return [] }
    return [
      Charge(
        whose.isEmpty ? "I/O requests (magnetic)" : "I/O requests (magnetic) \(whose)",
        PriceKey("rds", "requests/magnetic"), requests.map { $0 * copies / 1_000_000 }, unit: "1M requests",
        otherwise: "requests: 1,000,000 /month")
    ]
  }
}

/// How a database on Amazon RDS is spread over availability zones.
enum RDSDeployment: String {
  case singleAZ = "single-az"
  case multiAZ = "multi-az"
  /// A writer and two standbys that can be read.
  case cluster = "multi-az-cluster"

  /// As AWS writes it.
  var title: String {
    switch self {
    case .singleAZ: "Single-AZ"
    case .multiAZ: "Multi-AZ"
    case .cluster: "Multi-AZ cluster"
    }
  }

  /// The instances that run.
  var instances: Decimal {
    switch self {
    case .singleAZ: 1
    case .multiAZ: 2
    case .cluster: 3
    }
  }

  /// The instances that can be asked, and watched.
  var readable: Decimal { self == .cluster ? 3 : 1 }
}
