import Diagnostics
import Economics
import ModelFormat
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Testing

@Suite("Comparisons as reports")
struct ComparisonReportTests {
  private static func report(_ bodies: [String], years: Double = 1) throws -> ComparisonReport {
    let graphs = try bodies.map(ModelText.graph)
    let comparison = PairedSimulator(
      graphs, plan: SimulationPlan(years: years, replications: 60, seed: 9), keepingMonthsOf: ["s"]
    ).run()
    let designs = try graphs.enumerated().map { place, graph in
      let ledger = try #require(comparison.ledger)
      return ComparisonReport.Design(
        name: "design \(place)", header: ResultHeader(graph: graph, bindings: []),
        exact: try SteadyState.results(of: graph),
        money: DesignMoney(
          monthly: .nothingStated, beside: nil, once: nil, takes: nil,
          losses: LossExceedance(design: place, in: ledger), returns: nil))
    }
    return ComparisonReport(
      designs: designs, comparison: comparison,
      money: MoneyFrame(currency: "USD", rate: nil, counted: ["s"], notes: []))
  }

  private static func model(_ extra: String, promised: String = "99 %") -> String {
    """
    components: {a: {fails: {x: {rate: 20 /y, lasts: {exponential: 6 h}}}}}
    capabilities:
      s:
        depends-on: {a: hard}
        objectives: {yearly: {availability: \(promised), per: year}}
        downtime: {costs: "$100/h"}
    \(extra)
    """
  }

  private static func notes(_ report: ComparisonReport) -> [String] {
    report.document.blocks.compactMap { if case .note(let text) = $0 { text } else { nil } }
  }

  @Test("say once what is true of several designs")
  func once() throws {
    let report = try Self.report([
      Self.model("  t: {depends-on: {a: hard}}"),
      Self.model("  u: {depends-on: {a: hard}}", promised: "98 %"),
      Self.model("  u: {depends-on: {a: hard}}", promised: "98 %"),
    ])
    let notes = Self.notes(report)
    #expect(notes.contains("Not in B and C: t."))
    #expect(notes.contains("In B and C and not in A: u."))
    #expect(notes.count { $0.contains("promises") } == 1)
    #expect(Set(notes).count == notes.count)
  }

  @Test("hold gates against the same numbers as are shown")
  func gates() throws {
    let report = try Self.report([Self.model(""), Self.model("", promised: "95 %")])
    let estimate = report.comparison.designs[1].capabilities[0]
    let hours = estimate.unavailability.value * 8760
    func passes(_ text: String) throws -> Bool {
      try !GateSection(GateCondition.conditions(in: [text]), facts: report.gateFacts).isFailed
    }
    #expect(try passes("downtime<=\(hours * 1.000_001) h"))
    #expect(try !passes("downtime<=\(hours * 0.999_999) h"))
    #expect(try passes("s/availability>=95 %"))
    #expect(try passes("objectives"))
    #expect(try passes("downtime-cost<=$\(Int(hours * 100 + 1))"))
    #expect(try !passes("downtime-cost<=$\(Int(hours * 100 - 1))"))
    #expect(try !passes("served-after-zone>=0 %"))
    #expect(throws: Findings.self) { try passes("npv>0") }
  }

  @Test("have no exact difference of what is only simulated")
  func onlySimulated() throws {
    let planned = """
      components:
        a: {fails: {x: {rate: 20 /y, lasts: 6 h}}, planned: {deploy: {every: 1 w, takes: 10 min}}}
      capabilities: {s: {depends-on: {a: hard}, downtime: {costs: "$100/h"}}}
      """
    let report = try Self.report([Self.model(""), planned])
    guard case .object(let all) = report.json(), case .object(let results)? = all["results"],
      case .array(let differences)? = results["differences"], case .object(let first)? = differences.first
    else {
      Issue.record("the JSON has no difference")
      return
    }
    #expect(first["exactUnavailability"] == ["unknown": "planned work is only simulated"])
    #expect(Self.notes(report).contains { $0.hasPrefix("Planned work, in B, is only simulated") })
  }
}
