extension Grammar {
  static let capability = Shape.record(
    Record(
      "capability",
      [
        title,
        Field(
          "depends-on", dependencies, required: true, "What it needs.",
          example: "{api: hard, payments: {any-of: [stripe, adyen]}}"),
        Field(
          "demand", .names(of: .scalar(.number(minimum: 0)), what: "component"),
          "How many healthy units' worth of work it asks of whom.", example: "{api: 2.55}"),
        Field(
          "profile", profile, "How that changes with time: `demand` is 100 %.",
          example: "{day: [{from: \"00:00\", load: 40 %}, {from: \"08:00\", load: 100 %}], weekend: 50 %}"),
        Field("objectives", .names(of: objective, what: "objective"), "What is promised."),
        Field("downtime", downtime, "What it costs to be down."),
        source,
      ]))

  static let objective = Shape.record(
    Record(
      "objective",
      [
        Field(
          "availability", .scalar(.availability), "The availability promised.",
          example: "99.9 %"),
        Field(
          "per", .either([.choice(["calendar month", "month", "year"]), .scalar(.positiveDuration)]),
          "The windows it is promised for.", example: "calendar month"),
        Field(
          "excludes", .choice(["planned"]), "Downtime that planned work alone brings does not count.",
          example: "planned"),
      ] + recoveryObjective + [
        Field("latency", latencyBounds, "How long requests take at most.", example: "{p95: 0.2 s}"), source,
      ],
      groups: [
        KeyGroup([["availability", "per"], ["availability", "per", "excludes"]]),
        KeyGroup([["availability", "per", "rto", "rpo", "latency"]], isRequired: true, isWhole: false),
      ]))

  private static let latencyBounds = Shape.record(
    Record(
      "latency objective",
      LatencyPercentile.allCases.map {
        Field(
          $0.rawValue, .scalar(.positiveDuration), "\($0.words) requests take at most so long.",
          example: "0.2 s")
      } + [source],
      groups: [KeyGroup([LatencyPercentile.allCases.map(\.rawValue)], isRequired: true, isWhole: false)]))

  /// How somebody depends on something.
  static let dependency = Shape.either([
    .choice(["hard"]),
    .record(
      Record(
        "dependency",
        [
          Field(
            "soft", .scalar(.probability), "Loses this fraction of service when it is down.", example: "20 %"),
          Field(
            "any-of", .list(of: .named("member"), minimum: 1), "One of these is enough.",
            example: "[stripe, adyen]"),
          Field(
            "all-of", .list(of: .named("member"), minimum: 1), "All of these are needed.",
            example: "[broker, bookie]"),
          Field("at-least", .scalar(.integer(minimum: 1)), "So many of `of` are needed.", example: "2"),
          Field(
            "of", .list(of: .named("member"), minimum: 1), "Those counted by `at-least`.",
            example: "[a, b, c]"),
          Field(
            "start", .choice(["also", "only"]),
            "Of a component: what it waits for to start. also: and needs at run time; only: and not afterwards."
          ),
          Field(
            "at-once", .choice(["yes", "no"]),
            "Whether a request calls it beside all others with this key, and waits for the slowest; no: one after the other."
          ), source,
        ] + policies, groups: [KeyGroup([["any-of"], ["all-of"], ["at-least", "of"]])], isNeverEmpty: true)),
  ])

  /// A member of a group: a name, or a group of its own.
  static let member = Shape.either([
    .scalar(.reference),
    .record(
      Record(
        "group",
        [
          Field("any-of", .list(of: .named("member"), minimum: 1), "One of these is enough."),
          Field("all-of", .list(of: .named("member"), minimum: 1), "All of these are needed."),
          Field("at-least", .scalar(.integer(minimum: 1)), "So many of `of` are needed."),
          Field("of", .list(of: .named("member"), minimum: 1), "Those counted by `at-least`."),
        ], groups: [KeyGroup([["any-of"], ["all-of"], ["at-least", "of"]], isRequired: true)])),
  ])
}
