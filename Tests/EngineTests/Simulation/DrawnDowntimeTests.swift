import Foundation
import Reliability
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Years in which the rate is drawn from what five incidents leave possible, against closed forms.
@Suite("Downtime by luck and by what is not known")
struct DrawnDowntimeTests {
  /// Five incidents in 5,000 days that each take 36 s: in a year of 365 d the count is negative binomial with shape 5 and
  /// mean m = 0.365, but for a share of time down of 10⁻⁸.
  private static func graph() throws -> (UncertainGraph, stated: CompiledGraph, SimulationPlan) {
    let text = """
      components: {a: {fails: {crash: {scope: component, incidents: a/crash, lasts: 0.01 h}}}}
      capabilities: {a: {depends-on: {a: hard}}}
      """
    let seen = ModeObservation(count: 5, downtimeHours: 0.05, windowHours: 120_000)
    let (model, bindings) = try ModelText.model(text).binding([
      ModeReference(component: "a", mode: "crash"): seen
    ])
    let graph = try CompiledGraph(model)
    let numbers = UncertainNumbers(graph, bindings: bindings)
    #expect(numbers.factors.map(\.name) == ["incidents/a/crash/rate"] && numbers.held.isEmpty)
    return (try numbers.graph, graph, SimulationPlan(years: 1, replications: 2, seed: 17, threads: 2))
  }

  @Test("The chance of a year without failure is that of the negative binomial law, not of the Poisson law")
  func noFailure() throws {
    let (graph, _, plan) = try Self.graph()
    let drawn = DrawnDowntime(plan: plan, draws: 4_000, perDraw: 2) { graph.graph(graph.draw($0, seed: 17)) }
    let hours = try #require(drawn.hours.first)
    #expect(hours.count == 8_000)
    let (shape, mean) = (5.0, 5.0 * 8_760 / 120_000)
    let expected = pow(1 + mean / shape, -shape)
    let seen = Double(hours.count { $0 == 0 }) / 8_000
    // Both replications of a draw share its rate, so at most as if there were one for each draw.
    #expect(abs(seen - expected) < 4.5 * (expected * (1 - expected) / 4_000).squareRoot())
    #expect(expected - exp(-mean) > 0.008)
  }

  /// Of a compound sum with outages of a fixed length d, luck has m d² of the variance and the rate (m² / 5) d².
  @Test("Variance is luck within draws and what is not known between them")
  func variance() throws {
    let text = """
      components: {a: {fails: {crash: {scope: component, incidents: a/crash, lasts: {deterministic: 1 h}}}}}
      capabilities: {a: {depends-on: {a: hard}}}
      """
    let seen = ModeObservation(count: 5, downtimeHours: 5, windowHours: 8_760)
    let (model, bindings) = try ModelText.model(text).binding([
      ModeReference(component: "a", mode: "crash"): seen
    ])
    let graph = try UncertainNumbers(CompiledGraph(model), bindings: bindings).graph
    let plan = SimulationPlan(years: 1, replications: 2, seed: 3, threads: 2)
    let drawn = DrawnDowntime(plan: plan, draws: 3_000, perDraw: 2) { graph.graph(graph.draw($0, seed: 3)) }
    let hours = drawn.hours[0]
    let pairs = stride(from: 0, to: hours.count, by: 2).map { (hours[$0], hours[$0 + 1]) }
    let within = pairs.map { ($0.0 - $0.1) * ($0.0 - $0.1) / 2 }.reduce(0, +) / Double(pairs.count)
    let mean = hours.reduce(0, +) / Double(hours.count)
    let between = pairs.map { ($0.0 - mean) * ($0.1 - mean) }.reduce(0, +) / Double(pairs.count - 1)
    // m = 5: luck 5, the rate 25 / 5 = 5. The errors of 3,000 pairs are about 3 % and 6 %.
    #expect(abs(mean - 5) < 0.25 && abs(within - 5) < 0.6 && abs(between - 5) < 1.2)
  }

  @Test("The same bits for any number of threads, and the luck of a run with the numbers as stated")
  func deterministic() throws {
    var (graph, stated, plan) = try Self.graph()
    func hours(_ model: @escaping @Sendable (Int) -> CompiledGraph) -> [[Double]] {
      DrawnDowntime(plan: plan, draws: 60, perDraw: 3, graph: model).hours
    }
    let drawn = hours { [graph] in graph.graph(graph.draw($0, seed: 17)) }
    let fixed = hours { [stated] _ in stated }
    plan.threads = 1
    let again = hours { [graph] in graph.graph(graph.draw($0, seed: 17)) }
    #expect(again == drawn && fixed != drawn)
    plan.replications = 180
    let mean = fixed[0].reduce(0, +) / 180 / 8_760
    let run = Simulator(stated, plan: plan).run().capabilities[0].unavailability.value
    #expect(abs(mean - run) <= 1e-12 * run)
    graph = try UncertainNumbers(stated, bindings: []).graph
    let unmoved = hours { [graph] in graph.graph(graph.draw($0, seed: 17)) }
    #expect(unmoved == fixed)
  }
}
