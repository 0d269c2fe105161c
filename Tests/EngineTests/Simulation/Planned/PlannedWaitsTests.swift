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

  // MARK: At the beginning

  /// Two units of which one may go; work comes so often that waves wait for crashes, and crashes hit waves.
  static let besideCrashes = PlannedTimeTests.service(
    """
    components:
      api:
        replicas: {count: 2, required: 1}
        fails: {crash: {mtbf: 200 h, lasts: {exponential: 20 h}}}
        planned: {deploy: {every: 100 h, takes: 10 h}}
        disruption-budget: {disrupt: 1}
    """)

  @Test("budgets have waited before the beginning: the first hours are as any others")
  func firstHours() throws {
    func found(_ years: Double, _ replications: Int) throws -> SimulationResult {
      try Simulated.result(
        Self.besideCrashes,
        SimulationPlan(
          years: years, replications: replications, seed: 3, confidence: Simulated.fourAndAHalf))
    }
    let (short, long) = (try found(0.001, 30000), try found(20, 200))
    let (first, whole) = (short["service"].unavailability, long["service"].unavailability)
    #expect(first.low < whole.high && whole.low < first.high, "\(first) \(whole)")
    // With all up before the beginning it was half as much again.
    #expect(first.high < 1.25 * whole.value)
    // Both units failed, independently: (20 / 220)².
    let unplanned = try #require(short["service"].planned?.unplanned)
    #expect(unplanned.holds(1.0 / 121), "\(unplanned)")
    let (waits, all) = (short.planned[0].waits, long.planned[0].waits)
    #expect(waits.low < all.high && all.low < waits.high, "\(waits) \(all)")
  }

  /// In the long run 500 h before an occasion look like those before any other; a crash is waited for since then.
  @Test("work above its budget has begun before the beginning where a crash let it")
  func aboveAtTheBeginning() throws {
    let result = try Simulated.result(
      Self.above("mtbf: 1000 h", every: "500 h", takes: "10 h"),
      SimulationPlan(years: 0.01, replications: 20000, seed: 7, confidence: Simulated.fourAndAHalf))
    let waves = 1 - 1000.0 / 1003 * 0.606_530_659_712_633
    #expect(result.planned[0].waves.holds(8760.0 / 500 * waves), "\(result.planned[0].waves)")
    #expect(result["service"].unavailability.holds(3.0 / 1003 + waves * 7 / 500))
  }

  @Test("the past is as long as a round and what was under way before it, and is told to be whole")
  func length() throws {
    let graph = try ModelText.graph(Self.besideCrashes)
    // 100 h, and 20 times E[D²] / E[D] = 40 h and 10 h.
    let past = try #require(graph.budgetPast(horizonHours: 8760))
    #expect(abs(past.hours - 1100) < 1e-9 && past.isWhole)
    #expect(past.processes == [0, 1] && past.works == [0])
    #expect(!graph.beginsBesideBudgets(horizonHours: 8760))
    let alone = PlannedTimeTests.service(
      "components: {api: {replicas: 3, disruption-budget: {disrupt: 1}, planned: {patch: {every: 90 h, takes: 1 h}}}}"
    )
    #expect(try ModelText.graph(alone).budgetPast(horizonHours: 8760) == nil)
    #expect(try !ModelText.graph(alone).beginsBesideBudgets(horizonHours: 8760))
  }

  /// 200 units fail 200 / 21 times an hour, so that 2,000 outages and 0.1 waves an hour reach back 208 h of 2,120 h.
  @Test("a past of many outages is as long as the simulation at most, and is told to be cut")
  func cut() throws {
    let graph = try ModelText.graph(
      PlannedTimeTests.service(
        """
        components:
          api:
            replicas: {count: 200, required: 187}
            fails: {crash: {mtbf: 20 h, lasts: {exponential: 1 h}}}
            disruption-budget: {keep: 195}
            planned: {deploy: {every: 2000 h, takes: 4 h}}
        """))
    let short = try #require(graph.budgetPast(horizonHours: 8.76))
    #expect(abs(short.hours - 2000 / (200.0 / 21 + 0.1)) < 1e-6 && !short.isWhole)
    #expect(graph.beginsBesideBudgets(horizonHours: 8.76))
    let long = try #require(graph.budgetPast(horizonHours: 8760))
    #expect(abs(long.hours - 2120) < 1e-6 && long.isWhole)
    #expect(!graph.beginsBesideBudgets(horizonHours: 8760))
  }
}
