package import Diagnostics
internal import FoundationEssentials

/// Search domains: data nodes, dedicated masters, UltraWarm nodes, and the volumes of the data nodes.
package struct OpenSearchDomain: CostResource {
  package static let kind = "aws-opensearch"
  package static let title = "Amazon OpenSearch Service"
  package static let summary = "A domain of OpenSearch or Elasticsearch."
  package static let services = ["opensearch"]
  package static let fields: [ResourceField] = [
    ResourceField(
      "class", .text, required: true, "The class of the data nodes.", example: "r6g.large.search"),
    ResourceField("nodes", .count(minimum: 1), "Data nodes; 1.", example: "3"),
    ResourceField(
      "master-class", .text, "The class of dedicated masters; none.", example: "m6g.large.search"),
    ResourceField("masters", .count(minimum: 1), "Dedicated masters; 3.", example: "3"),
    ResourceField(
      "warm-class", .text, "The class of UltraWarm nodes; none.", example: "ultrawarm1.medium.search"),
    ResourceField("warm-nodes", .count(minimum: 2), "UltraWarm nodes; 2.", example: "2"),
    ResourceField(
      "storage-type", .choice(["gp3", "gp2", "io1", "standard"]), "The type of the volumes; gp3."),
    ResourceField("storage", .size, "The volumes of all data nodes together.", example: "400 GB"),
    ResourceField(
      "iops", .number, "Provisioned operations per second of all data nodes together, of io1.",
      example: "3000"),
    ResourceField("warm-storage", .size, "What is kept warm, in managed storage.", example: "2 TB"),
  ]

  let nodeClass: Located<String>
  let nodes: Decimal
  let masterClass: Located<String>?
  let masters: Decimal
  let warmClass: Located<String>?
  let warmNodes: Decimal
  let storageType: String
  let storage: Decimal?
  let iops: Decimal?
  let warmStorage: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    nodeClass = stated.searchClass("class") ?? Located("", at: stated.location)
    nodes = stated.number("nodes") ?? 1
    masterClass = stated.searchClass("master-class")
    masters = stated.number("masters") ?? 3
    warmClass = stated.searchClass("warm-class")
    warmNodes = stated.number("warm-nodes") ?? 2
    storageType = stated.text("storage-type")?.value ?? "gp3"
    storage = stated.gigabytes("storage")
    iops = stated.number("iops")
    warmStorage = stated.gigabytes("warm-storage")
    stated.refuse("iops", unless: storageType == "io1", of: storageType, findings: &findings)
    stated.demand(
      "master-class", if: stated.has("masters"), for: "masters:", example: "m6g.large.search",
      findings: &findings)
    for key in ["warm-nodes", "warm-storage"] {
      stated.demand(
        "warm-class", if: stated.has(key), for: "\(key):", example: "ultrawarm1.medium.search",
        findings: &findings)
    }
  }

  /// Three nodes and more are over several zones; how one alone stands, the table does not say.
  package var agreement: String? { nodes >= 3 ? "opensearch/multi-az" : nil }

  package func charges(in context: ChargeContext) -> [Charge] {
    func nodes(_ label: String, _ node: Located<String>?, _ count: Decimal, isCommittable: Bool) -> [Charge] {
      guard let node else { return [] }
      return [
        Charge(
          "\(label) (\(node.value))", .listed(PriceKey("opensearch", "instance/\(node.value)")),
          .known(context.hours * count), unit: "hour", isCommittable: isCommittable, stated: node)
      ]
    }
    return nodes("Data nodes", nodeClass, self.nodes, isCommittable: true)
      + nodes("Dedicated masters", masterClass, masters, isCommittable: true)
      + nodes("UltraWarm nodes", warmClass, warmNodes, isCommittable: false) + volumes + warm
  }

  /// Classes with disks of their own, such as `r6gd` and `i3`, need no volumes.
  private var hasOwnDisks: Bool {
    let family = nodeClass.value.prefix { $0 != "." }
    return family.hasPrefix("i") || family.hasSuffix("d")
  }

  private var volumes: [Charge] {
    guard storage != nil || !hasOwnDisks else { return [] }
    var charges = [
      Charge(
        "Storage (\(storageType))", PriceKey("opensearch", "storage/\(storageType)"), storage,
        unit: "GB-month", otherwise: "storage: 100 GB")
    ]
    if storageType == "io1" {
      charges.append(
        Charge(
          "Provisioned IOPS (io1)", PriceKey("opensearch", "iops/io1"), iops, unit: "IOPS-month",
          otherwise: "iops: 3000"))
    }
    return charges
  }

  private var warm: [Charge] {
    guard warmClass != nil else { return [] }
    return [
      Charge(
        "Warm storage", PriceKey("opensearch", "storage/warm"), warmStorage, unit: "GB-month",
        otherwise: "warm-storage: 2 TB")
    ]
  }
}

extension StatedResource {
  /// A class under the name that OpenSearch gives it; Elasticsearch wrote `.elasticsearch` for `.search`.
  fileprivate func searchClass(_ key: String) -> Located<String>? {
    text(key).map { stated in
      let old = ".elasticsearch"
      let isOld = stated.value.hasSuffix(old)
      return Located(isOld ? stated.value.dropLast(old.count) + ".search" : stated.value, at: stated.location)
    }
  }
}
