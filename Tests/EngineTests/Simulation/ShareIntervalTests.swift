import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// What the shares of causes, of places and of budgets are worth.
@Suite("Intervals of shares")
struct ShareIntervalTests {
  static let model = """
    domains:
      za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: 12 h}}}
      zb: {kind: zone, fails: {outage: {mtbf: 2000 h, lasts: 12 h}}}
    components:
      api: {replicas: {count: 4, required: 3, spread: zones}, fails: {crash: {mtbf: 300 h, lasts: 5 h}}}
      store: {fails: {disk: {mtbf: 700 h, lasts: {exponential: 3 h}}}}
    capabilities:
      service:
        depends-on: {api: hard, store: hard}
        objectives: {yearly: {availability: 99 %, per: year}}
    """
  static let seeds = 400

  static func runs() throws -> [CapabilityEstimate] {
    let graph = try ModelText.graph(model)
    return (0..<seeds).map { seed in
      Simulator(graph, plan: SimulationPlan(replications: 40, seed: UInt64(seed), confidence: 0.9))
        .run()["service"]
    }
  }

  /// Of 400 intervals that hold with 90 %, 360 ± 6 do; four and a half standard errors are 27.
  @Test("intervals of 90 % hold the exact shares in nine of ten runs")
  func coverage() throws {
    let exact = try #require(try SteadyState.results(of: ModelText.graph(Self.model)).first)
    let runs = try Self.runs()
    for cause in exact.contributions where cause.share > 0.02 {
      let found = runs.compactMap { run in run.contributions.first { $0.cause == cause.cause } }
      let shares = found.count { $0.shareOfDowntime.holds(cause.share) }
      #expect((333...387).contains(shares), "\(cause.cause): the share in \(shares)")
      let times = found.count { $0.unavailability.holds(cause.share * exact.unavailability) }
      #expect((333...387).contains(times), "\(cause.cause): the time in \(times)")
    }
    let budgets = runs.count { run in
      run.objectives.first?.budgetUsed?.meanUsed.holds(exact.unavailability / 0.01) == true
    }
    #expect((333...387).contains(budgets), "the budget in \(budgets)")
  }

  /// What begins where is not what the exact engine answers: the mean of all runs stands for it.
  @Test("the same holds of where and with what outages begin")
  func beginnings() throws {
    let runs = try Self.runs()
    func covered(_ intervals: [Estimate]) -> Int {
      let mean = intervals.reduce(0) { $0 + $1.value } / Double(intervals.count)
      return intervals.count { $0.holds(mean) }
    }
    for place in 0..<2 {
      let count = covered(runs.map { $0.places[place].shareOfDowntime })
      #expect((333...387).contains(count), "\(runs[0].places[place].place): \(count)")
    }
    let disk = runs.compactMap { run in run.contributions.first { $0.cause == "store/disk" }?.shareBegun }
    #expect((333...387).contains(covered(disk)))
  }

  @Test("nothing seen, or one replication, is no certainty")
  func little() throws {
    let quiet = """
      components: {api: {fails: {crash: {mtbf: 1000000 y, lasts: 1 h}}}}
      capabilities:
        service: {depends-on: {api: hard}, objectives: {yearly: {availability: 99 %, per: year}}}
      """
    let none = try Simulated.result(quiet, SimulationPlan(replications: 100))["service"]
    let used = try #require(none.objectives.first?.budgetUsed?.meanUsed)
    // A year that is down uses a hundred times what it may; the rule of three says 3 % of years at most.
    #expect(used.value == 0 && used.low == 0)
    #expect(abs(used.high - 2.995_732_273_55) < 1e-6)
    let once = try Simulated.result(Self.model, SimulationPlan(replications: 1))["service"]
    #expect(once.contributions.allSatisfy { $0.shareOfDowntime.low == 0 && $0.shareOfDowntime.high == 1 })
  }

  /// A failure falls at any instant of the hour since the last snapshot: half an hour is lost on average, 54 min by a tenth. Of one
  /// replication's incidents only as many count as if they were alike, so that intervals hold at least as often as they say.
  @Test("what a failure loses: the mean and the percentiles are held by nine intervals of ten, or more")
  func losses() throws {
    let body = DataLossTests.model(
      "full: {every: 1 h, keep: 7 d, restore: 30 min}", fails: "gone: {mtbf: 4380 h, loses: volume}")
    let graph = try ModelText.graph(body)
    let losses = try (0..<Self.seeds).map { seed in
      let plan = SimulationPlan(replications: 60, seed: UInt64(seed), confidence: 0.9)
      return try #require(Simulator(graph, plan: plan).run().dataLosses.first?.loss)
    }
    let means = losses.count { $0.meanEstimate.holds(0.5) }
    #expect((333...).contains(means), "\(means)")
    let tenths = losses.count { $0.percentiles.first { $0.percent == 90 }?.estimate.holds(0.9) == true }
    #expect((333...).contains(tenths), "\(tenths)")
    // Were they all independent, the reach would be 1.67 · 0.2887 / √120; as if alike, √(E[m²] / E[m]) = √3 times as much.
    let reach = losses.reduce(0) { $0 + $1.meanEstimate.halfWidth } / Double(Self.seeds)
    #expect(abs(reach - 1.67 * 0.2887 / 120.0.squareRoot() * 3.0.squareRoot()) < 0.004, "\(reach)")
  }
}
