import ServiceGraph
import Simulation
import Synchronization
import Stochastics
import Testing

@Suite("Determinism")
struct DeterminismTests {
  /// Everything that could depend on an order: overlaps, soft losses, unnoticed units, roles, objectives.
  static let domains = """
    domains:
      za: {kind: zone, fails: {outage: {mtbf: 500 h, lasts: {lognormal: {median: 2 h, p90: 9 h}}}}}
      zb: {kind: zone, like: za}

    """
  static let components = """
    components:
      api:
        replicas: {count: 4, required: 2, spread: zones}
        depends-on: {cache: {soft: 20 %}, ledger/writer: hard}
        fails: {crash: {mtbf: 90 h, detect: {exponential: 10 min}, recover: 2 h, common-cause: {beta: 5 %}}}
      cache: {in: za, fails: {slow: {mtbf: 50 h, lasts: {weibull: {shape: 2, mean: 3 h}}}}}
      ledger:
        roles: {writer: {count: 1, in: za}, reader: {count: 2, required: 1, spread: zones}}
        failover: {writer: {from: [reader], detect: 5 min, takes: {exponential: 10 min}, works: 90 %, manual: 1 h}}
        fails: {instance: {lifetime: {gamma: {shape: 2, mean: 300 h}}, lasts: {exponential: 4 h}}}

    """
  static let capabilities = """
    capabilities:
      service:
        depends-on: {api: hard}
        demand: {api: 3}
        objectives: {monthly: {availability: 99.5 %, per: calendar month}, weekly: {availability: 99 %, per: 1 w}}
      reading: {depends-on: {ledger/reader: hard, cache: {soft: 50 %}}}
    """
  static let model = domains + components + capabilities

  static func run(_ plan: SimulationPlan, _ text: String = model) throws -> SimulationResult {
    try Simulated.result(text, plan)
  }

  @Test(
    "the same bits with 1, 2, 3 and 7 threads, with and without whole batches", arguments: [37, 1234])
  func threads(_ replications: Int) throws {
    var plan = SimulationPlan(replications: replications, seed: 5)
    let one = try Self.run(plan).fingerprint
    for threads in [2, 3, 7] {
      plan.threads = threads
      #expect(try Self.run(plan).fingerprint == one, "\(threads) threads")
    }
  }

  /// The largest relative half-width of an unavailability's interval.
  static func widest(_ result: SimulationResult) -> Double {
    result.capabilities.map { $0.unavailability.halfWidth / $0.unavailability.value }.max() ?? 0
  }

  @Test("stopping at an error happens at the same batch with any number of threads")
  func stoppingEarly() throws {
    var plan = SimulationPlan(replications: 20_000, seed: 5, relativeError: 0.03)
    var before = 1.0
    let one = Simulator(try ModelText.graph(Self.model), plan: plan).run(progress: {
      before = Self.widest($0)
    })
    #expect(before > 0.03)
    #expect(Self.widest(one) <= 0.03)
    #expect(one.replications < 20_000)
    #expect(one.replications % 1000 == 0)
    #expect(!one.isPartial)
    plan.threads = 3
    #expect(try Self.run(plan).fingerprint == one.fingerprint)
    plan.relativeError = nil
    plan.replications = one.replications
    #expect(try Self.run(plan).fingerprint == one.fingerprint)
  }

  @Test("a run that is interrupted has the first replications and says that it is partial", arguments: 1...4)
  func interrupted(threads: Int) throws {
    let asked = Atomic(0)
    // Where an error is asked for, it is looked at after each thousand, and these are dealt in 74 to 114 shares.
    let plan = SimulationPlan(replications: 10_000, seed: 5, threads: threads, relativeError: 1e-9)
    let simulator = Simulator(try ModelText.graph(Self.model), plan: plan)
    var seen: [Int] = []
    let result = simulator.run(
      shouldStop: { asked.add(1, ordering: .relaxed).newValue >= 130 },
      progress: { seen.append($0.replications) })
    #expect(result.isPartial)
    #expect((1001..<2000).contains(result.replications))
    #expect(seen == [1000])
    let whole = try Self.run(SimulationPlan(replications: result.replications, seed: 5))
    #expect(result.fingerprint == whole.fingerprint)
  }

  @Test("a run that is interrupted before it begins has a replication for each thread at least")
  func interruptedAtOnce() throws {
    let plan = SimulationPlan(replications: 10_000, seed: 5, threads: 2, relativeError: 1e-9)
    let result = Simulator(try ModelText.graph(Self.model), plan: plan).run(shouldStop: { true })
    #expect(result.isPartial)
    #expect((1...32).contains(result.replications))
  }

  @Test("another seed is other luck")
  func seeds() throws {
    let first = try Self.run(SimulationPlan(replications: 50, seed: 1)).fingerprint
    #expect(try Self.run(SimulationPlan(replications: 50, seed: 1)).fingerprint == first)
    #expect(try Self.run(SimulationPlan(replications: 50, seed: 2)).fingerprint != first)
    #expect(try Self.run(SimulationPlan(replications: 50, seed: 1 << 32 | 1)).fingerprint != first)
  }

  @Test("a component added anywhere leaves what does not need it alone, to the bit")
  func unrelatedComponent() throws {
    let extra = """
        extra:
          replicas: {count: 3, required: 1, spread: zones}
          fails: {crash: {mtbf: 20 h, detect: 5 min, recover: 1 h}, slow: {mtbf: 9 h, lasts: 1 h, effect: {degraded-to: 10 %}}}

      """
    let first = Self.components.replacing("components:\n", with: "components:\n" + extra)
    let other = "\n  other: {depends-on: {extra: hard}}"
    let plan = SimulationPlan(replications: 150, seed: 5)
    let alone = try Self.run(plan)
    for components in [Self.components + extra, first] {
      let together = try Self.run(plan, Self.domains + components + Self.capabilities + other)
      #expect("\(together["service"])" == "\(alone["service"])")
      #expect("\(together["reading"])" == "\(alone["reading"])")
      #expect("\(together.failovers)" == "\(alone.failovers)")
      #expect(together["other"].unavailability.value > 0)
    }
  }

  /// Each outage keeps its length and begins later, so no replication has more downtime. Capabilities of one
  /// part each: with several in one, a later outage may stop hiding behind another.
  @Test("doubling one mtbf moves its downtime only downwards, replication by replication")
  func commonRandomNumbers() throws {
    func text(_ mtbf: Int) -> String {
      """
      components:
        first: {fails: {crash: {mtbf: \(mtbf) h, lasts: {exponential: 8 h}}}}
        second: {fails: {crash: {mtbf: 60 h, lasts: {exponential: 8 h}}}}
      capabilities: {one: {depends-on: {first: hard}}, two: {depends-on: {second: hard}}}
      """
    }
    var lower = 0
    for seed in 0..<300 {
      let plan = SimulationPlan(replications: 1, seed: UInt64(seed), start: .new)
      let (often, seldom) = (try Self.run(plan, text(300)), try Self.run(plan, text(600)))
      #expect(seldom["one"].unavailability.value <= often["one"].unavailability.value)
      #expect(seldom["one"].outagesPerYear.value <= often["one"].outagesPerYear.value)
      #expect("\(seldom["two"])" == "\(often["two"])")
      if seldom["one"].unavailability.value < often["one"].unavailability.value { lower += 1 }
    }
    #expect(lower > 290)
  }
}

extension String {
  fileprivate func replacing(_ part: String, with other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
