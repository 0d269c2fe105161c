extension Grammar {
  static let commitment = Shape.record(
    Record(
      "commitment",
      [
        Field(
          "bought", .scalar(.name), required: true, "What is promised, and how it is paid.",
          example: "reserved-1y-partial-upfront"),
        Field(
          "commit", .scalar(.moneyRate), "Of a savings plan: what is spent every hour, at the plan's prices.",
          example: "\"$2.50/h\""),
        Field(
          "covers", .list(of: .scalar(.reference), minimum: 1),
          "Of a reservation: the costs whose instances it is for.", example: "[ledger/servers]"),
        Field(
          "count", .scalar(.integer(minimum: 1)), "Of a reservation: how many instances of each kind.",
          example: "2"), source,
      ], groups: [KeyGroup([["commit"], ["covers", "count"]], isRequired: true)]))
}
