extension Grammar {
  /// What may stand under `uncertain:` beside the value of a number; `nil` where nothing may.
  static func uncertainty(of kind: ScalarKind) -> Record? {
    switch kind {
    case .duration, .positiveDuration, .rate, .probability, .availability, .dataSize, .dataRate: break
    case .text, .name, .reference, .integer, .number, .countOrData, .money, .moneyRate, .timeOfDay,
      .percentage, .quantity, .operand:
      return nil
    }
    return Record(
      "uncertainty",
      [
        Field(
          "error-factor", .scalar(.number(minimum: 1)), "The 95 % point over the median; lognormal.",
          example: "3"),
        Field("low", .scalar(kind), "The 5 % point."), Field("high", .scalar(kind), "The 95 % point."),
      ], groups: [KeyGroup([["error-factor"], ["low", "high"]], isRequired: true)])
  }
}
