/// What a plan states that its change saves and costs.
extension Grammar {
  static let stated = Shape.record(
    Record(
      "stated figures",
      [
        Field(
          "saves", .names(of: .either([.scalar(.moneyRate), savings]), what: "reckoning"),
          "What the change saves by each reckoning of the plan: money for a time, or its parts.",
          example: "{summary: \"$15,000/month\", log: \"$30,000 per 6 months\"}"),
        Field(
          "costs", .names(of: .scalar(.moneyRate), what: "reckoning"),
          "What running it costs more by each reckoning of the plan.", example: "{table: \"$1,292/month\"}"),
        source,
      ], groups: [KeyGroup([["saves", "costs"]], isRequired: true, isWhole: false)]))

  private static let savings = Shape.record(
    Record(
      "stated savings",
      [
        Field("hours", .scalar(.moneyRate), "What hours of downtime cost less.", example: "\"$7,000/month\""),
        Field("outages", .scalar(.moneyRate), "What outages cost less, however long they are."),
        Field(
          "credits", .scalar(.moneyRate), "Credits that are no longer paid back.",
          example: "\"$8,000/month\""),
        Field("productivity", .scalar(.moneyRate), "Work that is no longer lost."),
        Field("penalties", .scalar(.moneyRate), "Penalties that are no longer due."),
        source,
      ],
      groups: [
        KeyGroup(
          [["hours", "outages", "productivity", "credits", "penalties"]], isRequired: true, isWhole: false)
      ]))
}
