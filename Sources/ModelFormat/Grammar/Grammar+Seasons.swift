/// Hours of the week in which something is different.
extension Grammar {
  /// The days of the week as they are written, Monday first.
  static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  static let season = Shape.record(
    Record(
      "season",
      [
        Field(
          "from", .scalar(.timeOfDay), required: true, "When it begins on each of its days.",
          example: "\"09:00\""),
        Field(
          "to", .scalar(.timeOfDay), required: true, "When it ends; before from: on the next day.",
          example: "\"17:00\""),
        Field(
          "days", .list(of: .choice(days), minimum: 1), "The days on which it begins; all.",
          example: "[mon, tue, wed, thu, fri]"),
        Field(
          "factor", .scalar(.number(minimum: 0)), required: true,
          "How many times the rate outside it is the rate inside; for a law that ages, how much faster.",
          example: "3"), source,
      ]))
}
