import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Seasons")
struct SeasonTests {
  static func service(_ mode: String) -> String {
    "components: {api: {fails: {overload: {\(mode)}}}}\ncapabilities: {service: {depends-on: {api: hard}}}\n"
  }

  static let office = "season: {from: \"09:00\", to: \"17:00\", days: [mon, tue, wed, thu, fri], factor: 3}"

  /// A life of 20 h on a clock that runs three times as fast from 09:00 to 17:00 of working days. It is due Monday 12:40
  /// (9 + 3 × 3⅔). From 13:40 on: 10 by 17:00, and 10 more by Tuesday 03:00. From 04:00 on: 5 by 09:00, and 15 by 14:00.
  @Test("a fixed life on the operating clock")
  func fixedLife() throws {
    let graph = try ModelText.graph(
      Self.service("lifetime: {deterministic: 20 h}, lasts: 1 h, \(Self.office)"))
    let plan = SimulationPlan(years: 48.0 / 8760, replications: 2, start: .new)
    let trace = Simulator(graph, plan: plan).trace(replication: 0)
    let failures = trace.events.compactMap { event -> Double? in
      if case .failure = event.kind { event.hours } else { nil }
    }
    #expect(failures.count == 3)
    for (found, expected) in zip(failures, [12 + 2.0 / 3, 27, 38]) { #expect(abs(found - expected) < 1e-5) }
  }

  /// Failures come as a Poisson process whose rate follows the hours: of those in a week, 3 × 40 / (3 × 40 + 128) come in
  /// the 40 office hours, and there are (3 × 40 + 128) / 168 times as many as outside alone.
  @Test("how often and when")
  func shares() throws {
    let text = Self.service("rate: 1 /d, lasts: 1 s, \(Self.office)")
    let graph = try ModelText.graph(text)
    let plan = SimulationPlan(
      years: 364.0 / 365, replications: 200, confidence: Simulated.fourAndAHalf)
    let simulator = Simulator(graph, plan: plan)
    let found = simulator.run()["service"]
    let perDay = 248.0 / 168
    let perYear: Double = 365 * perDay / (1 + perDay / 86_400)
    #expect(found.outagesPerYear.holds(perYear))
    var inside = 0
    var all = 0
    for replication in 0..<40 {
      for event in simulator.trace(replication: replication).events {
        guard case .failure = event.kind else { continue }
        let day = event.hours.truncatingRemainder(dividingBy: 168)
        let hour = event.hours.truncatingRemainder(dividingBy: 24)
        all += 1
        if day < 120, hour >= 9, hour < 17 { inside += 1 }
      }
    }
    let expected = 120.0 / 248
    let error = (expected * (1 - expected) / Double(all)).squareRoot()
    let share = Double(inside) / Double(all)
    #expect(abs(share - expected) < 4.5 * error)
  }

  /// A two-state unit whose failure rate is λ(t) and repair rate μ: q′ = λ(t) (1 − q) − μ q, solved over the week by
  /// small steps until it repeats; 30 h outages outlast many changes of the rate.
  @Test("the long run, from the first hour on")
  func longRun() throws {
    let found = try Simulated.result(
      Self.service("mtbf: 40 h, lasts: {exponential: 30 h}, \(Self.office)"),
      SimulationPlan(years: 168.0 / 8760, replications: 20_000, confidence: Simulated.fourAndAHalf))[
        "service"]
    let step = 1e-3
    var q = 0.5
    var mean = 0.0
    for week in 0..<6 {
      mean = 0
      for place in 0..<168_000 {
        let hour = Double(place) * step
        let isInside =
          hour < 120 && hour.truncatingRemainder(dividingBy: 24) >= 9
          && hour.truncatingRemainder(dividingBy: 24) < 17
        mean += q / 168_000
        q += step * ((isInside ? 3.0 : 1) / 40 * (1 - q) - q / 30)
      }
      if week == 5 { #expect(found.unavailability.holds(mean), "\(found.unavailability) \(mean)") }
    }
  }

  @Test("the exact engine takes the mean rate of a week, and says so")
  func exact() throws {
    let graph = try ModelText.graph(Self.service("mtbf: 168 h, lasts: 1 h, \(Self.office)"))
    let result = try #require(try SteadyState.results(of: graph).first)
    let meanUptime: Double = 168 * 168.0 / 248
    #expect(abs(result.unavailability - 1 / (meanUptime + 1)) < 1e-15)
    #expect(result.approximations == ["season of api/overload: the mean rate of a week, at all hours alike"])
  }

  @Test("a factor of 1 changes nothing in the long run")
  func nothing() throws {
    let graph = try ModelText.graph(
      Self.service("mtbf: 99 h, lasts: 1 h, season: {from: \"22:00\", to: \"06:00\", factor: 1}"))
    let result = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(result.unavailability - 0.01) < 1e-15)
  }

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    let mode: String
    var testDescription: String { "\(slug): \(mode)" }
  }

  static let mistakes = [
    Mistake(
      slug: "bad-value", mode: "rate: 1 /d, lasts: 1 h, season: {from: \"9\", to: \"17:00\", factor: 3}"),
    Mistake(
      slug: "bad-value", mode: "rate: 1 /d, lasts: 1 h, season: {from: \"09:00\", to: \"24:30\", factor: 3}"),
    Mistake(
      slug: "season-hours",
      mode: "rate: 1 /d, lasts: 1 h, season: {from: \"09:00\", to: \"09:00\", factor: 3}"),
    Mistake(
      slug: "season-never",
      mode: "rate: 1 /d, lasts: 1 h, season: {from: \"00:00\", to: \"24:00\", factor: 0}"),
    Mistake(
      slug: "season-needs-rate",
      mode: "availability: 99 %, season: {from: \"09:00\", to: \"17:00\", factor: 2}"),
  ]

  @Test("spares have no season")
  func ofSpares() throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(
        "components: {api: {replicas: 2, standby: {running: 1, dormancy: cold}, fails: {overload: {rate: 1 /d, lasts: 1 h, "
          + Self.office + "}}}}\ncapabilities: {service: {depends-on: {api: hard}}}\n")
    }
    #expect(error.diagnostics.map(\.slug) == ["season-with-standby"])
  }

  @Test("impossible seasons are findings", arguments: mistakes)
  func impossible(_ row: Mistake) throws {
    let error = try #require(throws: Findings.self) { try ModelText.model(Self.service(row.mode)) }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
  }
}
