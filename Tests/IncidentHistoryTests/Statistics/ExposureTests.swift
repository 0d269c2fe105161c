import Diagnostics
import Foundation
import Testing

import IncidentHistory
import Reports
import Stochastics

/// What failures are divided by where windows state units, and what an incident that lasts counts as.
@Suite struct ExposureTests {
  private static func units(_ fixture: HistoryFixture, _ from: Double, _ to: Double, _ units: Int?) throws {
    let window = try ObservationWindow(
      start: HistoryFixture.date(from), end: HistoryFixture.date(to), component: "api", units: units)
    _ = try fixture.database.add(window, source: "\(from)")
  }

  @Test func `units times hours, also where the number of units changes or windows overlap`() throws {
    let fixture = try HistoryFixture()
    try fixture.add([10, 120, 140])
    try Self.units(fixture, 0, 100, 2)
    try Self.units(fixture, 80, 150, 3)
    let selection = try fixture.selection { $0.filter.component = "api" }
    // 80 h × 2 + 70 h × 3.
    #expect(selection.windowHours == 150 && selection.unitHours == 370)
    let statistics = IncidentStatistics(selection)
    #expect(statistics.failures.meanTime?.value == 370.0 / 3)
    #expect(statistics.groups.first?.meanTime?.value == 370.0 / 3)
    // Availability stays one of time: 0.3 h of 150 h.
    #expect(isClose(statistics.availability?.value ?? 0, 1 - 0.3 / 150))
    let report = IncidentStatisticsReport(statistics, scope: "api")
    #expect(report.json.number("results.exposureUnitHours") == 370)
    #expect(isClose(report.json.number("results.mtbfHours.value"), 370.0 / 3))
    let seen = try fixture.database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(seen.unitHours == 370 && seen.warnings.isEmpty)
    // A part of the time has its part of the exposure: 80 × 2 + 20 × 3.
    let half = HistoryFixture.date(0).timeIntervalSince1970 * 1_000
    let part = selection.during(Int(half)..<Int(half) + 100 * 3_600_000)
    #expect(part?.unitHours == 220.0)
  }

  @Test func `a window that does not state its units leaves the time of the service`() throws {
    let fixture = try HistoryFixture()
    try fixture.add([10])
    try Self.units(fixture, 0, 100, 2)
    try Self.units(fixture, 100, 150, nil)
    let selection = try fixture.selection { $0.filter.component = "api" }
    #expect(selection.unitHours == nil && selection.exposureHours == 150)
    let seen = try fixture.database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(seen.unitHours == nil && seen.warnings.map(\.slug) == ["units-differ"])
  }

  @Test func `several components together have no common unit`() throws {
    let fixture = try HistoryFixture()
    try fixture.add([10])
    try fixture.add([20], cause: "ledger,crash")
    let window = try ObservationWindow(
      start: HistoryFixture.date(0), end: HistoryFixture.date(100), units: 4)
    _ = try fixture.database.add(window, source: "test")
    let selection = try fixture.selection()
    #expect(selection.unitHours == nil && selection.exposureHours == 100)
    #expect(selection.parts(by: .component).map { $0.part.unitHours } == [400, 400])
  }

  @Test func `an incident that lasts is a failure whose downtime is left out, everywhere alike`() throws {
    let fixture = try HistoryFixture()
    try fixture.add([10, 20], lasting: [1, 3])
    try fixture.addRows("id,component,mode,started,resolved", ["x,api,crash,2024-01-02T06:00Z,open"])
    try fixture.watch(from: 0, to: 100)
    let statistics = IncidentStatistics(try fixture.selection())
    let seen = try fixture.database.observation(component: "api", mode: "crash", window: .recorded)
    #expect(statistics.selection.events.count == 3 && seen.count == 3)
    #expect(statistics.downtimeHours == 4 && seen.downtimeHours == 4)
    #expect(statistics.repair.count == 2 && seen.durationsHours == [1, 3])
    #expect(statistics.failures.meanTime?.failures == 3)
    #expect(seen.warnings.map(\.slug) == ["not-ended"])
  }
}

/// How often the interval of a mean outage holds the truth.
@Suite struct MeanOutageCoverageTests {
  /// Skewed durations, few and many: within 4 standard errors of 95 %, less two points for what a few can show. Bootstrap
  /// and gamma interval alone hold 73 to 86 %.
  @Test(arguments: [(1.0, 8), (1.0, 20), (1.5, 20)])
  func `lognormal outages`(sigma: Double, count: Int) throws {
    let law = try Lognormal(mu: -1, sigma: sigma)
    var draws = RandomStream(seed: 9, process: ProcessKey(name: "outages \(sigma) \(count)"), replication: 0)
    var held = 0
    for history in 0..<200 {
      let hours = (0..<count).map { _ in law.sample(using: &draws) }
      let figures = DurationFigures(hours, confidence: 0.95, seed: UInt64(history), name: "test")
      if let mean = figures.mean, mean.low <= law.mean, law.mean <= mean.high { held += 1 }
    }
    #expect(Double(held) / 200 > 0.95 - 0.02 - 4 * 0.0154, "\(held)")
  }

  @Test func `exponential outages are held no less`() throws {
    let law = try Exponential(mean: 0.5)
    var draws = RandomStream(seed: 9, process: ProcessKey(name: "outages"), replication: 0)
    var held = 0
    for history in 0..<200 {
      let hours = (0..<20).map { _ in law.sample(using: &draws) }
      let figures = DurationFigures(hours, confidence: 0.95, seed: UInt64(history), name: "test")
      if let mean = figures.mean, mean.low <= 0.5, 0.5 <= mean.high { held += 1 }
    }
    #expect(Double(held) / 200 > 0.95 - 0.02 - 4 * 0.0154, "\(held)")
  }
}
