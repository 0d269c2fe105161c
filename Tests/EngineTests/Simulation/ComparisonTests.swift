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

  /// A service that is down for an hour each time after so many hours up.
  static func clockwork(every hours: Int, _ objective: String, _ price: String = "\"$100/h\"") throws
    -> CompiledGraph
  {
    try ModelText.graph(
      """
      components: {web: {fails: {crash: {lifetime: {deterministic: \(hours) h}, lasts: 1 h}}}}
      capabilities:
        service:
          depends-on: {web: hard}
          objectives: {\(objective)}
          downtime: {costs: \(price)}
      """)
  }

  /// Down at 1000 h, 2001 h, …, 8007 h: in eight months of twelve. At 2000 h, 4001 h, 6002 h and 8003 h: in four.
  @Test("objectives are compared by name, each against what its own design promises")
  func objectives() throws {
    let monthly = "monthly: {availability: 99.99 %, per: calendar month}"
    let graphs = try [
      Self.clockwork(every: 1000, monthly + ", weekly: {availability: 99.99 %, per: 7 d}"),
      Self.clockwork(every: 2000, monthly),
      Self.clockwork(
        every: 2000, "other: {availability: 99 %, per: year}, monthly: {availability: 99.99 %, per: year}"),
      Self.clockwork(every: 1000, monthly),
    ]
    let plan = SimulationPlan(replications: 3, start: .new)
    let found = PairedSimulator(graphs, plan: plan).run()
    #expect(found.designs[0].capabilities[0].objectives[0].missed?.value == 8.0 / 12)
    #expect(found.differences.map { $0.objectives.map(\.name) } == [["monthly"], ["monthly"], ["monthly"]])
    let missed = found.differences.map { $0.objectives[0].missed?.value }
    for (value, expected) in zip(missed, [-4.0 / 12, 1 - 8.0 / 12]) {
      #expect(abs(try #require(value) - expected) < 1e-12)
    }
    #expect(missed[2] == nil)
  }

  @Test(
    "the difference of a share missed is that of the designs, in an interval that the same luck makes narrow")
  func objectiveLuck() throws {
    let objective =
      "capabilities: {service: {objectives: {month: {availability: 93 %, per: calendar month}}, "
    let graphs = try [Self.text(copies: 2), Self.text(copies: 2, lasts: "{exponential: 4 h}")].map { text in
      try ModelText.graph(text.replacing("capabilities: {service: {", with: objective))
    }
    let found = PairedSimulator(graphs, plan: Self.plan).run()
    let shares = try found.designs.map { try #require($0.capabilities[0].objectives[0].missed) }
    let difference = try #require(found.differences[0].objectives[0].missed)
    #expect(abs(difference.value - (shares[1].value - shares[0].value)) < 1e-12)
    let apart = (shares[0].halfWidth * shares[0].halfWidth + shares[1].halfWidth * shares[1].halfWidth)
      .squareRoot()
    #expect(difference.halfWidth < apart && difference.halfWidth > 0)
  }

  /// Eight hours at $100 against four at $300.
  @Test("downtime costs what each design says")
  func prices() throws {
    let none = "year: {availability: 99 %, per: year}"
    let graphs = try [
      Self.clockwork(every: 1000, none), Self.clockwork(every: 2000, none, "\"$300/h\""),
      Self.clockwork(every: 2000, none), Self.clockwork(every: 2000, none, "90 EUR/h"),
    ]
    let found = PairedSimulator(graphs, plan: SimulationPlan(replications: 3, start: .new)).run()
    let costs = found.differences.map { $0.downtimeCostPerYear?.value }
    #expect(abs(try #require(costs[0]) - 400) < 1e-5)
    #expect(abs(try #require(costs[1]) + 400) < 1e-5)
    #expect(costs[2] == nil)
  }

  @Test(
    "a price that hardly differs gives the interval of one that does not, another what both downtimes say")
  func priceLuck() throws {
    func priced(_ copies: Int, _ price: String) throws -> CompiledGraph {
      try ModelText.graph(
        Self.text(copies: copies).replacing(
          "capabilities: {service: {", with: "capabilities: {service: {downtime: {costs: \"$\(price)/h\"}, "))
    }
    let graphs = try [priced(2, "1000"), priced(3, "1000"), priced(3, "1000.0001"), priced(3, "5000")]
    let exact = try graphs.map { try SteadyState.results(of: $0)[0].unavailability * 8760 }
    let found = PairedSimulator(graphs, plan: Self.plan).run().differences.filter {
      $0.capability == "service"
    }
    let costs = try found.map { try #require($0.downtimeCostPerYear) }
    #expect(abs(costs[1].value / costs[0].value - 1) < 1e-6)
    #expect(abs(costs[1].halfWidth / costs[0].halfWidth - 1) < 1e-5)
    #expect(costs[0].holds(1000 * (exact[1] - exact[0])))
    #expect(costs[2].holds(5000 * exact[3] - 1000 * exact[0]))
    #expect(costs[2].halfWidth > costs[0].halfWidth)
  }
}
