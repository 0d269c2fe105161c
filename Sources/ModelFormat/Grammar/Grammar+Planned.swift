/// Work on purpose, and how much of it a component bears.
extension Grammar {
  static let planned = Shape.names(of: plannedWork, what: "planned work")

  private static let plannedWork = Shape.record(
    Record(
      "planned work",
      [
        Field(
          "every", .scalar(.positiveDuration), required: true, "From one occasion to the next.",
          example: "1 w"),
        Field(
          "takes", .named("distribution"), required: true, "How long a wave holds its units down.",
          example: "2 min"),
        Field(
          "at-once", .either([.choice(["all"]), .scalar(.integer(minimum: 1))]),
          "How many units, or nodes, a wave takes; 1. The next wave begins when this one is over and its units have started.",
          example: "2"),
        Field(
          "window", window, "Hours of the week in which waves begin; the rest waits for the next.",
          example: "{from: \"02:00\", to: \"05:00\", days: [sun]}"), source,
      ]))

  private static let window = Shape.record(
    Record(
      "window",
      [
        Field(
          "from", .scalar(.timeOfDay), required: true, "When it opens on each of its days.",
          example: "\"02:00\""),
        Field(
          "to", .scalar(.timeOfDay), required: true, "When it closes; before from: on the next day.",
          example: "\"05:00\""),
        Field(
          "days", .list(of: .choice(days), minimum: 1), "The days on which it opens; all.", example: "[sun]"),
        source,
      ]))

  static let disruptionBudget = Shape.record(
    Record(
      "disruption budget",
      [
        Field(
          "keep", .either([.scalar(.integer(minimum: 0)), .scalar(.probability)]),
          "How many stay up; a share rounds up.", example: "6"),
        Field(
          "disrupt", .either([.scalar(.integer(minimum: 0)), .scalar(.probability)]),
          "How many may be down for any reason; a share rounds up.", example: "25 %"), source,
      ], groups: [KeyGroup([["keep"], ["disrupt"]], isRequired: true)]))
}
