extension Grammar {
  static let detector = Shape.either([
    .named("distribution"),
    .record(
      Record(
        "detector",
        [
          Field("probe", probe, "A health check at fixed times, as a kubelet's."),
          Field(
            "health-check", healthCheck,
            "A health check that begins when the one before has ended, as Docker's."),
          Field("scrape", scrape, "A metric and an alert rule."),
          Field("heartbeat", heartbeat, "Signs of life, and an action when none has come, as a sentinel's."),
          Field("keep-alive", keepAlive, "Probes of a connection on which nothing has come."),
          Field("sampling", sampling, "The first failed request that is traced."),
          Field("after", .named("distribution"), "A stated time.", example: "2 min"),
          Field(
            "needs", .list(of: .scalar(.reference), minimum: 1),
            "What must be up for it to see anything: components or roles.",
            example: "[prometheus, alertmanager]"),
          Field(
            "otherwise", .named("distribution"),
            "How long until somebody notices while what it needs is down; never, unless stated.",
            example: "1 h"),
          source,
        ],
        groups: [
          KeyGroup(
            [
              ["probe"], ["health-check"], ["scrape"], ["heartbeat"], ["keep-alive"], ["sampling"], ["after"],
            ],
            isRequired: true)
        ])),
  ])

  private static let hangs = Field(
    "hangs", .choice(["yes", "no"]),
    "Whether what fails hangs until the timeout, or refuses at once; either, anything between being as likely."
  )

  private static let timeout = Field(
    "timeout", .scalar(.duration), required: true, "When a check counts as failed.", example: "3 s")

  private static let probe = Shape.record(
    Record(
      "probe",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "Time between two probes.", example: "5 s"),
        timeout,
        Field(
          "failures", .scalar(.integer(minimum: 1)), required: true, "Failed probes in a row until it acts.",
          example: "3"), hangs, source,
      ]))

  private static let healthCheck = Shape.record(
    Record(
      "health check",
      [
        Field(
          "interval", .scalar(.positiveDuration), required: true, "Time from the end of a check to the next.",
          example: "30 s"),
        timeout,
        Field(
          "retries", .scalar(.integer(minimum: 1)), required: true, "Failed checks in a row until it acts.",
          example: "5"), hangs, source,
      ]))

  private static let scrape = Shape.record(
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

  private static let heartbeat = Shape.record(
    Record(
      "heartbeat",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "Time between two signs of life.",
          example: "1 s"),
        Field(
          "down-after", .scalar(.positiveDuration), required: true, "How long none may come; at least every.",
          example: "5 s"), source,
      ]))

  private static let keepAlive = Shape.record(
    Record(
      "keep-alive",
      [
        Field(
          "idle", .scalar(.duration), required: true, "How long nothing may come until probes begin.",
          example: "60 s"),
        Field(
          "every", .scalar(.positiveDuration), required: true, "Time between two probes.", example: "10 s"),
        Field(
          "probes", .scalar(.integer(minimum: 1)), required: true,
          "Probes without an answer until it gives up.",
          example: "6"), source,
      ]))

  private static let sampling = Shape.record(
    Record(
      "sampling",
      [
        Field(
          "share", .scalar(.probability), required: true, "The share of requests traced.", example: "10 %"),
        Field(
          "failing", .scalar(.rate), required: true, "Failed requests per time during the outage.",
          example: "20 /min"), source,
      ]))

  static let response = Shape.record(
    Record(
      "response",
      [
        Field(
          "after", .named("distribution"), required: true, "Time until somebody works on it.",
          example: "{lognormal: {median: 5 min, p90: 15 min}}"),
        Field("on-call", onCall, "Hours of the week in which somebody answers; always, unless stated."),
        Field(
          "crew", .scalar(.name),
          "Who responds, and stays for the repair: the response begins when the crew has somebody free.",
          example: "sre"),
        source,
      ]))

  private static let onCall = Shape.record(
    Record(
      "on-call",
      [
        Field("from", .scalar(.timeOfDay), required: true, "When it begins, UTC.", example: "08:00"),
        Field(
          "to", .scalar(.timeOfDay), required: true, "When it ends; on the next day when that is earlier.",
          example: "20:00"),
        Field(
          "days", .list(of: .choice(weekdays), minimum: 1), "The days on which it begins; every day.",
          example: "[mon, tue, wed, thu, fri]"),
        Field(
          "otherwise", .named("distribution"),
          "Time until somebody works on it outside these hours; nobody does before they begin, unless stated.",
          example: "1 h"), source,
      ]))

  static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
}
