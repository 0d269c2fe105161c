import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Comparison of designs")
struct ComparisonTests {
  static func text(copies: Int, lasts: String = "{exponential: 5 h}") -> String {
    """
    components:
      web: {replicas: {count: \(copies), required: 2}, fails: {crash: {mtbf: 150 h, lasts: \(lasts)}}}
      store: {fails: {outage: {mtbf: 400 h, lasts: {lognormal: {median: 2 h, p90: 7 h}}}}}
    capabilities: {service: {depends-on: {web: hard, store: hard}}, storing: {depends-on: {store: hard}}}
    """
  }

  static func graphs() throws -> [CompiledGraph] {
    try [text(copies: 2), text(copies: 3), text(copies: 2, lasts: "{exponential: 4 h}")].map(ModelText.graph)
  }

  static let plan = SimulationPlan(replications: 1_200, seed: 3, confidence: Simulated.fourAndAHalf)

  @Test("each design comes out as if it had been simulated alone")
  func alone() throws {
    let graphs = try Self.graphs()
    let comparison = PairedSimulator(graphs, plan: Self.plan).run()
    for (graph, together) in zip(graphs, comparison.designs) {
      #expect(together.fingerprint == Simulator(graph, plan: Self.plan).run().fingerprint)
    }
  }

  @Test("the exact engine's difference lies in every interval, and the same luck makes intervals narrow")
  func exactDifferences() throws {
    let graphs = try Self.graphs()
    let exact = try graphs.map { try SteadyState.results(of: $0) }
    let comparison = PairedSimulator(graphs, plan: Self.plan).run()
    #expect(comparison.differences.map(\.capability) == ["service", "storing", "service", "storing"])
    for difference in comparison.differences where difference.capability == "service" {
      let estimate = try #require(difference.unavailability)
      let (own, base) = (exact[difference.design][0], exact[0][0])
      #expect(estimate.holds(own.unavailability - base.unavailability))
      let outages = try #require(difference.outagesPerYear)
      let perHour = try (#require(own.frequencyPerHour), #require(base.frequencyPerHour))
      #expect(outages.holds((perHour.0 - perHour.1) * 8760))
      #expect(try #require(difference.varianceReduction) > 1)
    }
  }

  @Test("what both designs share does not differ at all")
  func nothingDiffers() throws {
    let comparison = PairedSimulator(try Self.graphs(), plan: Self.plan).run()
    for difference in comparison.differences where difference.capability == "storing" {
      #expect(difference.unavailability == nil)
      #expect(difference.shareBetter?.value == 0)
      #expect(difference.shareWorse?.value == 0)
    }
  }

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = Self.plan
    let one = PairedSimulator(try Self.graphs(), plan: plan).run()
    plan.threads = 3
    let three = PairedSimulator(try Self.graphs(), plan: plan).run()
    #expect("\(one.differences)" == "\(three.differences)")
    #expect(one.designs.map(\.fingerprint) == three.designs.map(\.fingerprint))
  }

  @Test("a capability that only one design has is compared with nothing")
  func onlyInOne() throws {
    let other = try ModelText.graph(
      """
      components: {web: {fails: {crash: {mtbf: 150 h, lasts: 5 h}}}}
      capabilities: {site: {depends-on: {web: hard}}}
      """)
    let base = try ModelText.graph(Self.text(copies: 2))
    #expect(PairedSimulator([base, other], plan: Self.plan).run().differences.isEmpty)
  }
}
