/// Brokers of messages: Amazon MQ and MSK.
extension ResourceMappings {
  static let messaging: [ResourceMapping] = [
    ResourceMapping(
      ["aws_mq_broker"],
      attributes: ["engine_type", "host_instance_type", "deployment_mode", "storage_type", "subnet_ids"],
      part: broker),
    ResourceMapping(
      ["aws_msk_cluster"], attributes: ["number_of_broker_nodes", "broker_node_group_info", "storage_mode"],
      part: kafka),
  ]

  @Sendable private static func broker(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var draft = CostDraft("aws-mq", part: "broker", at: resource.location)
    draft.state("class", from: resource["host_instance_type"])
    draft.state("engine", from: resource["engine_type"], as: { engine($0.lowercased()) })
    if resource["storage_type"].text == "ebs", resource["engine_type"].text?.lowercased() == "activemq" {
      draft.state("storage-type", "ebs")
    }
    let mode = resource["deployment_mode"]
    // One instance when nothing is stated (Terraform, aws_mq_broker).
    let deployment = mode.text ?? (mode == .null ? "SINGLE_INSTANCE" : nil)
    let zones = context.zones(of: resource, through: "subnet_ids")
    var part = PlannedPart(zones: zones, noun: "broker")
    switch deployment {
    case "SINGLE_INSTANCE": draft.state("deployment", "single")
    case "ACTIVE_STANDBY_MULTI_AZ":
      draft.state("deployment", "active-standby")
      part.units = .roles(standbys: 1, readers: 0, takeover: .broker)
    case "CLUSTER_MULTI_AZ":
      draft.state("deployment", "cluster")
      part.units = .many(clusterNodes)
    default: draft.note("unknown: deployment, which the plan does not say")
    }
    part.costs = [draft]
    return part
  }

  /// A cluster of RabbitMQ has three nodes (Amazon MQ Developer Guide, “Cluster deployment”).
  private static let clusterNodes = 3

  private static func engine(_ text: String) -> String? {
    ["rabbitmq", "activemq"].contains(text) ? text : nil
  }

  @Sendable private static func kafka(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var draft = CostDraft("aws-msk", part: "brokers", at: resource.location)
    draft.state("class", from: resource["broker_node_group_info.instance_type"])
    let count = resource["number_of_broker_nodes"]
    draft.state("brokers", from: count)
    let storage = "broker_node_group_info.storage_info.ebs_storage_info.volume_size"
    let stated = resource[storage]
    draft.state(
      "storage-per-broker",
      gigabytes: stated == .null ? resource["broker_node_group_info.ebs_volume_size"] : stated)
    return PlannedPart(
      units: .many(count.count), zones: context.zones(of: resource, through: "broker_node_group_info"),
      noun: "kafka", costs: [draft])
  }
}
