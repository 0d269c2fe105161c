import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Profiles of demand")
struct ProfileTests {
  /// With independent units in the long run the state of the units does not depend on the hour, so what is not served is
  /// the mean over the levels of what the exact engine says at each.
  @Test(
    "the mean over the levels of the exact answer at each", arguments: [(0.5, 3.2), (1.4, 3.2), (0, 0.9)])
  func levels(_ row: (weekend: Double, demand: Double)) throws {
    let api = "replicas: {count: 4, required: 1}, fails: {crash: {mtbf: 30 h, lasts: {exponential: 6 h}}}"
    var known: [Double: Double] = [:]
    var expected = 0.0
    for (level, hours) in DemandText.hours(weekend: row.weekend) {
      if known[level] == nil {
        let graph = try ModelText.graph(DemandText.service(api, demand: row.demand * level))
        known[level] = try #require(try SteadyState.results(of: graph).first?.unservedFraction)
      }
      expected += (known[level] ?? .nan) * hours / 8760
    }
    let found = try Simulated.result(
      DemandText.service(
        api, demand: row.demand, profile: "\(DemandText.day), weekend: \(row.weekend * 100) %"),
      SimulationPlan(replications: 60, confidence: Simulated.fourAndAHalf))["service"]
    #expect(found.unservedFraction.holds(expected), "\(found.unservedFraction) \(expected)")
    // How much is asked has no part in whether anything is up.
    #expect(found.unavailability.holds(pow(1.0 / 6, 4)))
  }

  /// Two units that never fail and a demand of 2 × 1.5^(m / 12) after m months: the rest of it is not served.
  @Test("growth by whole months, by hand", arguments: [1.0, 3])
  func growth(_ years: Double) throws {
    let found = try Simulated.once(
      DemandText.service("replicas: 2", demand: 2, profile: "growth: 50 %"), years: years)
    let days: [Double] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var hours = 0.0
    var asked = 0.0
    for month in 0..<Int(years * 12) {
      let growth = pow(1.5, Double(month) / 12)
      hours += days[month % 12] * 24 * (1 - 1 / growth)
      asked += days[month % 12] * 24 * 2 * growth
    }
    #expect(abs(found["service"].unservedHours(years: years) - hours) < 0.01)
    let load = try #require(found.capacities.first)
    #expect(abs(load.asked - asked / (8760 * years)) < 1e-6)
    #expect(load.healthy.value == 2)
    #expect(abs(load.peakLoad - pow(1.5, (12 * years - 1) / 12)) < 1e-6)
    // All but the first month is short.
    #expect(abs(load.shortHoursPerYear.value * years - (8760 * years - 744)) < 1e-5)
  }

  /// Half of two units' worth on working days from 08:00 to 20:00 is not there: 261 of 365 days are working days.
  @Test("hours of the week, by hand")
  func week() throws {
    let found = try Simulated.once(
      DemandText.service("replicas: 2", demand: 4, profile: "\(DemandText.day), weekend: 50 %"))
    // At night 1.6 are asked and all is served; by day 4, in the evening 2.4; at the weekend 0.8, 2 and 1.2.
    let working = 261.0 * (12 * 0.5 + 4 * (1 - 2 / 2.4))
    #expect(abs(found["service"].unservedHours() - working) < 1e-2)
    #expect(found["service"].unavailability.value == 0)
  }

  @Test("a profile of 100 % changes no bit")
  func nothing() throws {
    let api = "replicas: {count: 3, required: 2}, fails: {crash: {mtbf: 90 h, lasts: {exponential: 5 h}}}"
    let plan = SimulationPlan(replications: 40)
    let plain = try Simulated.result(DemandText.service(api, demand: 2.5), plan)
    let profiled = try Simulated.result(
      DemandText.service(api, demand: 2.5, profile: "weekend: 100 %"), plan)
    #expect(profiled.fingerprint == plain.fingerprint)
    #expect(plain.capacities.isEmpty)
  }

  @Test("the exact engine takes the stated demand, and says so")
  func exact() throws {
    let graph = try ModelText.graph(
      DemandText.service(
        "replicas: 2, fails: {crash: {mtbf: 99 h, lasts: 1 h}}", demand: 1.5, profile: DemandText.day))
    let result = try #require(try SteadyState.results(of: graph).first)
    #expect(
      result.approximations == ["profile: the stated demand at all hours; relmodel simulate follows it"])
  }

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    let profile: String
    var demand = "demand: {api: 1}"
    var testDescription: String { "\(slug): \(profile)" }
  }

  static let mistakes = [
    Mistake(slug: "profile-without-demand", profile: "growth: 5 %", demand: "title: no demand"),
    Mistake(slug: "profile-without-demand", profile: "growth: 5 %", demand: "demand: {api: 0}"),
    Mistake(slug: "profile-growth", profile: "growth: -100 %"),
    Mistake(slug: "profile-hours", profile: "day: [{from: \"24:00\", load: 40 %}]"),
    Mistake(
      slug: "profile-hours", profile: "day: [{from: \"08:00\", load: 40 %}, {from: \"08:00\", load: 50 %}]"),
    Mistake(slug: "bad-value", profile: "day: [{from: \"08:00\", load: -40 %}]"),
    Mistake(slug: "bad-value", profile: "day: [{from: \"08:00\", load: 40 x}]"),
    Mistake(slug: "bad-value", profile: "growth: -200 %"),
    Mistake(slug: "bad-value", profile: "weekend: 1e99"),
  ]

  @Test("impossible profiles are findings", arguments: mistakes)
  func impossible(_ row: Mistake) throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(
        "components: {api: {}}\ncapabilities: {service: {depends-on: {api: hard}, \(row.demand), profile: {\(row.profile)}}}\n"
      )
    }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }

  @Test("growth without end stands in the way of a simulation")
  func endless() throws {
    let graph = try ModelText.graph(
      DemandText.service("replicas: 2", demand: 2, profile: "growth: 100 %"))
    #expect(SimulationObstacle.all(of: graph, plan: SimulationPlan(years: 19)).isEmpty)
    #expect(
      SimulationObstacle.all(of: graph, plan: SimulationPlan(years: 21)) == [
        .endlessGrowth(capability: "service")
      ])
  }
}
