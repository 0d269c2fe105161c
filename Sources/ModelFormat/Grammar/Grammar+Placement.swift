/// Where units may be beside each other, and what a node is.
extension Grammar {
  static let antiAffinity = Field(
    "anti-affinity",
    .record(
      Record(
        "anti-affinity",
        [
          Field("nodes", strength, "Whether units may share a node; they may.", example: "required"),
          Field("zones", strength, "Whether they may share a zone; they may.", example: "preferred"),
          Field(
            "from", .names(of: separation, what: "component"),
            "Whether they may share one with units of another component; what is required holds both ways.",
            example: "{redis: {nodes: required}}"), source,
        ], isNeverEmpty: true)),
    "Whether units may share a node or a zone; a unit without such a place is pending, unless it is only preferred.",
    example: "{nodes: required, zones: preferred}")

  private static let separation = Shape.record(
    Record(
      "separation",
      [
        Field("nodes", strength, "Whether units of the two may share a node; they may.", example: "required"),
        Field("zones", strength, "Whether they may share a zone; they may.", example: "preferred"), source,
      ], isNeverEmpty: true))

  private static let strength = Shape.choice(["required", "preferred"])

  static let topologySpread = Field(
    "topology-spread",
    .record(
      Record(
        "topology spread",
        [
          Field("zones", spread, "Over zones.", example: "{max-skew: 1, min-domains: 3}"),
          Field("nodes", spread, "Over nodes.", example: "{max-skew: 1}"), source,
        ], isNeverEmpty: true)),
    "How even the numbers of units must be, as topologySpreadConstraints of Kubernetes.",
    example: "{zones: {max-skew: 1, when-unsatisfiable: do-not-schedule}}")

  private static let spread = Shape.record(
    Record(
      "spread",
      [
        Field(
          "max-skew", .scalar(.integer(minimum: 1)), required: true,
          "By how many units a place may be above the one with the fewest.", example: "1"),
        Field(
          "min-domains", .scalar(.integer(minimum: 1)),
          "How many places there should be; with fewer of them the fewest count as 0; 1.", example: "3"),
        Field(
          "when-unsatisfiable", .choice(["do-not-schedule", "schedule-anyway"]),
          "What becomes of a unit that would break it; do-not-schedule."),
        source,
      ]))

  static let limits = Field(
    "limits", limitShape,
    "What each unit may take at most; where it does not say what it requests, it requests as much.",
    example: "{cpu: 2, memory: 4 GB, priority: critical}")

  private static let limitShape = Shape.record(
    Record(
      "limits",
      [
        Field("cpu", .scalar(.number(minimum: 0)), required: true, "CPUs at most.", example: "2"),
        Field("memory", .scalar(.dataSize), required: true, "Memory at most.", example: "4 GB"),
        Field(
          "priority", .choice(["critical", "important", "standard"]),
          "How much it matters where there is not room for all; standard goes first."), source,
      ]))

  /// What a node is, or each node of a pool.
  static let nodeShape = [
    Field(
      "machine", .scalar(.text), "The instance type of a node; the price book knows what it has and costs.",
      example: "m5.2xlarge"),
    Field("capacity", resources, "All that a node has.", example: "{cpu: 8, memory: 32 GB}"),
    Field(
      "reserved", resources, "What the system keeps of its capacity.", example: "{cpu: 0.1, memory: 1 GB}"),
    Field(
      "daemons", resources, "What runs on every node takes of its capacity.",
      example: "{cpu: 0.2, memory: 500 MB}"),
    Field("max-pods", .scalar(.integer(minimum: 1)), "The most units on a node; no limit.", example: "58"),
    Field(
      "alert",
      .record(
        Record(
          "node alert",
          [
            Field("cpu", alert, "Of its CPU.", example: "{at: 80 %, by: high-cpu}"),
            Field("memory", alert, "Of its memory.", example: "{at: 90 %}"), source,
          ], isNeverEmpty: true)),
      "The use of its CPU or memory at which somebody is told.", example: "{cpu: {at: 80 %, by: high-cpu}}"),
  ]
}
