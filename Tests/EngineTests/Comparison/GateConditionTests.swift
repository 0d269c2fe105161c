import Diagnostics
import Reports
import Testing

@Suite("Gates of pipelines")
struct GateConditionTests {
  @Test(
    "are met or not, in the unit of what is measured",
    arguments: [
      ("availability>=99.9%", GateFact.Value.found(.share(0.001), text: ""), true),
      ("availability>99.9 %", .found(.share(0.001), text: ""), false),
      ("availability ≥ 99.9 %", .found(.share(0.002), text: ""), false),
      ("availability<=99.9%", .found(.share(0.002), text: ""), true),
      ("availability>=99.9999999999 %", .found(.share(1.1e-12), text: ""), false),
      ("availability>=99.9999999999 %", .found(.share(0.9e-12), text: ""), true),
      ("downtime<=8 h", .found(.hours(8), text: ""), true),
      ("downtime<480 min", .found(.hours(8), text: ""), false),
      ("outages<=12", .found(.count(12.5), text: ""), false),
      ("monthly<=$3,500", .found(.money(3500, currency: "USD"), text: ""), true),
      ("monthly<=€3,500", .found(.money(3, currency: "USD"), text: ""), false),
      ("monthly-increase<=10%", .found(.share(0.1), text: ""), true),
      ("monthly-increase<=$10", .found(.money(10.5, currency: "USD"), text: ""), false),
      ("npv>0", .found(.money(0.01, currency: "EUR"), text: ""), true),
      ("npv > 0", .found(.money(0, currency: "EUR"), text: ""), false),
      ("npv>=-$5", .found(.money(-5, currency: "USD"), text: ""), true),
      ("P(npv>0)>=90%", .found(.share(0.9), text: ""), true),
      ("p( npv > 0 ) >= 0.9", .found(.share(0.89), text: ""), false),
      ("payback<=12 months", .found(.hours(8760), text: ""), true),
      ("payback<=1 y", .found(.hours(8761), text: ""), false),
      ("roi>=150%", .found(.share(1.5), text: ""), true),
      ("payback<=1 y", .unknown("never"), false), ("objectives", .met(true, text: ""), true),
      ("objectives", .met(false, text: ""), false),
      ("used-after-zone<=120%", .found(.share(1.2), text: ""), true),
    ])
  func met(_ text: String, _ value: GateFact.Value, _ expected: Bool) throws {
    let condition = try GateCondition.conditions(in: [text])[0]
    let section = try GateSection([condition], facts: [GateFact(condition.metric, value)])
    #expect(section.outcomes.map(\.isMet) == [expected])
    #expect(section.isFailed == !expected)
  }

  @Test(
    "are refused where they say nothing, at the place",
    arguments: [
      ("availability", "1:1 gate-syntax"), ("availability=99%", "1:1 gate-metric"),
      ("avail>=99%", "1:1 gate-metric"),
      ("availability>=99.9 h", "1:15 gate-limit"), ("availability>=", "1:15 gate-limit"),
      ("downtime<=8", "1:11 gate-limit"), ("monthly<=3500", "1:10 gate-limit"),
      ("monthly-increase<=10", "1:19 gate-limit"), ("npv>1", "1:5 gate-limit"),
      ("roi>=1.5", "1:6 gate-limit"),
      ("outages<=many", "1:10 gate-limit"), ("objectives>=1", "1:13 gate-limit"), ("", "1:1 gate-metric"),
      ("P(npv>0)>=190%", "1:11 gate-limit"), ("outages<=1e999", "1:10 gate-limit"),
    ])
  func refused(_ text: String, _ place: String) throws {
    let findings = try #require(throws: Findings.self) { try GateCondition.conditions(in: [text]) }
    let places = findings.diagnostics.map {
      "\($0.location?.line ?? 0):\($0.location?.column ?? 0) \($0.slug)"
    }
    #expect(places == [place])
    #expect(findings.diagnostics.allSatisfy { $0.help != nil })
  }

  private static let facts = [
    GateFact(.availability, design: "b", capability: "x", .found(.share(0.1), text: "")),
    GateFact(.availability, design: "b", capability: "y", .found(.share(0.3), text: "")),
  ]

  @Test("are about every capability, or the one that is named")
  func capabilities() throws {
    func met(_ text: String) throws -> [Bool] {
      try GateSection(GateCondition.conditions(in: [text]), facts: Self.facts).outcomes.map(\.isMet)
    }
    #expect(try met("availability>=80%") == [true, false])
    #expect(try met("x/availability>=80%") == [true])
    #expect(try met("y/availability>=80%") == [false])
  }

  @Test("that are about nothing here are errors, not passed", arguments: ["z/availability>=1%", "npv>0"])
  func nothing(_ text: String) throws {
    let conditions = try GateCondition.conditions(in: [text])
    #expect(throws: Findings.self) { try GateSection(conditions, facts: Self.facts) }
  }

  @Test("say where the limit lies inside the interval", arguments: [(0.15, true), (0.35, false)])
  func doubt(_ limit: Double, _ isInside: Bool) throws {
    let fact = GateFact(
      .missed, capability: "x", .found(.share(0.2), text: "20 %"), interval: 0.1...0.3)
    let section = try GateSection(
      GateCondition.conditions(in: ["missed<=\(limit * 100)%"]), facts: [fact])
    let text = TextRenderer().text(Document(title: "", blocks: section.blocks))
    #expect(text.contains("more replications decide") == isInside)
  }
}
