/// Statements to check against what is computed.
extension Grammar {
  static let claim = Shape.record(
    Record(
      "claim",
      subjectFields + [
        Field(
          "equals", .scalar(.quantity),
          "What it is, as exact as it is written: 99.5 % is met from 99.45 % to 99.55 %.", example: "99.5 %"),
        Field("at-least", .scalar(.quantity), "What it is not below.", example: "99.7 %"),
        Field("at-most", .scalar(.quantity), "What it is not above.", example: "30 s"),
        Field(
          "between", .list(of: .scalar(.quantity), minimum: 2), "The two that it lies between.",
          example: "[90 s, 270 s]"),
        Field(
          "tolerance", .scalar(.quantity),
          "How far it may be off; of equals half a unit of the last digit written, else nothing.",
          example: "0.1 %"),
        Field(
          "matters", .choice(["high", "medium", "low"]), "How much it matters to those who decide; medium.",
          example: "high"),
        Field(
          "mitigated-by", .scalar(.text), "What is done against it, where it is a risk.",
          example: "drills every month"),
        source,
      ],
      groups: [
        KeyGroup([["of"]] + operations.map { [$0] }),
        KeyGroup([["equals"], ["at-least"], ["at-most"], ["between"]]),
      ], isNeverEmpty: true))

  /// What puts several quantities together.
  private static let operations = [
    "sum", "difference", "product", "quotient", "relative-change", "availability-of",
  ]

  private static let subjectFields: [Field] = [
    Field("says", .scalar(.text), "What is stated, in words.", example: "no single point of failure"),
    Field(
      "of", .scalar(.reference),
      "What is computed of something (`relmodel claims --measures` lists all), or a number of the model by its path.",
      example: "service/availability"),
    Field(
      "when", .scalar(.name), "The domain that is lost, for what is left or comes back without it.",
      example: "us-east-1a"),
    Field("sum", operands, "Quantities and paths, added.", example: "[8, 10, 7]"),
    Field("difference", operands, "The first without the others.", example: "[$3,816, $2,524]"),
    Field("product", operands, "One times the others.", example: "[6, $0.384/h]"),
    Field("quotient", operands, "The first over the second.", example: "[125000, 3.456 s]"),
    Field(
      "relative-change", operands, "How much the second is more than the first, as a share of the first.",
      example: "[12 min, 5 min]"),
    Field(
      "availability-of",
      .record(
        Record(
          "repairable part",
          [
            Field(
              "mtbf", .scalar(.operand), required: true, "The mean time between its failures.",
              example: "14 d"),
            Field(
              "mttr", .scalar(.operand), required: true, "The mean time to restore it.", example: "12 min"),
            source,
          ])), "The availability that follows from two times.", example: "{mtbf: 14 d, mttr: 12 min}"),
  ]

  private static let operands = Shape.list(of: .scalar(.operand), minimum: 1)
}
