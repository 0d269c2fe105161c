/// Hours of the week and months of the year in which something is different.
extension Grammar {
  /// The days of the week as they are written, Monday first.
  static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// The months as they are written, January first.
  static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// When something is different, as keys of the record that says what.
  static let calendarHours = [
    Field(
      "from", .scalar(.timeOfDay), "When it begins on each of its days; at midnight.",
      example: "\"09:00\""),
    Field(
      "to", .scalar(.timeOfDay), "When it ends; before from: on the next day; at midnight.",
      example: "\"17:00\""),
    Field(
      "days", .list(of: .choice(days), minimum: 1), "The days on which it begins; all.",
      example: "[mon, tue, wed, thu, fri]"),
    Field(
      "months", .list(of: .choice(months), minimum: 1),
      "The months in which it holds, together with the hours where both are stated; all.",
      example: "[nov, dec]"),
  ]

  /// Both ends of the hours or neither.
  static let wholeHours = KeyGroup([["from", "to"]])

  static let season = Shape.record(
    Record(
      "season",
      calendarHours + [
        Field(
          "factor", .scalar(.number(minimum: 0)), required: true,
          "How many times the rate outside it is the rate inside; for a law that ages, how much faster.",
          example: "3"), source,
      ],
      groups: [
        wholeHours, KeyGroup([["from", "days", "months"]], isRequired: true, isWhole: false),
      ]))
}
