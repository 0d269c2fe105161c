internal import CloudCost

/// What is paid for; the keys of each resource come from the catalog.
extension Grammar {
  static let costs = Field(
    "costs", .names(of: .named("cost"), what: "cost"), "What is paid for every month.",
    example: "{servers: {aws-rds: {class: db.r5.2xlarge, engine: postgres}}}")

  static let prices = Shape.record(
    Record(
      "prices",
      [
        Field(
          "region", .scalar(.name), "The region of everything whose place does not say one.",
          example: "eu-central-1"),
        Field(
          "books", .list(of: .scalar(.text), minimum: 1),
          "The price books by name, each laid over those before it; --prices goes before.",
          example: "[aws-prices]"),
        source,
      ]))

  static let cost = Shape.record(
    Record(
      "cost",
      ResourceCatalog.all.map { kind in
        Field(kind.kind, .record(Record(kind.kind, kind.fields.map(field) + [source])), kind.summary)
      } + [
        Field("count", .scalar(.integer(minimum: 0)), "How many; 1.", example: "2"),
        Field(
          "per", .choice(["once", "unit", "node"]),
          "What the count is for: all of the owner together, each unit of the component, each node of the pool; once.",
          example: "unit"),
        Field(
          "hours", .scalar(.number(minimum: 0)), "The hours of a month that it runs; all.", example: "400"),
        Field(
          "bought",
          .either([
            .scalar(.name), .names(of: .scalar(.probability), what: "way to buy"),
          ]), "How, or the share of each way; on-demand.",
          example: "{reserved-1y-no-upfront: 60 %, spot: 40 %}"),
        Field(
          "interrupted", .named("failure-mode"),
          "What happens to the units or nodes bought spot, as a failure mode of theirs by the spot share.",
          example: "{rate: 1 /month, lasts: 3 min}"),
        Field("region", .scalar(.name), "The region whose prices count; the owner's.", example: "eu-west-1"),
        source,
      ], groups: [KeyGroup(ResourceCatalog.all.map { [$0.kind] }, isRequired: true)]))

  private static func field(_ field: ResourceField) -> Field {
    Field(
      field.key, shape(of: field), required: field.isRequired, field.summary, example: field.example)
  }

  private static func shape(of field: ResourceField) -> Shape {
    switch field.kind {
    case .text: .scalar(.text)
    case .choice(let words): .choice(words)
    case .count(let minimum): .scalar(.integer(minimum: minimum))
    case .number: .scalar(.number(minimum: 0))
    case .share: .scalar(.probability)
    case .money: .scalar(.money)
    case .moneyRate: .scalar(.moneyRate)
    case .size: .scalar(.dataSize)
    case .rate: .scalar(.rate)
    case .dataRate: .scalar(.dataRate)
    case .duration: .scalar(.duration)
    case .flag: .choice(["yes", "no"])
    case .record(let fields): .record(Record(field.key, fields.map { self.field($0) } + [source]))
    case .list(let fields):
      .list(of: .record(Record(field.key, fields.map { self.field($0) } + [source])), minimum: 1)
    }
  }
}
