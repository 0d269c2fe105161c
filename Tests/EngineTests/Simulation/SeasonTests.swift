import Diagnostics
import Foundation
import Reliability
import ServiceGraph
import ServiceModel
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

  // MARK: Months

  static let winter = "season: {months: [dec, jan], factor: 3}"

  /// A life of 1,000 h on a clock that runs twice as fast in February: 744 h are shown on 1 February, 256 more 128 h later.
  /// From 873 h on: 1,086 h are left of February's clock, so the next is due 500 h on; from 1,374 h: 84 until March.
  @Test("a fixed life over the months")
  func fixedLifeOverMonths() throws {
    let graph = try ModelText.graph(
      Self.service("lifetime: {deterministic: 1000 h}, lasts: 1 h, season: {months: [feb], factor: 2}"))
    let plan = SimulationPlan(years: 2400.0 / 8760, replications: 2, start: .new)
    let failures = Simulator(graph, plan: plan).trace(replication: 0).events.compactMap { event -> Double? in
      if case .failure = event.kind { event.hours } else { nil }
    }
    #expect(failures.count == 3)
    for (found, expected) in zip(failures, [872.0, 1373, 2332]) { #expect(abs(found - expected) < 1e-5) }
  }

  /// A Poisson process of 1 a day, 3 a day in winter: a month's downtime is its days, times its rate, times 1 s, less the
  /// share of time in which it is down.
  @Test("each month has its own rate")
  func monthlyTable() throws {
    let found = try Simulated.result(
      Self.service("rate: 1 /d, lasts: 1 s, \(Self.winter)"),
      SimulationPlan(replications: 300, confidence: Simulated.fourAndAHalf))["service"]
    let months = try #require(found.months)
    for (month, days) in [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
      let perDay = month == 0 || month == 11 ? 3.0 : 1
      let expected = days * perDay / (1 + perDay / 86_400) / 3600
      #expect(months.means[month].holds(expected), "month \(month)")
    }
    let perYear: Double = 489 / (1 + 489.0 / 365 / 86_400)
    #expect(found.outagesPerYear.holds(perYear))
  }

  /// Within seven years each date is each day of the week once: the share of both is 62 / 365 × 40 / 168.
  @Test("months and hours together")
  func monthsAndHours() throws {
    let text = Self.service(
      "rate: 1 /d, lasts: 1 s, season: {months: [nov, dec], from: \"09:00\", to: \"17:00\", days: [mon, tue, wed, thu, "
        + "fri], factor: 9}")
    let graph = try ModelText.graph(text)
    let share = 61.0 / 365 * 40 / 168
    let rate = 1 + 8 * share
    let season = try #require(graph.processes[0].season)
    #expect(abs(season.meanFactor - rate) < 1e-12)
    let plan = SimulationPlan(years: 7, replications: 100, confidence: Simulated.fourAndAHalf)
    let simulator = Simulator(graph, plan: plan)
    let perYear: Double = 365 * rate / (1 + rate / 86_400)
    #expect(simulator.run()["service"].outagesPerYear.holds(perYear))
    var (inside, all) = (0, 0)
    for replication in 0..<20 {
      for event in simulator.trace(replication: replication).events {
        guard case .failure = event.kind else { continue }
        let dayOfYear = event.hours.truncatingRemainder(dividingBy: 8760) / 24
        let hour = event.hours.truncatingRemainder(dividingBy: 24)
        let isWeekday = event.hours.truncatingRemainder(dividingBy: 168) < 120
        all += 1
        if dayOfYear >= 304, isWeekday, hour >= 9, hour < 17 { inside += 1 }
      }
    }
    let expected = 9 * share / rate
    let error = (expected * (1 - expected) / Double(all)).squareRoot()
    #expect(abs(Double(inside) / Double(all) - expected) < 4.5 * error)
  }

  /// As `longRun`: what December has done is felt on 1 January.
  @Test("the long run of a year, from its first hour on")
  func longRunOfMonths() throws {
    let found = try Simulated.result(
      Self.service("mtbf: 2000 h, lasts: {exponential: 400 h}, season: {months: [dec], factor: 9}"),
      SimulationPlan(replications: 4_000, confidence: Simulated.fourAndAHalf))["service"]
    let months = try #require(found.months)
    let step = 0.01
    var q = 0.2
    for year in 0..<2 {
      var january = 0.0
      for place in 0..<876_000 {
        let hour = Double(place) * step
        if hour < 744 { january += q * step }
        q += step * ((hour >= 8016 ? 9.0 : 1) / 2000 * (1 - q) - q / 400)
      }
      if year == 1 { #expect(months.means[0].holds(january), "\(months.means[0]) \(january)") }
    }
  }

  /// Life on the clock of December alone: none fails outside, and a Weibull law of shape 3 ages only there.
  @Test("ageing follows the clock of the months")
  func ageing() throws {
    let text = Self.service(
      "lifetime: {weibull: {scale: 500 h, shape: 3}}, lasts: 1 s, season: {months: [jan, feb, mar, apr, may, jun, jul, aug, "
        + "sep, oct, nov], factor: 0}")
    let plan = SimulationPlan(
      replications: 2_000, start: .new, confidence: Simulated.fourAndAHalf)
    let found = try Simulated.result(text, plan)["service"]
    #expect(try #require(found.months).means.dropLast().allSatisfy { $0.value == 0 })
    // None in the 744 h of December: exp(−(744 / 500)³).
    let none = exp(-(744.0 / 500) * (744.0 / 500) * (744.0 / 500))
    let error = (none * (1 - none) / 2_000).squareRoot()
    #expect(abs(found.firstOutage.shareWithout - none) < 4.5 * error)
  }

  @Test("the exact engine takes the mean rate of a year, and says so")
  func exactYear() throws {
    let graph = try ModelText.graph(Self.service("mtbf: 100 h, lasts: 1 h, \(Self.winter)"))
    let result = try #require(try SteadyState.results(of: graph).first)
    let meanUptime: Double = 100 * 365.0 / 489
    #expect(abs(result.unavailability - 1 / (meanUptime + 1)) < 1e-15)
    #expect(result.approximations == ["season of api/overload: the mean rate of a year, at all hours alike"])
  }

  /// Data that is lost in December: at the rate of that month, each time the volume's whole content.
  @Test("a season's outages lose data")
  func losses() throws {
    let found = try Simulated.result(
      """
      components:
        store:
          data: {volumes: {disk: {size: 1 GB}}}
          backups: {full: {every: 24 h, keep: 30 d, restore: 1 min}}
          fails: {loss: {mtbf: 100 h, lasts: 1 min, loses: volume, season: {months: [dec], factor: 5}}}
      capabilities: {service: {depends-on: {store: hard}}}
      """, SimulationPlan(replications: 200, confidence: Simulated.fourAndAHalf))
    let loss = try #require(found.dataLosses.first)
    let (up, busy) = (100 + 1.0 / 60, 20 + 1.0 / 60)
    let perYear: Double = 8016 / up + 744 / busy
    #expect(loss.incidentsPerYear.holds(perYear))
    let error: Double = 24 / (12 * Double(loss.incidents)).squareRoot()
    let mean = try #require(loss.loss).mean
    #expect(abs(mean - 12) < 4.5 * error)
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
      slug: "season-never",
      mode:
        "rate: 1 /d, lasts: 1 h, season: {months: [jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec], factor: 0}"
    ),
    Mistake(slug: "bad-value", mode: "rate: 1 /d, lasts: 1 h, season: {months: [january], factor: 2}"),
    Mistake(slug: "missing-key", mode: "rate: 1 /d, lasts: 1 h, season: {factor: 2}"),
    Mistake(slug: "missing-key", mode: "rate: 1 /d, lasts: 1 h, season: {from: \"09:00\", factor: 2}"),
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

  /// The factor is 1000 in December alone: nothing of that is seen in January, whoever notices.
  @Test(
    "what is noticed or answered at certain times keeps its season",
    arguments: [
      "detectors: {alert: {after: 1 min, needs: [prometheus]}}",
      "responses: {page: {after: 1 min, on-call: {from: \"08:00\", to: \"20:00\", otherwise: 1 min}}}",
    ])
  func watched(_ who: String) throws {
    let key = who.hasPrefix("detectors") ? "detect: alert" : "respond: page"
    let result = try Simulated.result(
      """
      \(who)
      components:
        prometheus: {fails: {down: {mtbf: 1000 h, lasts: 1 h}}}
        api: {fails: {crash: {mtbf: 1000 h, season: {months: [dec], factor: 1000}, \(key), recover: 1 min}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """,
      SimulationPlan(
        years: 0.08, replications: 200, seed: 6, start: .new, confidence: Simulated.fourAndAHalf))
    #expect(result["service"].outagesPerYear.holds(8.76), "\(result["service"].outagesPerYear)")
  }
}
