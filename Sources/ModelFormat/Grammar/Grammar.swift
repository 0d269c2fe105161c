/// The model language, declared once.
package enum Grammar {
  /// The shape of a model file.
  package static let model = Shape.record(
    Record(
      "model",
      [
        Field("relmodel", .choice(["1"]), required: true, "The version of the language.", example: "1"),
        Field("name", .scalar(.name), required: true, "What the model is called.", example: "checkout"),
        Field("title", .scalar(.text), "A name for people."),
        Field("description", .scalar(.text), "What the model is about."),
        source,
        Field("conventions", conventions, "The constants behind every result, printed with it."),
        Field("history", history, "How the incident history is to be read."),
        Field(
          "domains", .names(of: domain, what: "domain"),
          "Regions, zones, node pools, nodes: each can fail, and what is in it goes with it."),
        Field("detectors", .names(of: detector, what: "detector"), "Probes and alert rules by name."),
        Field("responses", .names(of: response, what: "response"), "Response tiers by name."),
        Field(
          "crews", .names(of: crew, what: "crew"),
          "Who repairs, and how many repairs at once; others wait.", example: "{dba: {count: 1}}"),
        Field(
          "components", .names(of: component, what: "component"), required: true, "The parts of the service."),
        Field(
          "capabilities", .names(of: capability, what: "capability"), required: true,
          "What users call the service."),
        Field(
          "queues", .names(of: queue, what: "queue"),
          "Rate, redelivery, dead letters, retention and replay of message queues."),
        Field(
          "procedures", .names(of: procedure, what: "procedure"),
          "Steps with durations, order and crews, automatic or by hand."),
        Field(
          "pools", .names(of: pool, what: "pool"),
          "Connections, threads, memory and storage: size, use, overflow rule.",
          example: "{tomcat: {of: api, kind: threads, size: 200, serves: requests}}"),
        costs,
        Field("prices", prices, "Which prices count, and where.", example: "{region: eu-central-1}"),
        Field(
          "commitments", .names(of: commitment, what: "commitment"), "Reserved instances and savings plans.",
          example: "{plan: {bought: compute-savings-1y-no-upfront, commit: \"$2.50/h\"}}"),
        Field(
          "choices", .names(of: choice, what: "choice"),
          "Levers that a plan may pull, their values and one-off costs.",
          example: "{replicas: {set: components/api/replicas/count, to: [2, 3, 4]}}"),
        Field(
          "limits", .names(of: limit, what: "limit"),
          "What there is only so much of beside money, which a plan stays within; cpu and memory are what units request.",
          example: "{cpu: {at-most: 40}, licences: {at-most: 12, per-unit: {ledger: 4}}}"),
        Field(
          "claims", .names(of: claim, what: "claim"), "Statements to check against what is computed.",
          example: "{uptime: {of: service/availability, at-least: 99.7 %}}"),
      ]))

  /// Shapes that are used in several places or contain themselves.
  package static let shapes: [(name: String, shape: Shape)] = [
    ("cost", cost), ("dependency", dependency), ("distribution", distribution), ("failure-mode", failureMode),
    ("member", member), ("mixture", mixture),
  ]

  /// The shape declared under a name.
  package static func shape(named name: String) -> Shape {
    shapes.first { $0.name == name }?.shape ?? .scalar(.text)
  }

  static let source = Field(
    "source", .scalar(.text), "Where the numbers beside it come from; never affects a number.",
    example: "finance, 2026-03")

  static let title = Field("title", .scalar(.text), "A name for people.")

  static let conventions = Shape.record(
    Record(
      "conventions",
      [
        Field("hours-per-month", .scalar(.number(minimum: 1)), "Hours in a month; 730.", example: "720"),
        Field("hours-per-year", .scalar(.number(minimum: 1)), "Hours in a year; 8,760.", example: "8766"),
        Field("currency", .scalar(.name), "The currency of money without a sign; USD.", example: "EUR"),
        Field("gb-per-tb", .choice(["1000", "1024"]), "Gigabytes in a terabyte; 1,000.", example: "1000"),
        source,
      ]))

  static let history = Shape.record(
    Record(
      "history",
      [
        Field(
          "window", .scalar(.positiveDuration),
          "Reads the observation window as this long and keeps every incident.", example: "123 d"), source,
      ]))

  /// What a capability or component is asked for, as names with a strength.
  static let dependencies = Shape.names(of: .named("dependency"), what: "dependency")
}
