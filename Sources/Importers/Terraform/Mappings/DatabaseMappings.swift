/// Databases: instances with their replicas, and clusters with their instances.
extension ResourceMappings {
  private static let replica = PlanContext.Join(
    type: "aws_db_instance", attribute: "replicate_source_db", targets: ["aws_db_instance"])
  private static let member = PlanContext.Join(
    type: "aws_rds_cluster_instance", attribute: "cluster_identifier", targets: ["aws_rds_cluster"])
  private static let instanceAttributes = [
    "instance_class", "engine", "engine_version", "license_model", "multi_az", "allocated_storage",
    "storage_type", "iops", "storage_throughput", "replicate_source_db", "performance_insights_enabled",
    "performance_insights_retention_period", "db_subnet_group_name",
  ]

  static let databases: [ResourceMapping] = [
    ResourceMapping(
      ["aws_db_instance"], attributes: instanceAttributes, joins: [replica], part: database),
    ResourceMapping(
      ["aws_rds_cluster"],
      attributes: [
        "engine", "engine_mode", "engine_version", "storage_type", "serverlessv2_scaling_configuration",
        "db_cluster_instance_class", "allocated_storage", "iops", "db_subnet_group_name",
      ], part: cluster),
    ResourceMapping(
      ["aws_rds_cluster_instance"],
      attributes: ["cluster_identifier", "instance_class", "engine", "engine_version"],
      joins: [member], part: clusterMember),
  ]

  // MARK: Instances

