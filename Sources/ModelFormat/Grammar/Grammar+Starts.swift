/// What a unit needs and takes to start.
extension Grammar {
  static let start = Shape.record(
    Record(
      "start",
      [
        Field(
          "takes", .named("distribution"), "A start, once it may begin; no time.", example: "90 s"),
        Field(
          "ready-when", .list(of: .scalar(.reference), minimum: 1),
          "What the readiness check asks: needed before a start, and hard while it runs.",
          example: "[postgresql/writer, redis]"), source,
      ], isNeverEmpty: true))
}
