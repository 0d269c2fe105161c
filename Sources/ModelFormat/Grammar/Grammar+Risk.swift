/// By how much a cautious reader lowers what a change brings and raises what it costs.
extension Grammar {
  static let risk = Shape.record(
    Record(
      "risk margins",
      [
        Field(
          "benefits", .either([margin, benefitMargins]),
          "By which share benefits are lowered, at most all of them: one share, or one for each kind.",
          example: "{hours: 10 %, credits: 50 %}"),
        Field(
          "costs", .either([margin, costMargins]),
          "By which share costs are raised: one share, or one for each kind.",
          example: "{once: 20 %, running: 5 %}"),
        source,
      ], groups: [KeyGroup([["benefits", "costs"]], isRequired: true, isWhole: false)]))

  private static let margin = Shape.scalar(.percentage(minimum: 0))

  private static let benefitMargins = Shape.record(
    Record(
      "margins of benefits",
      [
        Field("hours", margin, "Of hours of downtime avoided."),
        Field("outages", margin, "Of outages avoided, however long they are."),
        Field("productivity", margin, "Of work that is no longer lost."),
        Field("credits", margin, "Of credits that are no longer paid back."),
        Field("penalties", margin, "Of penalties that are no longer due."),
        Field("running", margin, "Of what running it costs less."),
        source,
      ],
      groups: [
        KeyGroup(
          [["hours", "outages", "productivity", "credits", "penalties", "running"]], isRequired: true,
          isWhole: false)
      ]))

  private static let costMargins = Shape.record(
    Record(
      "margins of costs",
      [
        Field("once", margin, "Of what is paid once.", example: "20 %"),
        Field("running", margin, "Of what running it costs more."),
        source,
      ], groups: [KeyGroup([["once", "running"]], isRequired: true, isWhole: false)]))
}
