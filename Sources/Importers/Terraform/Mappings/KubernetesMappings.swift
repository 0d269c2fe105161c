/// Clusters, their nodes, and tasks of Fargate.
extension ResourceMappings {
  static let kubernetes: [ResourceMapping] = [
    ResourceMapping(
      ["aws_eks_cluster"], attributes: ["version", "upgrade_policy", "vpc_config"], part: cluster),
    ResourceMapping(
      ["aws_eks_node_group"],
      attributes: [
        "instance_types", "capacity_type", "disk_size", "scaling_config", "launch_template", "subnet_ids",
        "ami_type",
      ], part: nodeGroup),
    ResourceMapping(
      ["aws_ecs_task_definition"], attributes: ["cpu", "memory", "ephemeral_storage", "runtime_platform"]),
    ResourceMapping(
      ["aws_ecs_service"],
      attributes: [
        "launch_type", "desired_count", "task_definition", "capacity_provider_strategy",
        "network_configuration",
      ], part: service),
  ]

  @Sendable private static func cluster(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var draft = CostDraft("aws-eks", part: "control-plane", at: resource.location)
    if resource["upgrade_policy.support_type"].text == "STANDARD" {
      draft.state("support", "standard")
    } else {
      draft.state("version", from: resource["version"])
    }
    return PlannedPart(
      units: .many(1), zones: [], noun: "kubernetes", costs: [draft])
  }

  /// A group of nodes: a pool whose nodes are machines with a volume each.
  @Sendable private static func nodeGroup(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart?
  {
    let template = context.side.target(
      of: resource, through: "launch_template", types: ["aws_launch_template"])
    var draft = machineDraft(resource, template: template)
    draft.isPerUnit = true
    let types = resource["instance_types"].items.compactMap(\.text)
    if let first = types.first {
      draft.state("type", first)
    } else if template == nil {
      // t3.medium is the type when none is stated (AWS, CreateNodegroup).
      draft.state("type", from: .null, otherwise: "t3.medium")
    }
    if types.count > 1 { draft.note("type: \(types.dropFirst().joined(separator: ", ")) may run instead") }
    if resource["capacity_type"].text == "SPOT" { draft.bought = "spot" }
    if resource["ami_type"].text?.hasPrefix("WINDOWS") == true { draft.state("os", "windows") }
    var part = PlannedPart(
      owner: .pool, units: .many(resource["scaling_config.desired_size"].count),
      zones: context.zones(of: resource, through: "subnet_ids"), noun: "nodes",
      costs: [draft] + nodeVolumes(resource, template).map(\.perUnit))
    part.notes = scalingNotes(resource, from: "scaling_config.min_size", to: "scaling_config.max_size")
    return part
  }

  private static func nodeVolumes(_ resource: PlannedResource, _ template: PlannedResource?) -> [CostDraft] {
    if let template {
      let mapped = VolumeDraft.drafts(ofTemplate: template)
      if !mapped.isEmpty { return mapped }
    }
    var volume = CostDraft("aws-ebs", part: "volume", at: resource.location)
    volume.state("type", from: .null, otherwise: VolumeDraft.defaultType)
    // 20 GiB is the size when none is stated (AWS, CreateNodegroup).
    volume.state("size", gigabytes: resource["disk_size"], otherwise: "20 GB")
    return [volume]
  }

  /// A service of ECS on Fargate: so many tasks of its definition.
  @Sendable private static func service(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    let providers = resource["capacity_provider_strategy"].items.compactMap {
      $0["capacity_provider"].text
    }
    let isFargate =
      resource["launch_type"].text == "FARGATE" || providers.contains { $0.hasPrefix("FARGATE") }
    var part = PlannedPart(
      units: .many(resource["desired_count"].count),
      zones: context.zones(of: resource, through: "network_configuration"), noun: "tasks")
    guard isFargate else {
      part.notes = ["its tasks run on machines that are priced for themselves"]
      return part
    }
    var draft = CostDraft("aws-fargate", part: "task", at: resource.location)
    draft.isPerUnit = true
    if let task = context.side.target(
      of: resource, through: "task_definition", types: ["aws_ecs_task_definition"])
    {
      // 1,024 units are one processor, memory is in MiB (AWS, task definition parameters).
      draft.state("vcpu", from: task["cpu"], as: { thousandth($0) })
      draft.state("memory", from: task["memory"], as: { thousandth($0).map { "\($0) GB" } })
      draft.state("storage", gigabytes: task["ephemeral_storage.size_in_gib"])
      if task["runtime_platform.cpu_architecture"].text == "ARM64" { draft.state("architecture", "arm") }
    } else {
      draft.note("unknown: vcpu and memory, since its task definition is not in the plan")
    }
    if !providers.isEmpty, providers.allSatisfy({ $0 == "FARGATE_SPOT" }) { draft.bought = "spot" }
    part.costs = [draft]
    return part
  }

  /// A number of 1,024ths, exactly.
  private static func thousandth(_ text: String) -> String? {
    guard let number = Double(text), number > 0 else { return nil }
    let value = number / 1024
    return value == value.rounded() ? String(Int(value)) : String(value)
  }
}
