import Diagnostics
import Reliability
import ServiceModel
import Simulation
import Stochastics
import Testing

/// More work is asked for than all units together can do.
@Suite("Demand above the units")
struct DemandAboveUnitsTests {
  static func model(units: String = "{count: 3, required: 2}", demand: Double, rest: String = "") -> String {
    """
    components: {api: {replicas: \(units), fails: {crash: {mtbf: 300 h, lasts: {exponential: 2 h}}}\(rest)}}
    capabilities: {service: {depends-on: {api: hard}, demand: {api: \(demand)}}}
    """
  }

  /// Of k of three units up k / 5 is served, and nothing of fewer than two: 3 (1 − U)³ / 5 + 2 · 3 (1 − U)² U / 5.
  @Test("both engines serve what the units can do")
  func engines() throws {
    let text = Self.model(demand: 5)
    let up = 300.0 / 302
    let served = (3 * up * up * up + 2 * 3 * up * up * (1 - up)) / 5
    let result = try Simulated.result(
      text, SimulationPlan(years: 5, replications: 2000, confidence: Simulated.fourAndAHalf))
    #expect(result["service"].unservedFraction.holds(1 - served))
    let solved = try #require(try SteadyState.results(of: ModelText.graph(text)).first)
    #expect(abs(try #require(solved.unservedFraction) - (1 - served)) < 1e-12)
  }

  @Test(
    "who asks for more than there is, even when the least is asked, is warned",
    arguments: [
      model(demand: 5), model(units: "4", demand: 4.1),
      model(units: "{count: 3, required: 2}", demand: 2.5, rest: ", standby: {running: 2, dormancy: cold}"),
    ])
  func warned(_ text: String) throws {
    let found = try ModelText.model(text).warnings
    #expect(found.map(\.slug) == ["demand-above-units"])
    #expect(found.allSatisfy { $0.severity == .warning && $0.location != nil })
  }

  @Test("who asks for what all units can do, or for more at some hours only, is not")
  func notWarned() throws {
    #expect(try ModelText.model(Self.model(demand: 3)).warnings.isEmpty)
    let seldom = Self.model(demand: 5).replacing(
      "demand: {api: 5.0}",
      with:
        "demand: {api: 5}, profile: {day: [{from: \"00:00\", load: 50 %}, {from: \"08:00\", load: 100 %}]}")
    #expect(try ModelText.model(seldom).warnings.isEmpty)
  }
}
