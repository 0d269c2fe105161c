import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Interval availability of a model from new")
struct IntervalAvailabilityTests {
  /// λ/(λ+μ) − λ/((λ+μ)² T) (1 − e^{−(λ+μ)T}), λ = 1/50 and μ = 1/10 per hour: Trivedi and Bobbio, *Reliability and
  /// availability engineering*, 2017, section 9.4. W(T) = λ (T − that · T).
  @Test(
    "one exponential unit",
    arguments: [(1.0, 0.009611717662718733), (10, 0.06961030721002806), (100, 0.15277786311406047)])
  func oneUnit(hours: Double, expected: Double) throws {
    let graph = try ModelText.graph(
      StartTests.model(.init(uptime: "mtbf: 50 h", outage: "lasts: {exponential: 10 h}")))
    let found = try #require(try IntervalAvailability.results(of: graph, horizonHours: hours).first)
    #expect(abs(found.unavailability - expected) < 1e-13 * expected)
    #expect(abs(try #require(found.expectedFailures) - (1 - expected) * hours / 50) < 1e-12)
  }

  /// (1/T) ∫ 1 − (1 − q²)¹⁵ dt with q = U (1 − e^{−t/τ}): 30 units of MTBF 1,000 h and MTTR 10 h in pairs, over a
  /// year, by mpmath quadrature at 30 digits.
  @Test("fifteen pairs over a year, to 1e-9")
  func fifteenPairs() throws {
    let pairs = (0..<15).map {
      "  p\($0): {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}}}}\n"
    }
    let needs = (0..<15).map { "p\($0): hard" }.joined(separator: ", ")
    let graph = try ModelText.graph(
      "components:\n" + pairs.joined() + "capabilities: {service: {depends-on: {\(needs)}}}\n")
    let found = try #require(try IntervalAvailability.results(of: graph, horizonHours: 8760).first)
    #expect(abs(found.unavailability - 0.0014669448938684634348) < 1e-10 * 0.0014669448938684634348)
    #expect(found.relativeError < 1e-9)
    #expect(found.approximations.isEmpty)
  }

  /// The other engine, for laws with and without a formula.
  @Test("a simulation that begins new agrees", arguments: StartTests.laws)
  func simulation(_ law: StartTests.Law) throws {
    let graph = try ModelText.graph(StartTests.model(law))
    for hours in [60.0, 400] {
      let exact = try #require(try IntervalAvailability.results(of: graph, horizonHours: hours).first)
      let plan = SimulationPlan(
        years: hours / 8760, replications: 40_000, seed: 5, start: .new, confidence: Simulated.fourAndAHalf)
      let found = Simulator(graph, plan: plan).run()["service"]
      let slack = exact.relativeError * exact.unavailability
      #expect(
        found.unavailability.low - slack <= exact.unavailability
          && exact.unavailability <= found.unavailability.high + slack, "\(hours) h")
      let failures = try #require(exact.expectedFailures) * 8760 / hours
      #expect(
        found.outagesPerYear.low - exact.relativeError * failures <= failures
          && failures <= found.outagesPerYear.high + exact.relativeError * failures, "\(hours) h")
    }
  }

  @Test("random models with any laws agree with a simulation that begins new")
  func randomModels() throws {
    for (number, graph) in try AgreementTests.graphs(8).enumerated() {
      let hours = 300.0
      let plan = SimulationPlan(
        years: hours / 8760, replications: 6000, seed: UInt64(number), start: .new,
        confidence: Simulated.fourAndAHalf)
      let result = Simulator(graph, plan: plan).run()
      for (exact, simulated) in zip(
        try IntervalAvailability.results(of: graph, horizonHours: hours), result.capabilities)
      {
        #expect(
          simulated.unavailability.holds(exact.unavailability), "busy model \(number), \(exact.capability)")
        let perYear = try #require(exact.expectedFailures) * 8760 / hours
        #expect(simulated.outagesPerYear.holds(perYear), "busy model \(number), \(exact.capability)")
      }
    }
  }

  @Test("a part known by its availability only leaves the number of failures unknown, and says so")
  func unknown() throws {
    let graph = try ModelText.graph(
      """
      components: {part: {fails: {crash: {availability: 99 %}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """)
    let found = try #require(try IntervalAvailability.results(of: graph, horizonHours: 100).first)
    #expect(abs(found.unavailability - 0.01) < 1e-15)
    #expect(found.expectedFailures == nil)
    #expect(found.approximations.count == 1)
  }

  /// Down is what has failed and is not back: F(t), less what failed 20 h ago.
  @Test(
    "at the end of a short horizon nothing has settled",
    arguments: [
      ("mtbf: 1000 h, lasts: 20 h", 10.0, 0.00995016625083195),
      ("lifetime: {weibull: {shape: 3, mean: 1000 h}}, lasts: 20 h", 100.0, 0.00034730458396),
      ("lifetime: {empirical: [700 h, 740 h, 801 h]}, lasts: {exponential: 1 h}", 100, 0),
    ])
  func end(mode: String, hours: Double, share: Double) throws {
    let graph = try ModelText.graph(
      "components: {web: {fails: {crash: {\(mode)}}}}\ncapabilities: {service: {depends-on: {web: hard}}}")
    let found = try #require(try IntervalAvailability.results(of: graph, horizonHours: hours).first)
    #expect(abs(found.unavailabilityAtEnd - share) < 1e-6, "\(found.unavailabilityAtEnd)")
  }

  /// Three outages of 5 min begin at 30, 60 and 90 d and a little; and a year in which an hour up is nothing.
  @Test("short spikes after single values, and single values far shorter than outages")
  func spikes() throws {
    func mean(_ mode: String, hours: Double) throws -> Double {
      let graph = try ModelText.graph(
        "components: {web: {fails: {crash: {\(mode)}}}}\ncapabilities: {service: {depends-on: {web: hard}}}")
      return try #require(try IntervalAvailability.results(of: graph, horizonHours: hours).first)
        .unavailability
    }
    let spikes = try mean("lifetime: {deterministic: 30 d}, lasts: {exponential: 5 min}", hours: 2400)
    #expect(abs(spikes * 100 * 1440 / 15 - 1) < 1e-3, "\(spikes)")
    let lost = try mean("lifetime: {deterministic: 1 h}, lasts: {exponential: 1000 h}", hours: 8760)
    #expect(abs((1 - lost) * 8760 / 9.75 - 1) < 0.02, "\(lost)")
  }
}
