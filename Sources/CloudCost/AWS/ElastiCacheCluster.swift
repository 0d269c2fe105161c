package import Diagnostics
internal import FoundationEssentials

/// Caches: nodes of a class, as one cluster or as shards with replicas, or serverless by data and requests; snapshots.
package struct ElastiCacheCluster: CostResource {
  package static let kind = "aws-elasticache"
  package static let title = "Amazon ElastiCache"
  package static let summary = "A cache of Redis OSS, Valkey or Memcached."
  package static let services = ["elasticache"]
  package static let fields: [ResourceField] = [
    ResourceField("engine", .choice(["redis", "valkey", "memcached"]), "The engine; redis."),
    ResourceField(
      "mode", .choice(["nodes", "serverless"]), "Nodes of a class, or by data and requests; nodes."),
    ResourceField("class", .text, "The class of the nodes.", example: "cache.r5.large"),
    ResourceField(
      "nodes", .number, "How many nodes, when they are not shards with replicas; on average; 1.",
      example: "3"),
    ResourceField(
      "shards", .number, "Shards, each a primary node and its replicas; on average.", example: "2"),
    ResourceField(
      "replicas", .number, "Replicas of each shard; on average; none.", example: "1"),
    ResourceField("data", .size, "What a serverless cache holds on average.", example: "5 GB"),
    ResourceField(
      "ecpu", .rate,
      "Processing units of a serverless cache: 1 for each kB that a simple request reads or writes.",
      example: "500,000,000 /month"),
    ResourceField("snapshot", .size, "The size of one snapshot.", example: "50 GB"),
    ResourceField(
      "snapshots", .count(minimum: 1), "Snapshots that are kept; the first is free; 1.", example: "7"),
  ]

  let engine: String
  let isServerless: Bool
  let nodeClass: Located<String>?
  let nodes: Decimal
  /// Whether its shards have replicas.
  let hasReplicas: Bool
  let data: Decimal?
  let processing: Decimal?
  let snapshot: Decimal?
  let snapshots: Decimal

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    engine = stated.text("engine")?.value ?? "redis"
    isServerless = stated.text("mode")?.value == "serverless"
    nodeClass = stated.text("class")
    let shards = stated.number("shards") ?? (stated.has("replicas") ? 1 : nil)
    nodes = shards.map { $0 * (1 + (stated.number("replicas") ?? 0)) } ?? stated.number("nodes") ?? 1
    hasReplicas = stated.number("replicas").map { $0 > 0 } ?? false
    data = stated.gigabytes("data")
    processing = stated.perMonth("ecpu")
    snapshot = stated.gigabytes("snapshot")
    snapshots = stated.number("snapshots") ?? 1
    check(stated, &findings)
  }

  private func check(_ stated: StatedResource, _ findings: inout [Diagnostic]) {
    let mode = isServerless ? "serverless" : "a cache of nodes"
    stated.demand(
      "class", if: !isServerless, for: "a cache of nodes", example: "cache.r6g.large", findings: &findings)
    for key in ["class", "nodes", "shards", "replicas"] {
      stated.refuse(key, unless: !isServerless, of: mode, findings: &findings)
    }
    for key in ["data", "ecpu"] { stated.refuse(key, unless: isServerless, of: mode, findings: &findings) }
    for key in ["shards", "replicas", "snapshot", "snapshots"] {
      stated.refuse(key, unless: engine != "memcached", of: engine, findings: &findings)
    }
    stated.demand(
      "snapshot", if: stated.has("snapshots"), for: "snapshots:", example: "50 GB", findings: &findings)
    guard let nodes = stated.text("nodes"), stated.has("shards") || stated.has("replicas") else { return }
    findings.append(
      Diagnostic(
        slug: "counted-twice", "nodes: and shards: both say how many nodes there are", at: nodes.location,
        help: "leave nodes: out"))
  }

  /// A primary node with replicas, or serverless, is over several zones; Memcached has no failover.
  package var agreement: String? {
    isServerless || hasReplicas ? "elasticache/multi-az" : "elasticache/single-az"
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    (isServerless ? serverless(in: context) : provisioned(in: context)) + backup
  }

  private func provisioned(in context: ChargeContext) -> [Charge] {
    guard let nodeClass else { return [] }
    return [
      Charge(
        "Nodes (\(nodeClass.value), \(engine))",
        .listed(PriceKey("elasticache", "node/\(nodeClass.value)/\(engine)")),
        .known(context.hours * nodes), unit: "hour", isCommittable: true, stated: nodeClass)
    ]
  }

  /// At least 100 MB are metered with Valkey, 1 GB with the others (Amazon ElastiCache pricing).
  private func serverless(in context: ChargeContext) -> [Charge] {
    let least: Decimal = engine == "valkey" ? 1 / 10 : 1
    return [
      Charge(
        "Serverless data (\(engine))", PriceKey("elasticache", "serverless/\(engine)/data"),
        data.map { max($0, least) * context.hours }, unit: "GB-hour", otherwise: "data: 5 GB"),
      Charge(
        "Serverless requests (\(engine))", PriceKey("elasticache", "serverless/\(engine)/ecpu"),
        processing.map { $0 / 1_000_000 }, unit: "1M ECPU", otherwise: "ecpu: 500,000,000 /month"),
    ]
  }

  private var backup: [Charge] {
    guard let snapshot, snapshots > 1 else { return [] }
    return [
      Charge(
        "Snapshots after the first", .listed(PriceKey("elasticache", "backup")),
        .known(snapshot * (snapshots - 1)), unit: "GB-month")
    ]
  }
}
