import Simulation
import Stochastics
import Testing

/// Outages that overlap are passed without the event heap when nobody watches, and draws come from kernels; a trace goes
/// through the heap. Both must tell the same.
@Suite("Outages passed at once")
struct SettledOutageTests {
  private static func model(_ fails: String, needs: String = "hard") -> String {
    """
    components:
      a: {replicas: {count: 3, required: 2}, fails: {crash: \(fails)}}
      b: {replicas: {count: 4, required: 2}, fails: {crash: \(fails), slow: {mtbf: 400 h, lasts: 20 h}}}
      c: {replicas: {count: 2, required: 1}, fails: {crash: \(fails)}}
    capabilities:
      service: {depends-on: {a: hard, b: hard, c: \(needs)}}
      other: {depends-on: {b: hard}}
    """
  }

  /// Down some of the time, often several at once.
  private static let laws = [
    "{mtbf: 300 h, lasts: {exponential: 30 h}}",
    "{lifetime: {weibull: {shape: 1.7, mean: 300 h}}, lasts: {exponential: 30 h}}",
    "{mtbf: 300 h, lasts: {lognormal: {median: 20 h, p90: 60 h}}}",
    "{lifetime: {weibull: {shape: 0.8, mean: 300 h}}, lasts: {lognormal: {median: 20 h, p90: 60 h}}}",
    "{mtbf: 300 h, lasts: {gamma: {shape: 2, mean: 30 h}}}",
    "{mtbf: 300 h, lasts: {uniform: {min: 10 h, max: 50 h}}}",
    "{mtbf: 300 h, lasts: 30 h}",
    "{mtbf: 40000 h, lasts: {exponential: 30 h}}",
  ]

  @Test(
    "the traces of all replications add up to the downtime of the run", arguments: laws,
    [SimulationPlan.Start.steady, .new])
  func addUp(law: String, start: SimulationPlan.Start) throws {
    let plan = SimulationPlan(replications: 40, seed: 11, start: start)
    let simulator = Simulator(try ModelText.graph(Self.model(law)), plan: plan)
    let result = simulator.run()
    for capability in 0..<2 {
      let told = (0..<40).map {
        TraceTests.downtime(simulator.trace(replication: $0), capability: capability)
      }
      let whole = result.capabilities[capability].unavailability.value * 8760 * 40
      #expect(whole > 0)
      #expect(abs(told.reduce(0, +) - whole) <= 1e-9 * whole)
    }
  }
}
