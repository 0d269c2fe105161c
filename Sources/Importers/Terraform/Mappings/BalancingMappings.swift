/// Load balancers.
extension ResourceMappings {
  static let balancing: [ResourceMapping] = [
    ResourceMapping(
      ["aws_lb", "aws_alb"],
      attributes: ["load_balancer_type", "internal", "subnets", "subnet_mapping"]
    ) { resource, context in
      var draft = CostDraft("aws-elb", part: "balancer", at: resource.location)
      // An application load balancer when nothing is stated (Terraform, aws_lb).
      let type = resource["load_balancer_type"]
      draft.state("kind", from: type == .null ? .text("application") : type, as: kind)
      return balancer(draft, resource, context)
    },
    ResourceMapping(["aws_elb"], attributes: ["internal", "subnets"]) { resource, context in
      var draft = CostDraft("aws-elb", part: "balancer", at: resource.location)
      draft.state("kind", "clb")
      return balancer(draft, resource, context)
    },
  ]

  private static func kind(_ text: String) -> String? {
    ["application": "alb", "network": "nlb", "gateway": "gateway"][text]
  }

  private static func balancer(
    _ draft: CostDraft, _ resource: PlannedResource, _ context: PlanContext
  ) -> PlannedPart {
    let zones = context.zones(of: resource, through: "subnets", "subnet_mapping")
    var part = PlannedPart(units: .many(1), zones: zones, noun: "balancer", costs: [draft])
    if !resource["internal"].isTrue {
      part.notes.append("its public addresses are not in the plan and cost, too: aws-public-ipv4")
    }
    return part
  }
}
