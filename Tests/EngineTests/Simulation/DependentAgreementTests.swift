import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Crews, spares and shared load, simulated beside the exact engine and beside closed forms that it does not have.
@Suite("Agreement on dependent units")
struct DependentAgreementTests {
  /// Models in which every kind of dependence meets every other; few enough processes for an exact answer.
  static func graphs(_ count: Int) throws -> [CompiledGraph] {
    var found: [CompiledGraph] = []
    var number = 0
    while found.count < count {
      let graph = try ModelText.graph(RandomDependentModel.text(number: number))
      if !graph.dependentGroups.isEmpty, graph.processes.count <= 14 { found.append(graph) }
      number += 1
    }
    return found
  }

  @Test("unavailability and outages a year of random models")
  func randomModels() throws {
    for (number, graph) in try Self.graphs(24).enumerated() {
      let plan = SimulationPlan(
        replications: 400, seed: UInt64(number), confidence: Simulated.fourAndAHalf)
      let result = Simulator(graph, plan: plan).run()
      for (exact, simulated) in zip(try SteadyState.results(of: graph), result.capabilities) {
        let place = Comment(rawValue: "model \(number), \(exact.capability)")
        #expect(exact.approximations.isEmpty, place)
        #expect(simulated.unavailability.holds(exact.unavailability), place)
        let perYear = try #require(exact.frequencyPerHour) * 8760
        #expect(simulated.outagesPerYear.holds(perYear), place)
      }
    }
  }

  static let shop = """
    crews: {ops: {count: 1, preempts: yes}}
    components:
      api:
        replicas: {count: 3, required: 2}
        standby: {running: 2, dormancy: 30 %, switch: {takes: {exponential: 1 h}, works: 80 %}}
        fails:
          crash: {mtbf: 150 h, lasts: {exponential: 8 h}, crew: ops, priority: 2}
          disk: {mtbf: 400 h, lasts: {exponential: 15 h}}
      store:
        replicas: {count: 2, required: 1}
        load-sharing: {factors: [1, 4]}
        fails: {crash: {mtbf: 150 h, lasts: {exponential: 12 h}, crew: ops, priority: 1}}
    capabilities:
      service: {depends-on: {api: hard, store: hard}}
    """

  /// Twenty runs with seeds of their own show how far a share scatters.
  @Test("shares of causes agree, and first causes share out all downtime")
  func shares() throws {
    let graph = try ModelText.graph(Self.shop)
    let exact = try #require(try SteadyState.results(of: graph).first)
    let runs = (0..<20).map { seed in
      Simulator(graph, plan: SimulationPlan(replications: 100, seed: UInt64(seed))).run()["service"]
    }
    #expect(exact.contributions.count == 3)
    for contribution in exact.contributions {
      let shares = try runs.map { run in
        try #require(run.contributions.first { $0.cause == contribution.cause }).share
      }
      #expect(Spread(shares).holds(contribution.share), "\(contribution.cause)")
    }
    for run in runs {
      #expect(abs(run.contributions.reduce(0) { $0 + $1.firstCauseShare } - 1) < 1e-12)
    }
  }

  @Test(
    "from the first hour on, steady means the long run",
    arguments: [(1.0 / 8760, 6000), (1.0 / 52, 3000), (0.1, 1500)])
  func steady(years: Double, replications: Int) throws {
    let graph = try ModelText.graph(Self.shop)
    let exact = try #require(try SteadyState.results(of: graph).first)
    let plan = SimulationPlan(
      years: years, replications: replications, seed: 11, confidence: Simulated.fourAndAHalf)
    let result = Simulator(graph, plan: plan).run()
    let found = result["service"]
    #expect(
      found.unavailability.holds(exact.unavailability), "\(found.unavailability), \(exact.unavailability)")
    #expect(found.outagesPerYear.holds(try #require(exact.frequencyPerHour) * 8760))
    #expect(try #require(result.warmUpHours) > 200)
  }

  @Test("the same bits with any number of threads, and whatever is added that it does not need")
  func determinism() throws {
    var plan = SimulationPlan(replications: 301, seed: 5)
    let alone = try Simulated.result(Self.shop, plan)
    for threads in [2, 3] {
      plan.threads = threads
      #expect(try Simulated.result(Self.shop, plan).fingerprint == alone.fingerprint, "\(threads) threads")
    }
    let crowd =
      Self.shop
      .replacing("components:\n", with: "components:\n\(Self.extra)")
      .replacing("crews: {", with: "crews: {vendor: 1, ") + "\n  other: {depends-on: {extra: hard}}"
    let together = try Simulated.result(crowd, plan)
    #expect("\(together["service"])" == "\(alone["service"])")
    #expect(together["other"].unavailability.value > 0)
  }

  static let extra = """
      extra:
        replicas: {count: 3, required: 2}
        fails: {crash: {mtbf: 30 h, lasts: 2 h, crew: vendor}, fire: {mtbf: 90 h, lasts: 3 h}}

    """

  /// Five machines fail every hour or two while a crew that is never idle leaves a rare failure for centuries.
  @Test("a warm-up that would take too long is refused; beginning new is not")
  func longWarmUp() throws {
    let graph = try ModelText.graph(
      """
      crews: {ops: 1}
      components:
        often: {replicas: 5, fails: {crash: {mtbf: 1 h, lasts: 1 h, crew: ops}}}
        seldom: {fails: {crash: {mtbf: 1000 y, lasts: 1 h, crew: ops, priority: 2}}}
      capabilities: {service: {depends-on: {often: hard, seldom: hard}}}
      """)
    let steady = SimulationObstacle.all(of: graph, plan: SimulationPlan(replications: 2))
    guard case .longWarmUp(let expected, _)? = steady.first, steady.count == 1 else {
      Issue.record("\(steady)")
      return
    }
    #expect(expected > SimulationObstacle.outageLimit)
    #expect(SimulationObstacle.all(of: graph, plan: SimulationPlan(replications: 2, start: .new)).isEmpty)
  }

  /// Five machines and one repairman: the chain's mean over the first hours, from all up.
  @Test("new: the mean over the first hours is the chain's", arguments: [10.0, 100.0, 1000.0])
  func new(hours: Double) throws {
    let chain = MarkovFixtures.repair(units: 5, crews: 1, rate: 0.01, repairRate: 0.05)
    let occupancy = try chain.occupancy(over: hours)
    let expected = occupancy[3...].reduce(0, +) / occupancy.reduce(0, +)
    let plan = SimulationPlan(
      years: hours / 8760, replications: Int(200_000 / hours.squareRoot()), seed: 3, start: .new,
      confidence: Simulated.fourAndAHalf)
    let result = try Simulated.result(
      """
      crews: {repairman: 1}
      components:
        machine:
          replicas: {count: 5, required: 3}
          fails: {crash: {mtbf: 100 h, lasts: {exponential: 20 h}, crew: repairman}}
      capabilities: {service: {depends-on: {machine: hard}}}
      """, plan)
    #expect(result.warmUpHours == nil)
    #expect(
      result["service"].unavailability.holds(expected), "\(result["service"].unavailability), \(expected)")
  }
}
