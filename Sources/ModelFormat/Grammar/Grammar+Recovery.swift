extension Grammar {
  static let procedure = Shape.record(
    Record(
      "procedure",
      [
        title,
        Field(
          "crews", .scalar(.integer(minimum: 1)), "How many crews work on it; as many as are needed.",
          example: "1"),
        Field(
          "rule", .choice(["longest-path", "as-written"]),
          "Which step is first when crews are short; longest-path."),
        Field(
          "after", .list(of: .scalar(.name), minimum: 1),
          "Procedures that have brought their service back before.",
          example: "[tier-1]"),
        Field("steps", .names(of: step, what: "step"), required: true, "What is done."),
        Field(
          "restores", .list(of: .scalar(.name), minimum: 1),
          "The volumes or components whose data it brings back.",
          example: "[hcd-data]"),
        Field("drilled", drilled, "How it is rehearsed.", example: "{every: 1 month, expects: {rto: 4 h}}"),
        source,
      ]))

  private static let step = Shape.record(
    Record(
      "step",
      [
        Field(
          "takes", .named("distribution"), required: true, "How long one attempt takes.", example: "30 min"),
        Field(
          "after", .list(of: .scalar(.name), minimum: 1), "The steps that must have ended before.",
          example: "[hcd]"),
        Field(
          "crew", .scalar(.integer(minimum: 0)),
          "How many crews it needs; 1, and 0 for a step that runs by itself.", example: "2"),
        Field("works", .scalar(.probability), "How likely one attempt works; always.", example: "95 %"),
        Field("attempts", .scalar(.integer(minimum: 1)), "How often it is tried; 1.", example: "3"),
        Field(
          "otherwise", .named("distribution"), "How long it takes when the last attempt does not work.",
          example: "2 h"),
        Field(
          "behind", .choice(["yes", "no"]), "Whether the service is back before it ends; no.", example: "yes"),
        source,
      ], groups: [KeyGroup([["works", "otherwise"], ["works", "otherwise", "attempts"]])]))

  static let recoveryObjective: [Field] = [
    Field(
      "rto", .scalar(.positiveDuration),
      "The longest recovery: from the failure until the service is back, the `start:` of a store included.",
      example: "4 h"),
    Field("rpo", .scalar(.duration), "The longest stretch of writes that may be lost.", example: "15 min"),
  ]

  private static let drilled = Shape.record(
    Record(
      "drill",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "Time between two drills.", example: "1 month"),
        Field(
          "expects", .record(Record("expectation", recoveryObjective + [source])),
          "What it is expected to show.",
          example: "{rto: 4 h, rpo: 15 min}"),
        Field(
          "rehearses", .scalar(.reference),
          "The failure with loss of data that is rehearsed; the steps alone.",
          example: "ledger/corruption"),
        source,
      ]))
}
