package import Diagnostics
internal import FoundationEssentials

/// Volumes: capacity, provisioned operations and throughput above what the type includes, snapshots.
///
/// gp3 includes 3,000 IOPS and 125 MB/s; io2 costs less for each operation above 32,000 and above 64,000 of one volume
/// (AWS, Amazon EBS pricing).
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
    ResourceField("archived-snapshots", .size, "What is kept in the archive tier; none.", example: "1 TB"),
    ResourceField("archive-retrieval", .dataRate, "What is read back from the archive tier; none."),
    ResourceField(
      "fast-restore-zones", .count(minimum: 1), "Zones in which a snapshot is restored fast; none.",
      example: "2"),
  ]

  static let includedIOPS: Decimal = 3000
  static let includedThroughput: Decimal = 125

  let type: String
  let size: Decimal
  let iops: Decimal?
  let throughput: Decimal?
  let requests: Decimal?
  let snapshots: SnapshotUse

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("type")?.value ?? "gp3"
    size = stated.gigabytes("size") ?? 0
    iops = stated.number("iops")
    throughput = stated.number("throughput")
    requests = stated.perMonth("requests")
    snapshots = SnapshotUse(stated)
    stated.refuse("iops", unless: ["gp3", "io1", "io2"].contains(type), of: type, findings: &findings)
    stated.refuse("throughput", unless: type == "gp3", of: type, findings: &findings)
    stated.refuse("requests", unless: type == "standard", of: type, findings: &findings)
    findings += beyondLimits(stated)
  }

  /// A volume of a type that is all defaults, such as the disk of a node.
  init(type: String, size: Decimal) {
    self.type = type
    self.size = size
    iops = nil
    throughput = nil
    requests = nil
    snapshots = SnapshotUse()
  }

  package var agreement: String? { "ebs/volume" }

  package func charges(in context: ChargeContext) -> [Charge] {
    let capacity = Charge(
      "Storage (\(type))", .listed(PriceKey("ebs", type)), .known(size), unit: "GB-month")
    return [capacity] + operations + snapshots.charges(hours: context.hours)
  }

  private var operations: [Charge] {
    switch type {
    case "gp3": aboveIncluded
    case "io1":
      [
        Charge(
          "Provisioned IOPS (io1)", PriceKey("ebs", "io1/iops"), iops, unit: "IOPS-month",
          otherwise: "iops: 4000")
      ]
    case "io2": tieredIOPS
    case "standard":
      [
        Charge(
          "Requests (standard)", PriceKey("ebs", "standard/requests"), requests.map { $0 / 1_000_000 },
          unit: "1M requests", otherwise: "requests: 1,000,000 /month")
      ]
    default: []
    }
  }

  private var aboveIncluded: [Charge] {
    var charges: [Charge] = []
    if let iops, iops > Self.includedIOPS {
      charges.append(
        Charge(
          "Provisioned IOPS (gp3)", .listed(PriceKey("ebs", "gp3/iops")), .known(iops - Self.includedIOPS),
          unit: "IOPS-month"))
    }
    if let throughput, throughput > Self.includedThroughput {
      charges.append(
        Charge(
          "Provisioned throughput (gp3)", .listed(PriceKey("ebs", "gp3/throughput")),
          .known(throughput - Self.includedThroughput), unit: "MBps-month"))
    }
    return charges
  }

  /// The tiers are of each volume, not of the account, so they are items of their own.
  private var tieredIOPS: [Charge] {
    guard let iops else {
      return [
        Charge(
          "Provisioned IOPS (io2)", PriceKey("ebs", "io2/iops"), nil, unit: "IOPS-month",
          otherwise: "iops: 4000")
      ]
    }
    let tiers: [(item: String, label: String, from: Decimal, upTo: Decimal?)] = [
      ("io2/iops", "up to 32,000", 0, 32_000), ("io2/iops/tier-2", "up to 64,000", 32_000, 64_000),
      ("io2/iops/tier-3", "above 64,000", 64_000, nil),
    ]
    return tiers.compactMap { tier in
      let part = min(iops, tier.upTo ?? iops) - tier.from
      guard part > 0 else { return nil }
      return Charge(
        "Provisioned IOPS (io2, \(tier.label))", .listed(PriceKey("ebs", tier.item)), .known(part),
        unit: "IOPS-month")
    }
  }
}
