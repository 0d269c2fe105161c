/// What is asked of a service over time, and what follows it.
extension Grammar {
  static let profile = Shape.record(
    Record(
      "profile",
      [
        Field(
          "day", .list(of: level, minimum: 1),
          "Levels of the day, each until the next begins; 100 % at all hours.",
          example:
            "[{from: \"00:00\", load: 40 %}, {from: \"08:00\", load: 100 %}, {from: \"20:00\", load: 60 %}]"),
        Field(
          "weekend", .scalar(.percentage(minimum: 0)),
          "Multiplies the level on Saturdays and Sundays; 100 %.",
          example: "50 %"),
        Field(
          "growth", .scalar(.percentage(minimum: -1)),
          "How much more is asked from year to year, in steps of calendar months; nothing.", example: "20 %"),
        source,
      ], isNeverEmpty: true))

  private static let level = Shape.record(
    Record(
      "level of demand",
      [
        Field("from", .scalar(.timeOfDay), required: true, "When it begins, UTC.", example: "\"08:00\""),
        Field(
          "load", .scalar(.percentage(minimum: 0)), required: true, "The share of the stated demand.",
          example: "40 %"),
        source,
      ]))

  static let autoscaling = Shape.record(
    Record(
      "autoscaling",
      [
        Field(
          "min", .scalar(.integer(minimum: 1)), required: true, "The fewest units that run.", example: "3"),
        Field("max", .scalar(.integer(minimum: 1)), required: true, "The most.", example: "10"),
        Field(
          "target", .scalar(.percentage(minimum: 0)), required: true,
          "How busy a unit is to be: ⌈demand / target⌉ units are wanted.", example: "70 %"),
        Field(
          "delay", .scalar(.duration), "From the demand to a new unit that works; its start: comes after it.",
          example: "60 s"),
        Field(
          "down-delay", .scalar(.duration), "How long fewer must be wanted before units leave; 5 min.",
          example: "5 min"),
        Field(
          "role", .scalar(.name), "The role whose units come and go, where they have roles.",
          example: "reader"),
        source,
      ]))

  static let overload = Shape.record(
    Record(
      "overload",
      [
        Field(
          "load", .scalar(.percentage(minimum: 0)), required: true,
          "What is asked of the component over what its healthy units can do, above which the time runs.",
          example: "130 %"),
        Field("for", .scalar(.duration), "How long it must last; no time.", example: "2 min"), source,
      ]))
}