  @Sendable private static func database(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart?
  {
    let source = context.target(replica, of: resource).flatMap { $0.address == resource.address ? nil : $0 }
    let isReplica = resource["replicate_source_db"] != .null
    var part = PlannedPart(
      zones: context.zones(of: resource, through: "db_subnet_group_name"), noun: "database",
      costs: [databaseDraft(resource, source: source)])
    if let source {
      part.owner = .other(root(of: source, context).address)
    } else if isReplica {
      part.notes.append("it replicates a database that is not in the plan")
    }
    guard part.owner == .component else { return part }
    let standbys = resource["multi_az"].isTrue ? 1 : 0
    let readers = replicas(of: resource, context).count
    if standbys + readers > 0 {
      part.units = .roles(standbys: standbys, readers: readers, takeover: standbys > 0 ? .multiAZ : nil)
    }
    return part
  }

  /// Replicas of it, and replicas of those.
  private static func replicas(of resource: PlannedResource, _ context: PlanContext) -> [PlannedResource] {
    var found: [PlannedResource] = []
    var seen: Set<ResourceAddress> = [resource.address]
    var pending = [resource]
    while let next = pending.popLast() {
      for one in context.resources(replica, to: next) where seen.insert(one.address).inserted {
        found.append(one)
        pending.append(one)
      }
    }
    return found
  }

  /// The database that everything is replicated from in the end.
  private static func root(of resource: PlannedResource, _ context: PlanContext) -> PlannedResource {
    var seen: Set<ResourceAddress> = []
    var here = resource
    while seen.insert(here.address).inserted, let next = context.target(replica, of: here) { here = next }
    return here
  }

  /// An instance; a replica has the engine and storage of what it replicates (AWS, CreateDBInstanceReadReplica).
  private static func databaseDraft(_ resource: PlannedResource, source: PlannedResource?) -> CostDraft {
    var draft = CostDraft("aws-rds", part: source == nil ? "instance" : "replica", at: resource.location)
    func value(_ name: String) -> PlanValue {
      let own = resource[name]
      return own.text == nil ? source?[name] ?? own : own
    }
    draft.state("class", from: value("instance_class"))
    draft.state("engine", from: value("engine"))
    draft.state("deployment", resource["multi_az"].isTrue ? "multi-az" : "single-az")
    let hasIOPS = value("iops").text.flatMap { Double($0) }.map { $0 > 0 } ?? false
    // io1 with IOPS, gp2 without (Terraform, aws_db_instance).
    draft.state(
      "storage-type", from: value("storage_type"), as: { $0 == "standard" ? "magnetic" : $0 },
      otherwise: hasIOPS ? "io1" : "gp2")
    draft.state("storage", gigabytes: value("allocated_storage"))
    draft.state("iops", positive: value("iops"))
    draft.state("throughput", positive: value("storage_throughput"))
    if value("engine").text?.hasPrefix("oracle") == true {
      draft.state("license", from: value("license_model"), as: { licenses[$0] })
    }
    draft.state("version", from: value("engine_version"))
    insights(of: resource, into: &draft)
    return draft
  }

  private static let licenses = ["license-included": "included", "bring-your-own-license": "bring-your-own"]

  /// Performance Insights costs when it keeps more than 7 days.
  private static func insights(of resource: PlannedResource, into draft: inout CostDraft) {
    guard resource["performance_insights_enabled"].isTrue,
      let days = resource["performance_insights_retention_period"].count, days > 7
    else { return }
    draft.state("performance-insights", "long-term")
  }

  // MARK: Clusters

  private static func isAurora(_ resource: PlannedResource) -> Bool {
    resource["engine"].text?.hasPrefix("aurora") ?? true
  }

  @Sendable private static func cluster(_ resource: PlannedResource, _ context: PlanContext) -> PlannedPart? {
    var part = PlannedPart(
      zones: context.zones(of: resource, through: "db_subnet_group_name"), noun: "database")
    guard isAurora(resource) else {
      part.costs = [multiAZCluster(resource)]
      part.units = .roles(standbys: 0, readers: 2, takeover: .multiAZCluster)
      return part
    }
    let members = context.resources(member, to: resource)
    part.costs = aurora(resource, members)
    if members.count > 1 {
      part.units = .roles(standbys: 0, readers: members.count - 1, takeover: .aurora)
    }
    return part
  }

  /// The instances of a cluster, class by class; what the cluster keeps is stated with the first.
  private static func aurora(_ cluster: PlannedResource, _ members: [PlannedResource]) -> [CostDraft] {
    var classes: [PlanValue] = []
    for member in members where !classes.contains(member["instance_class"]) {
      classes.append(member["instance_class"])
    }
    guard !classes.isEmpty else { return [withoutInstances(cluster)] }
    return classes.enumerated().map { index, name in
      var draft = auroraDraft(cluster, part: index == 0 ? "instances" : "instances-\(index + 1)", class: name)
      draft.state("instances", members.count { $0["instance_class"] == name })
      return draft
    }
  }

  private static func withoutInstances(_ cluster: PlannedResource) -> CostDraft {
    if cluster["engine_mode"].text == "serverless" {
      var draft = auroraDraft(cluster, part: "capacity", class: .null)
      draft.state("mode", "serverless-v1")
      draft.note("unknown: acu, the capacity it uses on average")
      return draft
    }
    var draft = auroraDraft(cluster, part: "instances", class: .null)
    draft.note("unknown: class, since none of its instances is in the plan")
    return draft
  }

  /// Instances of one class, with the storage configuration of their cluster.
  private static func auroraDraft(
    _ cluster: PlannedResource, part: String, class name: PlanValue
  ) -> CostDraft {
    var draft = CostDraft("aws-aurora", part: part, at: cluster.location)
    draft.state("engine", from: cluster["engine"], as: auroraEngine)
    if name.text == "db.serverless" {
      draft.state("mode", "serverless-v2")
      let scaling = "serverlessv2_scaling_configuration"
      let range = [cluster["\(scaling).min_capacity"], cluster["\(scaling).max_capacity"]].compactMap(\.text)
      draft.note(
        "unknown: acu, the capacity it uses on average"
          + (range.count == 2 ? ", \(range[0]) to \(range[1])" : ""))
    } else {
      draft.state("class", from: name)
    }
    if cluster["storage_type"].text == "aurora-iopt1" { draft.state("configuration", "io-optimized") }
    draft.state("version", from: cluster["engine_version"])
    draft.note("unknown: storage and requests, how much it keeps and how often that is read and written")
    return draft
  }

  private static func multiAZCluster(_ resource: PlannedResource) -> CostDraft {
    var draft = CostDraft("aws-rds", part: "cluster", at: resource.location)
    draft.state("class", from: resource["db_cluster_instance_class"])
    draft.state("engine", from: resource["engine"])
    draft.state("deployment", "multi-az-cluster")
    draft.state("storage-type", from: resource["storage_type"])
    draft.state("storage", gigabytes: resource["allocated_storage"])
    draft.state("iops", positive: resource["iops"])
    return draft
  }

  /// An instance belongs to its cluster; one whose cluster is not in the plan stands for itself.
  @Sendable private static func clusterMember(
    _ resource: PlannedResource, _ context: PlanContext
  ) -> PlannedPart? {
    if let cluster = context.target(member, of: resource), isAurora(cluster) {
      return PlannedPart(owner: .other(cluster.address), noun: "database")
    }
    return PlannedPart(
      noun: "database", costs: [auroraDraft(resource, part: "instances", class: resource["instance_class"])])
  }

  private static func auroraEngine(_ text: String) -> String? {
    switch text {
    case "aurora-postgresql": "postgres"
    case "aurora-mysql", "aurora": "mysql"
    default: nil
    }
  }
}
