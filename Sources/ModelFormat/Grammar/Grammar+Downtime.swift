/// What being without a capability costs.
extension Grammar {
  static let downtime = Shape.record(
    Record(
      "downtime cost",
      [
        Field("costs", .scalar(.moneyRate), "Money per time.", example: "\"$18,000/h\""),
        Field(
          "per-incident", .scalar(.money), "Money per outage, however long it is.", example: "\"$2,500\""),
        Field(
          "monthly-fee", .scalar(.money), "What a customer pays a month, of which credits are shares.",
          example: "\"$40,000\""),
        Field(
          "credits", .list(of: creditStep, minimum: 1),
          "What is paid back for each calendar month below a promise; only the highest step of a month counts.",
          example: "[{below: 99.9 %, pays: 10 %}, {below: 99 %, pays: 25 %}]"),
        source,
      ], groups: [KeyGroup([["costs", "per-incident", "credits"]], isRequired: true, isWhole: false)]))

  private static let creditStep = Shape.record(
    Record(
      "credit step",
      [
        Field(
          "below", .scalar(.availability), required: true, "A month with less availability pays.",
          example: "99.7 %"),
        Field(
          "pays", .either([.scalar(.probability), .scalar(.money)]), required: true,
          "An amount, or a share of `monthly-fee`.", example: "\"$12,000\""),
        source,
      ]))
}
