/// What units ask of nodes, what nodes have for them, and how many nodes there are.
extension Grammar {
  static let resources = Shape.record(
    Record(
      "resources",
      [
        Field("cpu", .scalar(.number(minimum: 0)), required: true, "CPUs; 0.5 is 500m.", example: "8"),
        Field("memory", .scalar(.dataSize), required: true, "Memory.", example: "32 GB"), source,
      ]))

  static let nodeAutoscaling = Shape.record(
    Record(
      "node autoscaling",
      [
        Field(
          "min", .scalar(.integer(minimum: 1)), required: true, "The fewest nodes that run.", example: "3"),
        Field("max", .scalar(.integer(minimum: 1)), required: true, "The most.", example: "15"),
        Field(
          "delay", .scalar(.duration), "From a unit without room to a node on which it starts; no time.",
          example: "3 min"),
        Field(
          "down-delay", .scalar(.duration), "How long a node must be without units before it leaves; 10 min.",
          example: "10 min"), source,
      ]))
}
