/// Caches: groups that replicate, single clusters, and serverless ones.
extension ResourceMappings {
  private static let member = PlanContext.Join(
    type: "aws_elasticache_cluster", attribute: "replication_group_id",
    targets: ["aws_elasticache_replication_group"])

  static let caches: [ResourceMapping] = [
    ResourceMapping(
      ["aws_elasticache_replication_group"],
      attributes: [
        "node_type", "engine", "num_cache_clusters", "number_cache_clusters", "num_node_groups",
        "replicas_per_node_group", "cluster_mode", "automatic_failover_enabled", "multi_az_enabled",
        "subnet_group_name", "preferred_cache_cluster_azs", "snapshot_retention_limit",
      ], part: group),
    ResourceMapping(
      ["aws_elasticache_cluster"],
      attributes: [
        "node_type", "engine", "num_cache_nodes", "replication_group_id", "subnet_group_name",
        "preferred_availability_zones", "snapshot_retention_limit",
      ], joins: [member], part: cluster),
    ResourceMapping(["aws_elasticache_serverless_cache"], attributes: ["engine"]) { resource, _ in
      var draft = CostDraft("aws-elasticache", part: "cache", at: resource.location)
      draft.state("engine", from: resource["engine"])
      draft.state("mode", "serverless")
      return PlannedPart(noun: "cache", costs: [draft])
    },
  ]

  @Sendable private static func group(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var draft = CostDraft("aws-elasticache", part: "nodes", at: resource.location)
    draft.state("class", from: resource["node_type"])
    draft.state("engine", from: resource["engine"], otherwise: "redis")
    let joined = context.resources(member, to: resource).count
    let nodes = groupNodes(of: resource).map { $0 + joined }
    draft.state("nodes", nodes)
    snapshots(of: resource, into: &draft)
    var part = PlannedPart(
      zones: context.zones(of: resource, through: "subnet_group_name"), noun: "cache", costs: [draft])
    let isSharded = (shards(of: resource) ?? 1) > 1
    if let count = nodes, count > 1, !isSharded {
      let moves = resource["automatic_failover_enabled"].isTrue
      part.units = .roles(standbys: 0, readers: count - 1, takeover: moves ? .cache : nil)
    } else {
      part.units = .many(nodes)
    }
    return part
  }

  /// The nodes of a group: stated, or shards with their replicas.
  private static func groupNodes(of resource: PlannedResource) -> Int? {
    for name in ["num_cache_clusters", "number_cache_clusters"] {
      if let count = resource[name].count, count > 0 { return count }
    }
    if let shards = shards(of: resource) {
      let replicas =
        resource["replicas_per_node_group"].count
        ?? resource["cluster_mode.replicas_per_node_group"].count
      return replicas.map { shards * (1 + $0) }
    }
    // One node when nothing is stated (Terraform, aws_elasticache_replication_group).
    let isOpen = ["num_cache_clusters", "num_node_groups"].contains { resource[$0].isHidden }
    return isOpen ? nil : 1
  }

  /// Snapshots beyond the first cost by their size, which a plan does not hold.
  private static func snapshots(of resource: PlannedResource, into draft: inout CostDraft) {
    if let kept = resource["snapshot_retention_limit"].count, kept > 1 {
      draft.note("unknown: snapshot, the size of one; snapshots: \(kept) are kept")
    }
  }

  private static func shards(of resource: PlannedResource) -> Int? {
    resource["num_node_groups"].count ?? resource["cluster_mode.num_node_groups"].count
  }

  @Sendable private static func cluster(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    if context.target(member, of: resource) != nil { return nil }
    var draft = CostDraft("aws-elasticache", part: "nodes", at: resource.location)
    draft.state("class", from: resource["node_type"])
    draft.state("engine", from: resource["engine"])
    // Redis has one node in a cluster of its own (Terraform, aws_elasticache_cluster).
    let nodes = resource["num_cache_nodes"].count ?? (resource["engine"].text == "redis" ? 1 : nil)
    draft.state("nodes", nodes)
    snapshots(of: resource, into: &draft)
    return PlannedPart(
      units: .many(nodes), zones: context.zones(of: resource, through: "subnet_group_name"), noun: "cache",
      costs: [draft])
  }
}
