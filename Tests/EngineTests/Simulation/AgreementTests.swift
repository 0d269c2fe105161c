import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// The simulation against the exact engine. Intervals are 4.5 standard errors either way, so that one in 150,000
/// comparisons would fail by chance; seeds are fixed, so none does.
@Suite("Agreement of the engines")
struct AgreementTests {
  /// Random models that neither engine needs to guess about, busy enough to be seen.
  static func graphs(_ count: Int) throws -> [CompiledGraph] {
    var found: [CompiledGraph] = []
    var number = 0
    while found.count < count {
      let graph = try ModelText.graph(RandomModel.text(number: 10_000 + number, style: .busy))
      if (4...14).contains(graph.processes.count) { found.append(graph) }
      number += 1
    }
    return found
  }

  @Test("unavailability and outages a year of random models with any laws")
  func randomModels() throws {
    for (number, graph) in try Self.graphs(25).enumerated() {
      let plan = SimulationPlan(
        replications: 700, seed: UInt64(number), confidence: Simulated.fourAndAHalf)
      let result = Simulator(graph, plan: plan).run()
      for (exact, simulated) in zip(try SteadyState.results(of: graph), result.capabilities) {
        let place = Comment(rawValue: "busy model \(number), \(exact.capability)")
        #expect(simulated.unavailability.holds(exact.unavailability), place)
        let perYear = try #require(exact.frequencyPerHour) * 8760
        #expect(simulated.outagesPerYear.holds(perYear), place)
      }
    }
  }

  /// Twenty runs with seeds of their own show how far a share scatters.
  @Test("shares agree within their error, and first causes share out all downtime")
  func shares() throws {
    let graph = try ModelText.graph(
      """
      domains:
        za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: 12 h}}}
        zb: {kind: zone, like: za}
      components:
        api: {replicas: {count: 4, required: 3, spread: zones}, fails: {crash: {mtbf: 150 h, lasts: 5 h}}}
        store:
          replicas: {count: 2, required: 1, spread: zones}
          fails: {disk: {mtbf: 100 h, lasts: {exponential: 9 h}, common-cause: {beta: 20 %}}}
      capabilities: {service: {depends-on: {api: hard, store: hard}}}
      """)
    let exact = try #require(try SteadyState.results(of: graph).first)
    let runs = (0..<20).map { seed in
      Simulator(graph, plan: SimulationPlan(replications: 200, seed: UInt64(seed))).run()["service"]
    }
    #expect(exact.contributions.count == 5)
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
}

/// Independent numbers with a common mean.
struct Spread {
  let mean: Double
  let standardError: Double

  init(_ values: [Double]) {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    self.mean = mean
    standardError = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n).squareRoot()
  }

  /// Whether a number lies within 6 standard errors of 20 numbers: t with 19 degrees of freedom leaves 1e-5.
  func holds(_ expected: Double) -> Bool { abs(mean - expected) <= 6 * standardError }
}
