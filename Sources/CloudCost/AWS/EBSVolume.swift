package import Diagnostics
internal import FoundationEssentials

/// Volumes: capacity, provisioned operations and throughput above what the type includes, snapshots.
///
/// gp3 includes 3,000 IOPS and 125 MB/s (AWS, Amazon EBS pricing).
package struct EBSVolume: CostResource {
  package static let kind = "aws-ebs"
  package static let title = "Amazon EBS"
  package static let summary = "Volumes and their snapshots."
  package static let services = ["ebs"]
  package static let fields: [ResourceField] = [
    ResourceField(
      "type", .choice(["gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"]), "The type; gp3.",
      example: "gp3"),
    ResourceField("size", .size, required: true, "What is provisioned.", example: "500 GB"),
    ResourceField("iops", .number, "Provisioned operations per second, of gp3, io1, io2.", example: "4000"),
    ResourceField("throughput", .number, "Provisioned MB/s, of gp3.", example: "250"),
    ResourceField("requests", .rate, "Operations, of standard.", example: "1,000,000 /month"),
    ResourceField("snapshots", .size, "What its snapshots keep, after compression.", example: "200 GB"),
  ]

  static let includedIOPS: Decimal = 3000
  static let includedThroughput: Decimal = 125

  let type: String
  let size: Decimal
  let iops: Decimal?
  let throughput: Decimal?
  let requests: Decimal?
  let snapshots: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("type")?.value ?? "gp3"
    size = stated.gigabytes("size") ?? 0
    iops = stated.number("iops")
    throughput = stated.number("throughput")
    requests = stated.perMonth("requests")
    snapshots = stated.gigabytes("snapshots")
    stated.refuse("iops", unless: ["gp3", "io1", "io2"].contains(type), of: type, findings: &findings)
    stated.refuse("throughput", unless: type == "gp3", of: type, findings: &findings)
    stated.refuse("requests", unless: type == "standard", of: type, findings: &findings)
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    var charges = [
      Charge("Storage (\(type))", .listed(PriceKey("ebs", type)), .known(size), unit: "GB-month")
    ]
    charges += provisioned
    if type == "standard" {
      charges.append(
        Charge(
          "Requests (standard)", PriceKey("ebs", "standard/requests"), requests.map { $0 / 1_000_000 },
          unit: "1M requests", otherwise: "requests: 1,000,000 /month"))
    }
    if let snapshots {
      charges.append(
        Charge("Snapshots", .listed(PriceKey("ebs", "snapshot")), .known(snapshots), unit: "GB-month"))
    }
    return charges
  }

  private var provisioned: [Charge] {
    let included = type == "gp3" ? Self.includedIOPS : 0
    var charges: [Charge] = []
    if let iops, iops > included {
      charges.append(
        Charge(
          "Provisioned IOPS (\(type))", .listed(PriceKey("ebs", "\(type)/iops")), .known(iops - included),
          unit: "IOPS-month"))
    }
    if let throughput, throughput > Self.includedThroughput {
      charges.append(
        Charge(
          "Provisioned throughput (\(type))", .listed(PriceKey("ebs", "\(type)/throughput")),
          .known(throughput - Self.includedThroughput), unit: "MBps-month"))
    }
    return charges
  }
}

extension StatedResource {
  /// Adds a finding when a key is stated that a type does not have.
  func refuse(_ key: String, unless isAllowed: Bool, of type: String, findings: inout [Diagnostic]) {
    guard !isAllowed, let value = declaration[key] else { return }
    findings.append(
      Diagnostic(
        slug: "not-of-this-type", "\(key): \(type) has none to choose", at: value.location,
        help: "leave \(key): out, or choose another type:"))
  }
}
