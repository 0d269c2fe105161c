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
        .later("allocatable", "CPU and memory for units."),
        .later("autoscaling", "Fewest and most nodes, and how long a new one takes."),
        .later("costs", "What it costs."),
        source,
      ]))

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

  static let detector = Shape.either([
    .named("distribution"),
    .record(
      Record(
        "detector", [Field("probe", probe, required: true, "A health check."), source])),
    .record(
      Record("detector", [Field("scrape", scrape, required: true, "A metric and an alert rule."), source])),
  ])

  static let probe = Shape.record(
    Record(
      "probe",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "Time between two probes.", example: "5 s"),
        Field(
          "timeout", .scalar(.duration), required: true, "When a probe counts as failed.", example: "3 s"),
        Field(
          "failures", .scalar(.integer(minimum: 1)), required: true, "Failed probes in a row until it acts.",
          example: "3"), source,
      ]))

  static let scrape = Shape.record(
    Record(
      "scrape",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "Time between two scrapes.", example: "15 s"),
        Field(
          "evaluate", .scalar(.positiveDuration), required: true, "Time between two evaluations of the rule.",
          example: "30 s"),
        Field("for", .scalar(.duration), "How long the condition must hold.", example: "2 min"), source,
      ]))

  static let response = Shape.record(
    Record(
      "response",
      [
        Field(
          "after", .named("distribution"), required: true, "Time until somebody works on it.",
          example: "{lognormal: {median: 5 min, p90: 15 min}}"),
        .later("on-call", "Hours in which somebody answers."), .later("crew", "How many can work at once."),
        source,
      ]))
}
