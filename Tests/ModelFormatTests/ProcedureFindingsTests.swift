import Diagnostics
import Testing

/// What is wrong with a procedure is told once, where it stands.
@Suite("Findings about procedures")
struct ProcedureFindingsTests {
  private static func model(_ procedures: String) -> String {
    """
    relmodel: 1
    name: n
    components: {a: {fails: {x: {mtbf: 1 y, recover: {procedure: p}}}}}
    capabilities: {s: {depends-on: {a: hard}}}
    procedures: {\(procedures)}
    """
  }

  @Test(arguments: [
    ("p: {steps: {x: {takes: 1 h}}}", []),
    ("q: {steps: {x: {takes: 1 h}}}, p: {steps: {x: {takes: {procedure: q}}}}", ["procedure-in-step"]),
    ("p: {steps: {x: {takes: {procedure: p}}}}", ["procedure-cycle"]),
    (
      "p: {steps: {x: {takes: {procedure: q}}}}, q: {steps: {x: {takes: {procedure: p}}}}",
      ["procedure-cycle"]
    ),
    ("p: {steps: {x: {takes: {procedure: r}}}}", ["unknown-name"]), ("p: {steps: {}}", ["no-step"]),
    ("p: {after: [q], steps: {x: {takes: 1 h}}}, q: {steps: {}}", ["no-step"]),
    ("q: {steps: {x: {takes: 1 h}}}", ["unknown-name"]),
  ])
  func `each is told once`(procedures: String, slugs: [String]) {
    let places = ModelText.places(["m.yaml": Self.model(procedures)])
    #expect(places.map { $0.split(separator: " ").last.map(String.init) ?? "" } == slugs, "\(places)")
  }

  @Test func `a circle is named`() throws {
    let text = Self.model(
      "p: {steps: {x: {takes: {procedure: q}}}}, q: {steps: {x: {takes: {procedure: p}}}}")
    let error = #expect(throws: Findings.self) { try ModelText.reading(["m.yaml": text]) }
    let messages = try #require(error).diagnostics.map(\.message)
    #expect(messages == ["a procedure takes as long as itself: p takes q takes p"])
  }
}
