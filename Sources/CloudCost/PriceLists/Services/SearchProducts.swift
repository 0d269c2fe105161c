/// Products of the OpenSearch list, whose code is still that of Elasticsearch: instances and volumes.
enum SearchProducts {
  private static let items: [String: (item: String, unit: String)] = [
    "ES:gp2-Storage": ("storage/gp2", "GB-month"),
    "ES:GP3-Storage": ("storage/gp3", "GB-month"),
    "ES:PIOPS-Storage": ("storage/io1", "GB-month"),
    "ES:Magnetic-Storage": ("storage/standard", "GB-month"),
    "ES:PIOPS": ("iops/io1", "IOPS-month"),
  ]

  static func product(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    if let item = items[usage] { return .item("opensearch", item.item, per: item.unit) }
    guard usage.hasPrefix("ESInstance:") || usage.hasPrefix("HeavyUsage:"),
      product[.instanceType].hasSuffix(".search")
    else { return .unknown }
    let name = product[.instanceType]
    return .item("opensearch", "instance/\(name)", per: "hour", facts: name)
  }
}
