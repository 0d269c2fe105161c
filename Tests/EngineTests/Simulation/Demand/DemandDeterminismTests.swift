import Reports
import Simulation
import Stochastics
import Testing

/// Everything that follows the demand at once.
@Suite("Determinism of what follows the demand")
struct DemandDeterminismTests {
  static let model = DemandText.service(
    """
    replicas: {count: 4, required: 2, spread: zones}, start: {takes: {exponential: 5 min}}, \
    autoscaling: {min: 3, max: 9, target: 80 %, delay: 10 min}, \
    fails: {crash: {mtbf: 50 h, detect: {exponential: 10 min}, recover: 2 h, common-cause: {beta: 5 %}}, \
    overload: {scope: unit, when: {load: 120 %, for: 5 min}, detect: 1 min, recover: {exponential: 10 min}}}
    """, demand: 5.2, profile: "\(DemandText.day), weekend: 50 %, growth: 20 %",
    domains: "domains: {a: {kind: zone, fails: {loss: {mtbf: 900 h, lasts: 3 h}}}, b: {kind: zone, like: a}}")

  @Test("the same bits with 1, 2 and 7 threads")
  func threads() throws {
    var plan = SimulationPlan(replications: 60, seed: 5)
    let one = try Simulated.result(Self.model, plan)
    #expect(one.capacities.first?.overloadsPerYear?.value ?? 0 > 1)
    for threads in [2, 7] {
      plan.threads = threads
      let other = try Simulated.result(Self.model, plan)
      #expect(other.fingerprint == one.fingerprint)
      #expect(other.capacities == one.capacities)
    }
  }

  @Test("parts in any order print what the one big run prints, byte by byte")
  func shards() throws {
    let run = PartRun(Self.model, SimulationPlan(replications: 31, seed: 5))
    let whole = try run.whole()
    let parts = try run.parts(4)
    for order in [parts, parts.reversed()] {
      let outcome = try PartRun.merged(order)
      let printed = PartRun.printed(outcome.header, outcome.result)
      #expect(printed.json == whole.json)
      #expect(printed.text == whole.text)
    }
  }
}
