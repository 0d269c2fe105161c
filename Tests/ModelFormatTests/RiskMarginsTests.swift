import Diagnostics
import ModelFormat
import Testing

@Suite("Margins for risk")
struct RiskMarginsTests {
  private static let base = """
    relmodel: 1
    name: base
    components: {web: {}}
    capabilities: {site: {depends-on: {web: hard}}}
    """

  private static func reading(_ text: String) throws -> ModelReader.Reading {
    try ModelReader(texts: ["base.yaml": base, "plan.yaml": "extends: base.yaml\n\(text)\n"])
      .reading(at: "plan.yaml")
  }

  @Test("one share for all of each")
  func whole() throws {
    let risk = try #require(
      try Self.reading("risk: {benefits: 10 %, costs: {value: 5 %, source: CFO}}").changes[0].risk)
    #expect(risk.margins.map(\.isBenefit) == [true, false])
    #expect(risk.margins.map(\.share) == [0.1, 0.05])
    #expect(risk.margins.map(\.kind) == [nil, nil])
    #expect(risk.margins.map(\.source) == [nil, "CFO"])
    #expect(try Self.reading("once: $5").changes[0].risk == nil)
  }

  @Test("one for each kind, with where it stands")
  func kinds() throws {
    let risk = try #require(
      try Self.reading(
        """
        risk:
          source: review
          benefits:
            hours: 20 %
            credits: {value: 50 %, source: lawyers}
          costs: {once: 130 %, running: 0 %}
        """
      ).changes[0].risk)
    #expect(risk.margins.map(\.kind) == ["hours", "credits", "once", "running"])
    #expect(risk.margins.map(\.share) == [0.2, 0.5, 1.3, 0])
    #expect(risk.margins.map(\.location.line) == [5, 6, 7, 7])
    #expect(risk.margins.map(\.source) == ["review", "lawyers", "review", "review"])
  }

  @Test(
    "what can not be is a located finding",
    arguments: [
      ("risk: {}", "2:7 missing-key"), ("risk: {benefits: 110 %}", "2:18 bad-value"),
      ("risk: {benefits: {hours: 110 %}}", "2:26 bad-value"), ("risk: {costs: -5 %}", "2:15 bad-value"),
      ("risk: {benefits: {hour: 10 %}}", "2:19 unknown-key"),
      ("risk: {benefits: {once: 10 %}}", "2:19 unknown-key"),
      ("risk: {costs: $5}", "2:15 bad-value"), ("risk: {costs: []}", "2:15 wrong-shape"),
      ("change: {risk: {costs: 5 %}}", "2:10 not-changeable"),
    ])
  func findings(_ text: String, _ expected: String) throws {
    let found = #expect(throws: Findings.self) { try Self.reading(text) }
    let places = (found?.diagnostics ?? []).map { finding in
      "\(finding.location.map { "\($0.line):\($0.column)" } ?? "") \(finding.slug)"
    }
    #expect(places.contains(expected), "\(places)")
  }
}
