/// Networks: subnets say where things are; gateways, addresses and endpoints cost.
extension ResourceMappings {
  static let network: [ResourceMapping] = [
    ResourceMapping(["aws_subnet"], attributes: []),
    ResourceMapping(
      ["aws_db_subnet_group", "aws_elasticache_subnet_group"], attributes: ["subnet_ids"]),
    ResourceMapping(["aws_nat_gateway"], attributes: ["subnet_id", "connectivity_type"]) {
      resource, context in
      PlannedPart(
        zones: context.zones(of: resource, through: "subnet_id"), noun: "nat",
        costs: [CostDraft("aws-nat", part: "gateway", at: resource.location)])
    },
    ResourceMapping(["aws_eip"], attributes: ["public_ipv4_pool"]) { resource, _ in
      .cost(CostDraft("aws-public-ipv4", part: "address", at: resource.location))
    },
    ResourceMapping(
      ["aws_vpc_endpoint"], attributes: ["vpc_endpoint_type", "subnet_ids", "service_name"], part: endpoint),
  ]

  /// An endpoint costs per zone; those of type Gateway cost nothing.
  @Sendable private static func endpoint(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart?
  {
    let type = resource["vpc_endpoint_type"]
    // Gateway is the type when none is stated (Terraform, aws_vpc_endpoint).
    guard let text = type.text ?? (type == .null ? "Gateway" : nil), text != "Gateway" else { return nil }
    var draft = CostDraft("aws-vpc-endpoint", part: "endpoint", at: resource.location)
    draft.state("kind", from: .text(text), as: { $0 == "Interface" ? "interface" : nil })
    let zones = context.zones(of: resource, through: "subnet_ids").count
    if zones > 0 {
      draft.state("zones", zones)
    } else {
      draft.note("unknown: zones, in how many it is; priced in one")
    }
    return .cost(draft)
  }
}
