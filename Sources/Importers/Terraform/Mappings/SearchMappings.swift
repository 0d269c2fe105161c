/// Search: domains of OpenSearch and of its forerunner.
extension ResourceMappings {
  static let search: [ResourceMapping] = [
    ResourceMapping(
      ["aws_opensearch_domain", "aws_elasticsearch_domain"],
      attributes: ["cluster_config", "ebs_options", "vpc_options", "engine_version"], part: domain)
  ]

  @Sendable private static func domain(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var draft = CostDraft("aws-opensearch", part: "domain", at: resource.location)
    // The instance type and count when none are stated (Terraform, aws_opensearch_domain).
    let isOld = resource.type == "aws_elasticsearch_domain"
    draft.state(
      "class", from: resource["cluster_config.instance_type"],
      otherwise: isOld ? "m4.large.elasticsearch" : "m4.large.search")
    let count = resource["cluster_config.instance_count"]
    let nodes = count.isHidden ? nil : count.count ?? 1
    if let nodes {
      draft.state("nodes", nodes)
    } else {
      draft.note("unknown: nodes, which is known when the plan is applied")
    }
    masters(resource, into: &draft)
    if resource["ebs_options.ebs_enabled"].isTrue {
      draft.state("storage-type", from: resource["ebs_options.volume_type"], otherwise: "gp2")
      draft.state("storage", gigabytes: resource["ebs_options.volume_size"].times(nodes))
      if resource["ebs_options.volume_type"].text == "io1" {
        draft.state("iops", positive: resource["ebs_options.iops"].times(nodes))
      }
    }
    return PlannedPart(
      units: .many(nodes), zones: context.zones(of: resource, through: "vpc_options"), noun: "search",
      costs: [draft])
  }

  private static func masters(_ resource: PlannedResource, into draft: inout CostDraft) {
    if resource["cluster_config.dedicated_master_enabled"].isTrue {
      draft.state("master-class", from: resource["cluster_config.dedicated_master_type"])
      draft.state("masters", from: resource["cluster_config.dedicated_master_count"])
    }
    if resource["cluster_config.warm_enabled"].isTrue {
      draft.state("warm-class", from: resource["cluster_config.warm_type"])
      draft.state("warm-nodes", from: resource["cluster_config.warm_count"])
    }
  }
}

extension PlanValue {
  /// A whole number as often as there are nodes; unknown when that is not known.
  fileprivate func times(_ nodes: Int?) -> PlanValue {
    guard let count else { return self }
    guard let nodes else { return .unknown }
    return .number(String(count * nodes))
  }
}
