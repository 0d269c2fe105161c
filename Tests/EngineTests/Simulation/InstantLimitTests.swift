import Simulation
import Testing

/// A run that is limited by what it has to follow, and not by time.
@Suite("Limit of instants")
struct InstantLimitTests {
  /// Two units with 21.7 failures a year each, and an instant at least for the beginning and the end of each: 87 a year.
  static let model = CrossCheckTests.failover

  static func simulator(threads: Int) throws -> Simulator {
    Simulator(
      try ModelText.graph(model), plan: SimulationPlan(replications: 200, seed: 3, threads: threads))
  }

  @Test("a limit that is not reached changes nothing")
  func unlimited() throws {
    let simulator = try Self.simulator(threads: 1)
    let result = simulator.run(instants: .max, batch: 50)
    #expect(result.fingerprint == simulator.run().fingerprint)
    #expect(!result.isPartial)
  }

  /// 50 years have some 4,350 instants or more, less than 20,000.
  @Test("a batch is done, then the limit counts, with any number of threads")
  func limited() throws {
    let result = try Self.simulator(threads: 1).run(instants: 1, batch: 50)
    #expect(result.replications == 50)
    #expect(result.isPartial)
    let more = try Self.simulator(threads: 1).run(instants: 3000, batch: 10)
    #expect(more.replications > 10 && more.replications <= 40)
    #expect(try Self.simulator(threads: 3).run(instants: 3000, batch: 10).fingerprint == more.fingerprint)
  }
}
