/// What there is only so much of beside money.
extension Grammar {
  static let limit = Shape.record(
    Record(
      "limit",
      [
        title,
        Field(
          "at-most", .scalar(.text), required: true,
          "The most that all units together may take: a number, of memory an amount of data.", example: "12"),
        Field(
          "per-unit", .names(of: .scalar(.number(minimum: 0)), what: "component"),
          "What each unit of a component takes.", example: "{api: 1, ledger: 4}"),
        Field(
          "fixed", .names(of: .scalar(.number(minimum: 0)), what: "use"), "What else takes some.",
          example: "{monitoring: 2}"), source,
      ]))
}
