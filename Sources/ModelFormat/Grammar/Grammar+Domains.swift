extension Grammar {
  static let domain = Shape.record(
    Record(
      "domain",
      [
        Field(
          "kind", .choice(["region", "zone", "pool", "node"]), required: true, "What kind of place it is."),
        title,
        Field("in", .scalar(.name), "The domain it is in.", example: "us-east-1"),
        Field("like", .scalar(.name), "A domain whose failure modes it shares.", example: "us-east-1a"),
        Field("nodes", nodes, "The nodes of a pool: pool-1, pool-2, …"),
        Field(
          "fails", .names(of: .named("failure-mode"), what: "failure mode"), "The ways in which it fails."),
        Field(
          "planned", planned, "Work on it; of a pool, on its nodes one after the other.",
          example: "{drain: {every: 1 month, takes: 10 min}}"),
        Field(
          "allocatable", resources, "What a node has for units, or each node of a pool.",
          example: "{cpu: 8, memory: 32 GB}"),
        Field(
          "autoscaling", nodeAutoscaling, "How many nodes of a pool run, by the units that have no room.",
          example: "{min: 3, max: 15, delay: 3 min}"),
        costs,
        source,
      ] + nodeShape,
      groups: [KeyGroup([["allocatable"], ["capacity", "machine", "reserved", "daemons"]], isWhole: false)]))

  static let nodes = Shape.record(
    Record(
      "nodes",
      [
        Field("count", .scalar(.integer(minimum: 1)), required: true, "How many.", example: "6"),
        Field("spread", .choice(["zones"]), "Over the zones of the model, one after the other."),
        Field(
          "fails", .names(of: .named("failure-mode"), what: "failure mode"),
          "The ways in which each node fails."),
        source,
      ]))
}
