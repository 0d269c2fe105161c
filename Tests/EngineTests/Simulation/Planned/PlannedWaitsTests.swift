import Reports
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Waves that wait for disruption budgets while all is up, or before a simulation begins.
@Suite("Planned work that waits")
struct PlannedWaitsTests {
  /// Work that takes both units where one may go: it begins when a crash of both has.
  static func above(_ lifetime: String, every: String, takes: String) -> String {
    PlannedTimeTests.service(
      """
      components:
        api:
          replicas: {count: 2, required: 1}
          fails: {crash: {\(lifetime), scope: component, lasts: 3 h}}
          planned: {patch: {every: \(every), takes: \(takes), at-once: all}}
          disruption-budget: {disrupt: 1}
      """)
  }

  /// Crashes at 700 h and every 703 h from then on find work waiting since the last occasion, each.
  @Test("a wave that a budget refuses while all is up begins with every crash")
  func everyCrash() throws {
    let result = try Simulated.result(
      Self.above("lifetime: {deterministic: 700 h}", every: "500 h", takes: "10 h"),
      SimulationPlan(years: 5000.0 / 8760, replications: 3, start: .new))
    #expect(abs(result["service"].downtimeHours(years: 5000.0 / 8760) - 70) < 1e-3)
    #expect(result["service"].unavailability.halfWidth < 1e-12)
    #expect(abs(result.planned[0].waves.value * 5000 / 8760 - 7) < 1e-9)
  }

  /// An occasion gets its wave unless all is up when it comes and no crash does within the 500 h: crashes come at the rate 1
  /// / 1,000 h and are under way 3 / 1,003 of the time. The wave goes on for 7 h after the crash. What that leaves out, waves
  /// into which a second crash falls or that begin amid one, is 0.1 %.
  @Test("waves begin as often as occasions see a crash")
  func renewal() throws {
    let result = try Simulated.result(
      Self.above("mtbf: 1000 h", every: "500 h", takes: "10 h"),
      SimulationPlan(years: 10, replications: 400, seed: 7, confidence: Simulated.fourAndAHalf))
    let decay = 0.606_530_659_712_633  // e^(−500 / 1,000)
    let waves = 1 - 1000.0 / 1003 * decay
    #expect(result.planned[0].waves.holds(8760.0 / 500 * waves), "\(result.planned[0].waves)")
    let planned = try #require(result["service"].planned)
    #expect(planned.planned.holds(waves * 7 / 500), "\(planned.planned)")
    #expect(result["service"].unavailability.holds(3.0 / 1003 + waves * 7 / 500))
  }

  @Test(
    "the same bits with any number of threads, and in shards",
    arguments: [
      PlannedWaitsTests.above("mtbf: 1000 h", every: "500 h", takes: "10 h"),
      PlannedWaitsTests.above("mtbf: 1000 h", every: "8000 h", takes: "1 h"),
    ])
  func deterministic(_ text: String) throws {
    var plan = SimulationPlan(replications: 90, seed: 5)
    let one = try Simulated.result(text, plan).fingerprint
    plan.threads = 3
    #expect(try Simulated.result(text, plan).fingerprint == one)
    let run = PartRun(text, plan)
    let merged = try PartRun.merged(try run.parts(4))
    #expect(PartRun.printed(try run.header, merged.result).json == (try run.whole().json))
  }
}
