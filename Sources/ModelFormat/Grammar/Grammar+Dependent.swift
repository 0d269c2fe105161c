/// What makes units depend on each other: crews that repair one at a time, spares that stand by, load that is shared.
extension Grammar {
  static let crew = Shape.either([
    .scalar(.integer(minimum: 1)),
    .record(
      Record(
        "crew",
        [
          Field(
            "count", .scalar(.integer(minimum: 1)), required: true, "How many repairs it does at once.",
            example: "2"),
          Field(
            "preempts", .choice(["yes", "no"]),
            "Whether it leaves a repair for a more urgent one, and goes on with it later; no.", example: "yes"
          ),
          source,
        ])),
  ])

  static let standby = Shape.record(
    Record(
      "standby",
      [
        Field(
          "running", .scalar(.integer(minimum: 1)), required: true,
          "How many of the replicas work at once; the others are spares.", example: "2"),
        Field(
          "dormancy", .either([.choice(["cold", "hot"]), .scalar(.probability)]), required: true,
          "The failure rate of a spare as a share of that of a working unit: cold is 0 %, hot 100 %.",
          example: "20 %"),
        Field(
          "switch", switchover, "How a spare takes over; at once and always.",
          example: "{takes: 30 s, works: 99 %, manual: 20 min}"), source,
      ]))

  private static let switchover = Shape.record(
    Record(
      "switch",
      [
        Field("detect", delay, "Until the loss of a working unit is noticed.", example: "30 s"),
        Field("takes", .named("distribution"), "The move to the spare, once noticed.", example: "30 s"),
        Field("works", .scalar(.probability), "How likely it works: its coverage; always.", example: "99 %"),
        Field("manual", .named("distribution"), "The move by hand, when it does not.", example: "20 min"),
        source,
      ]))

  static let loadSharing = Shape.record(
    Record(
      "load sharing",
      [
        Field(
          "exponent", .scalar(.number(minimum: 0)),
          "The failure rate grows as this power of the load on a unit; 1: in proportion.", example: "1.5"),
        Field(
          "factors", .list(of: .scalar(.number(minimum: 0)), minimum: 1),
          "Multiplies the failure rate of each working unit with 0, 1, 2, … units missing.",
          example: "[1, 1.5, 4]"), source,
      ], groups: [KeyGroup([["exponent"], ["factors"]], isRequired: true)]))
}
