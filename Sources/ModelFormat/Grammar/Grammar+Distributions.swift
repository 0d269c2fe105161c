extension Grammar {
  /// A duration: exactly so long, or a law.
  static let distribution = Shape.either([
    .scalar(.duration),
    .record(
      Record(
        "duration", laws + [source], groups: [KeyGroup(laws.map { [$0.key] }, isRequired: true)])),
  ])

  /// Every law with its parameters.
  static let laws: [Field] = [
    Field("deterministic", .scalar(.duration), "Exactly so long.", example: "40 s"),
    Field("exponential", .scalar(.positiveDuration), "Memoryless, by its mean.", example: "20 min"),
    Field("weibull", weibull, "By shape, and scale or mean.", example: "{shape: 1.5, scale: 1 y}"),
    Field(
      "lognormal", lognormal, "By median and p90, mean and sd, or median and error factor.",
      example: "{median: 5 min, p90: 15 min}"),
    Field("gamma", gamma, "By shape, and scale or mean.", example: "{shape: 2, mean: 1 h}"),
    Field("uniform", range([]), "Anything between min and max.", example: "{min: 2 min, max: 5 min}"),
    Field(
      "triangular", range(["mode"]), "By min, mode and max.", example: "{min: 2 min, mode: 5 min, max: 1 h}"),
    Field(
      "pert", range(["mode"]), "By min, mode and max, smooth.", example: "{min: 2 min, mode: 5 min, max: 1 h}"
    ),
    Field(
      "empirical", .list(of: .scalar(.duration), minimum: 1), "One of these, each as likely.",
      example: "[8 min, 20 min, 25 min]"),
    Field(
      "mixture", .list(of: .named("mixture"), minimum: 1), "One of several laws by weight.",
      example: "[{weight: 95 %, takes: 40 s}, {weight: 5 %, takes: 30 min}]"),
    Field(
      "procedure", .scalar(.name), "As long as a procedure of the model takes; not in its steps.",
      example: "tier-1"),
  ]

  static let mixture = Shape.record(
    Record(
      "part of a mixture",
      [
        Field("weight", .scalar(.probability), required: true, "How likely it is.", example: "95 %"),
        Field("takes", .named("distribution"), required: true, "How long it is then.", example: "40 s"),
      ]))

  private static let shapeParameter = Field(
    "shape", .scalar(.number(minimum: 0.01)), required: true, "The shape parameter, without unit.",
    example: "1.5")

  private static func duration(_ key: String, _ summary: String) -> Field {
    Field(key, .scalar(.positiveDuration), summary)
  }

  private static let weibull = Shape.record(
    Record(
      "Weibull law",
      [shapeParameter, duration("scale", "The 63.2 % point."), duration("mean", "The mean.")],
      groups: [KeyGroup([["scale"], ["mean"]], isRequired: true)]))

  private static let gamma = Shape.record(
    Record(
      "gamma law", [shapeParameter, duration("scale", "Mean over shape."), duration("mean", "The mean.")],
      groups: [KeyGroup([["scale"], ["mean"]], isRequired: true)]))

  private static let lognormal = Shape.record(
    Record(
      "lognormal law",
      [
        duration("median", "Half are shorter."), duration("p90", "Nine in ten are shorter."),
        Field("error-factor", .scalar(.number(minimum: 1)), "The 95 % point over the median.", example: "3"),
        duration("mean", "The mean."), duration("sd", "The standard deviation."),
      ],
      groups: [
        KeyGroup([["median", "p90"], ["median", "error-factor"], ["mean", "sd"]], isRequired: true)
      ]))

  private static func range(_ middle: [String]) -> Shape {
    .record(
      Record(
        "range",
        [Field("min", .scalar(.duration), required: true, "The shortest.")]
          + middle.map { Field($0, .scalar(.duration), required: true, "The most likely.") }
          + [Field("max", .scalar(.positiveDuration), required: true, "The longest.")]))
  }
}
