import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Start")
struct StartTests {
  struct Law: CustomTestStringConvertible {
    let uptime: String
    let outage: String
    var testDescription: String { "\(uptime), \(outage)" }
  }

  static let laws = [
    Law(uptime: "mtbf: 100 h", outage: "lasts: {exponential: 20 h}"),
    Law(uptime: "lifetime: {weibull: {shape: 0.6, mean: 100 h}}", outage: "lasts: 15 h"),
    Law(
      uptime: "lifetime: {weibull: {shape: 3, mean: 100 h}}",
      outage: "lasts: {lognormal: {median: 8 h, p90: 40 h}}"),
    Law(uptime: "lifetime: {deterministic: 90 h}", outage: "lasts: {uniform: {min: 5 h, max: 40 h}}"),
    Law(
      uptime: "lifetime: {lognormal: {median: 60 h, error-factor: 4}}",
      outage: "lasts: {triangular: {min: 1 h, mode: 5 h, max: 60 h}}"),
    Law(
      uptime: "lifetime: {gamma: {shape: 4, mean: 100 h}}",
      outage: "detect: {exponential: 3 h}, respond: {uniform: {min: 1 h, max: 9 h}}, recover: 6 h"),
    Law(
      uptime: "lifetime: {empirical: [20 h, 100 h, 240 h]}",
      outage: "lasts: {mixture: [{weight: 80 %, takes: 5 h}, {weight: 20 %, takes: {exponential: 60 h}}]}"),
    Law(
      uptime: "lifetime: {pert: {min: 10 h, mode: 50 h, max: 400 h}}",
      outage: "lasts: {gamma: {shape: 0.5, mean: 20 h}}"),
  ]

  static func model(_ law: Law) -> String {
    """
    components: {part: {fails: {crash: {\(law.uptime), \(law.outage)}}}}
    capabilities: {service: {depends-on: {part: hard}}}
    """
  }

  /// A wrong residual life shows at once: no process has had time to forget how it began.
  @Test("from the first hour on, steady means U and the long-run rate", arguments: laws)
  func steady(_ law: Law) throws {
    let graph = try ModelText.graph(Self.model(law))
    let exact = try #require(try SteadyState.results(of: graph).first)
    let rate = try #require(exact.frequencyPerHour) * 8760
    for (years, replications) in [(1.0 / 8760, 100_000), (1.0 / 52, 30_000), (0.1, 5000)] {
      let plan = SimulationPlan(
        years: years, replications: replications, seed: 7, confidence: Simulated.fourAndAHalf)
      let found = Simulator(graph, plan: plan).run()["service"]
      #expect(found.unavailability.holds(exact.unavailability), "U over \(years) years")
      #expect(found.outagesPerYear.holds(rate), "outages over \(years) years")
    }
  }

  /// Trivedi and Bobbio, *Reliability and availability engineering*, 2017, §9.4 (two-state model): the mean of
  /// P(down at t) = λ/(λ+μ) (1 − e^{−(λ+μ)t}) over 0…T is λ/(λ+μ) − λ/((λ+μ)² T) (1 − e^{−(λ+μ)T}).
  /// λ = 1/50 and μ = 1/10 per hour give, by that formula in double precision:
  @Test(
    "new: the interval unavailability of an exponential unit",
    arguments: [
      (years: 1.0 / 8760, expected: 0.009611717662718733),
      (years: 10.0 / 8760, expected: 0.06961030721002806),
      (years: 100.0 / 8760, expected: 0.15277786311406047),
    ])
  func new(_ row: (years: Double, expected: Double)) throws {
    let plan = SimulationPlan(
      years: row.years, replications: 60_000, seed: 3, start: .new, confidence: Simulated.fourAndAHalf)
    let found = try Simulated.result(
      Self.model(Law(uptime: "mtbf: 50 h", outage: "lasts: {exponential: 10 h}")), plan)["service"]
    #expect(found.unavailability.holds(row.expected), "\(found.unavailability)")
  }

  @Test("new: nothing is down at first, and a fixed life ends when it says")
  func newIsUp() throws {
    let text = Self.model(Law(uptime: "lifetime: {deterministic: 100 h}", outage: "lasts: 20 h"))
    #expect(try Simulated.once(text, years: 100.0 / 8760)["service"].unavailability.value == 0)
    // 100–120, 220–240, 340–360 of 350 h: 50 h.
    let found = try Simulated.once(text, years: 350.0 / 8760)["service"]
    #expect(abs(found.downtimeHours(years: 350.0 / 8760) - 50) < 1e-5)
    #expect(abs(found.outagesPerYear.value * 350 / 8760 - 3) < 1e-9)
  }

  @Test("what is down at the start is counted for what took it down")
  func causesAtTheStart() throws {
    let result = try Simulated.result(
      """
      components:
        first: {fails: {crash: {mtbf: 10 h, lasts: 10 h}}}
        second: {fails: {crash: {mtbf: 10 h, lasts: 10 h}}}
      capabilities: {one: {depends-on: {first: hard}}, two: {depends-on: {second: hard}}}
      """, SimulationPlan(years: 1.0 / 8760, replications: 100))
    #expect(result["one"].contributions.map(\.cause) == ["first/crash"])
    #expect(result["two"].contributions.map(\.cause) == ["second/crash"])
  }

  /// Ticks of 3.4 ms end at 8.8e12 h; an outage may be longer.
  @Test(
    "an outage or a move beyond all clocks takes the rest of the year",
    arguments: [
      "components: {part: {fails: {crash: {lifetime: {deterministic: 60 h}, lasts: 100000000000000 y}}}}",
      "components: {part: {fails: {crash: {lifetime: {deterministic: 60 h}, lasts: {weibull: {shape: 0.03, scale: 9 y}}}}}}",
      """
      domains: {za: {kind: zone, fails: {outage: {lifetime: {deterministic: 60 h}, lasts: 9000 h}}}}
      components:
        part:
          roles: {writer: {count: 1, in: za}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], takes: 100000000000000 y}}
      """,
    ])
  func beyondAllClocks(_ components: String) throws {
    let text = components + "\ncapabilities: {service: {depends-on: {part: hard}}}\n"
    for start in SimulationPlan.Start.allCases {
      let found = try Simulated.result(text, SimulationPlan(replications: 50, start: start))["service"]
      #expect(found.unavailability.value <= 1)
      if start == .new { #expect(found.unavailability.value > 0.5) }
    }
  }
}
