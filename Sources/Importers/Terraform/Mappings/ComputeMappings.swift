/// Machines, their volumes, and groups of them that scale.
extension ResourceMappings {
  private static let machine = [
    "instance_type", "tenancy", "monitoring", "credit_specification", "instance_market_options",
    "root_block_device", "ebs_block_device", "block_device_mappings", "spot_price", "ebs_optimized",
  ]
  private static let templates = ["aws_launch_template", "aws_launch_configuration"]
  private static let attachment = PlanContext.Join(
    type: "aws_volume_attachment", attribute: "volume_id", targets: ["aws_ebs_volume"])

  static let compute: [ResourceMapping] = [
    ResourceMapping(templates, attributes: machine),
    ResourceMapping(
      ["aws_volume_attachment"], attributes: ["volume_id", "instance_id"], joins: [attachment]),
    ResourceMapping(
      ["aws_instance", "aws_spot_instance_request"], attributes: machine + ["subnet_id", "launch_template"],
      part: instance),
    ResourceMapping(
      ["aws_ebs_volume"], attributes: ["type", "size", "iops", "throughput", "snapshot_id"], part: volume),
    ResourceMapping(
      ["aws_autoscaling_group"],
      attributes: [
        "desired_capacity", "min_size", "max_size", "launch_template", "launch_configuration",
        "mixed_instances_policy", "vpc_zone_identifier",
      ], part: scalingGroup),
  ]

  @Sendable private static func instance(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart?
  {
    let template = context.side.target(of: resource, through: "launch_template", types: templates)
    var draft = machineDraft(resource, template: template)
    draft.note("os: linux, as the plan does not say what its image holds")
    if resource.type == "aws_spot_instance_request" { draft.bought = "spot" }
    let volumes =
      VolumeDraft.drafts(of: resource) + (template.map { VolumeDraft.drafts(ofTemplate: $0) } ?? [])
    var part = PlannedPart(
      zones: context.zones(of: resource, through: "subnet_id"), noun: "instance", costs: [draft] + volumes)
    if volumes.isEmpty { part.notes.append("unknown: its root volume; the image decides it") }
    return part
  }

  /// The machine of an instance, or of the template behind it.
  static func machineDraft(_ resource: PlannedResource, template: PlannedResource?) -> CostDraft {
    var draft = CostDraft("aws-ec2", part: "instance", at: resource.location)
    let own = resource["instance_type"]
    draft.state("type", from: own.text == nil ? template?["instance_type"] ?? own : own)
    let market = [resource, template].compactMap { $0?["instance_market_options.market_type"].text }
    if market.first == "spot" || (template ?? resource)["spot_price"].text != nil { draft.bought = "spot" }
    if let tenancy = resource["tenancy"].text, tenancy != "default" { draft.state("tenancy", tenancy) }
    let credits = [resource, template].compactMap { $0?["credit_specification.cpu_credits"].text }
    if let credits = credits.first { draft.state("credits", credits) }
    if [resource, template].contains(where: { isMonitored($0) }) {
      draft.state("detailed-monitoring", metricsOfMonitoring)
    }
    if resource["ebs_optimized"].isTrue { draft.state("ebs-optimized", "yes") }
    return draft
  }

  /// The metrics that detailed monitoring sends of an instance (Amazon CloudWatch pricing: 7).
  private static let metricsOfMonitoring = 7

  private static func isMonitored(_ resource: PlannedResource?) -> Bool {
    resource?["monitoring"].isTrue == true || resource?["monitoring.enabled"].isTrue == true
  }

  /// A volume belongs to the instance that it is attached to.
  @Sendable private static func volume(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    let draft = VolumeDraft.draft(
      of: resource.attributes, part: "volume", size: "size", type: "type", at: resource)
    let machines = context.resources(attachment, to: resource).compactMap {
      context.side.target(
        of: $0, through: "instance_id", types: ["aws_instance", "aws_spot_instance_request"])
    }
    var part = PlannedPart.cost(draft)
    part.noun = "volume"
    if machines.count == 1 { part.owner = .other(machines[0].address) }
    return part
  }

  /// A group that scales: so many machines of its template.
  @Sendable private static func scalingGroup(
    _ resource: PlannedResource, _ context: PlanContext
  ) -> PlannedPart? {
    let specification = "mixed_instances_policy.launch_template.launch_template_specification"
    let isMixed = resource[specification] != .null
    let template =
      context.side.target(of: resource, through: "launch_template", types: templates)
      ?? context.side.target(of: resource, through: "launch_configuration", types: templates)
      ?? (isMixed
        ? context.side.target(of: resource, through: "mixed_instances_policy", types: templates) : nil)
    var draft = machineDraft(resource, template: template)
    draft.note("os: linux, as the plan does not say what its image holds")
    draft.isPerUnit = true
    if isMixed { mix(resource, into: &draft) }
    // Without a desired capacity the group starts with its minimum (AWS, CreateAutoScalingGroup).
    let desired = resource["desired_capacity"].count ?? resource["min_size"].count
    let volumes = (template.map { VolumeDraft.drafts(of: $0) + VolumeDraft.drafts(ofTemplate: $0) } ?? [])
      .map(\.perUnit)
    var part = PlannedPart(
      units: .many(desired), zones: context.zones(of: resource, through: "vpc_zone_identifier"),
      noun: "machines", costs: [draft] + volumes)
    part.notes = scalingNotes(resource, from: "min_size", to: "max_size")
    if volumes.isEmpty { part.notes.append("unknown: root volumes; the image decides them") }
    return part
  }

  /// A policy of mixed instances: the first type that it lists, and the share that is spot.
  private static func mix(_ resource: PlannedResource, into draft: inout CostDraft) {
    let types = resource["mixed_instances_policy.launch_template.override"].items.compactMap {
      $0["instance_type"].text
    }
    if let first = types.first { draft.state("type", first) }
    if types.count > 1 { draft.note("type: \(types.dropFirst().joined(separator: ", ")) may run instead") }
    let distribution = "mixed_instances_policy.instances_distribution"
    let share = resource["\(distribution).on_demand_percentage_above_base_capacity"].count
    let base = resource["\(distribution).on_demand_base_capacity"].count ?? 0
    if share == 0, base == 0 { draft.bought = "spot" }
    if let share, share < 100, draft.bought != "spot" {
      draft.note("bought: \(base) and \(share) % of the others on demand, the rest spot; priced on demand")
    }
  }

  /// What a group may grow and shrink to.
  static func scalingNotes(_ resource: PlannedResource, from least: String, to most: String) -> [String] {
    guard let least = resource[least].count, let most = resource[most].count, least != most else {
      return []
    }
    return ["autoscaling: {min: \(least), max: \(most)} in the plan; what makes it scale is yours to state"]
  }
}
