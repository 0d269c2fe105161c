import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Roles between unequal units begin with whom the long run has them.
@Suite("Roles in the long run")
struct RolePastTests {
  /// Two units, of which the first fails far more often; the second has the role most of the time.
  private static func text(_ first: String, _ second: String, works: Int = 100, manual: String = "") -> String
  {
    """
    domains:
      a: {kind: node, fails: {loss: {\(first)}}}
      b: {kind: node, fails: {loss: {\(second)}}}
    components:
      ledger:
        roles: {writer: {count: 1, members: [a]}, standby: {count: 1, required: 0, members: [b]}}
        failover: {writer: {from: [standby], takes: 6 min, works: \(works) %\(manual)}}
    capabilities: {writing: {depends-on: {ledger/writer: hard}}}
    """
  }

  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let text: String
  }

  static let rows = [
    Row(
      testDescription: "exponential",
      text: text("mtbf: 50 h, lasts: {exponential: 5 h}", "mtbf: 500 h, lasts: {exponential: 5 h}")),
    Row(
      testDescription: "moves that may not work are under way, or given up, at the beginning",
      text: text(
        "mtbf: 40 h, lasts: {exponential: 10 h}", "mtbf: 400 h, lasts: {exponential: 10 h}", works: 60)),
    Row(
      testDescription: "by hand",
      text: text(
        "mtbf: 40 h, lasts: {exponential: 10 h}", "mtbf: 400 h, lasts: {exponential: 10 h}", works: 60,
        manual: ", manual: {exponential: 3 h}")),
    Row(
      testDescription: "lifetimes that remember",
      text: text(
        "lifetime: {weibull: {shape: 3, mean: 50 h}}, lasts: {exponential: 5 h}",
        "lifetime: {weibull: {shape: 2, mean: 500 h}}, lasts: 5 h")),
  ]

  /// The mean over the first two days is that of the long run, here over 40 years after as many days.
  @Test("a short window in the long run has its mean", arguments: rows)
  func short(_ row: Row) throws {
    func found(_ hours: Double, _ replications: Int) throws -> CapabilityEstimate {
      try Simulated.result(
        row.text,
        SimulationPlan(
          years: hours / 8760, replications: replications, confidence: Simulated.fourAndAHalf))["writing"]
    }
    let (short, long) = (try found(48, 12_000), try found(40 * 8760, 20))
    let difference = short.unavailability.value - long.unavailability.value
    #expect(
      abs(difference) < short.unavailability.halfWidth + long.unavailability.halfWidth,
      "\(short.unavailability) \(long.unavailability)")
    #expect(
      abs(short.outagesPerYear.value - long.outagesPerYear.value) < short.outagesPerYear.halfWidth
        + long.outagesPerYear.halfWidth, "\(short.outagesPerYear) \(long.outagesPerYear)")
    #expect(long.outagesPerYear.halfWidth < 0.1 * long.outagesPerYear.value)
  }

  @Test("what outages before the beginning do not tell is named")
  func named() throws {
    let graph = try ModelText.graph(Self.rows[0].text)
    #expect(graph.rolePast != nil)
    #expect(graph.rolesOfUnequalUnits == ["ledger/writer"])
    let planned = try ModelText.graph(
      Self.rows[0].text.replacing(
        "a: {kind: node,", with: "a: {kind: node, planned: {patch: {every: 1 w, takes: 1 h}},"))
    #expect(planned.rolePast == nil)
    let equal = try ModelText.graph(
      Self.text("mtbf: 50 h, lasts: 5 h", "mtbf: 50 h, lasts: 5 h"))
    #expect(equal.rolePast == nil && equal.rolesOfUnequalUnits.isEmpty)
  }
}
