import Foundation
import Testing

import Diagnostics
import IncidentHistory
import Quantities
import Reports
import Stochastics

@Suite struct IncidentStatisticsTests {
  private let history: HistoryFixture

  init() throws { history = try HistoryFixture() }

  private func json(
    show: Double? = nil, confidence: Double = 0.95, _ change: (inout HistoryQuestion) -> Void = { _ in }
  ) throws -> JSONValue {
    var options = IncidentStatistics.Options()
    options.confidence = confidence
    let statistics = IncidentStatistics(try history.selection(change), options)
    return IncidentStatisticsReport(statistics, scope: "api", showingHours: show).json
  }

  /// NIST/SEMATECH e-Handbook, section 8.4.5.1: 2 failures in 800 h; limits 2T / χ² at 90 %.
  @Test func timeTruncatedMeanTimeIsThatOfNIST() throws {
    try history.watch(from: 0, to: 800)
    try history.add([100, 500])
    let json = try json(confidence: 0.9)
    #expect(json.number("results.incidents") == 2 && json.number("results.windowHours") == 800)
    #expect(json.at("results.mtbfHours.truncated") == "time" && json.number("results.mtbfHours.value") == 400)
    #expect(isClose(json.number("results.mtbfHours.low"), 127.06896827442834))
    #expect(isClose(json.number("results.mtbfHours.high"), 2251.228610625704))
  }

  /// The same 2 failures in 800 h when the second ended the observation: 168.64 h to 2,251.2 h.
  @Test func withoutAWindowTheLastFailureEndsIt() throws {
    try history.add([50, 350, 850])
    let json = try json(confidence: 0.9)
    #expect(
      json.at("results.mtbfHours.truncated") == "failure" && json.number("results.mtbfHours.value") == 400)
    #expect(isClose(json.number("results.mtbfHours.low"), 168.63888015743993))
    #expect(isClose(json.number("results.mtbfHours.high"), 2251.228610625704))
    #expect(json.at("results.availability.unknown") != nil && json.at("results.windowHours.unknown") != nil)
  }

  /// No failure in 800 h: T / −log α, the factor 0.434294 at 90 %.
  @Test func noFailureShowsALowerLimit() throws {
    try history.watch(from: 0, to: 800)
    let json = try json(confidence: 0.9)
    #expect(json.at("results.mtbfHours.unknown") != nil && json.at("results.mttrHours.unknown") != nil)
    #expect(isClose(json.number("results.mtbfHours.low"), 800 * 0.43429448190325176))
    #expect(json.number("results.availability.value") == 1 && json.at("results.availability.low") == nil)
  }

  /// ReliaWiki's 22 failures until 620 h, counted from a first one at 0: λ t^β with β = 0.6142, 45.883 h at the end;
  /// Laplace −2.7832.
  @Test func trendIsThatOfReliaWiki() throws {
    let times = [
      2.7, 10.3, 12.5, 30.6, 57.0, 61.3, 80.0, 109.5, 125.0, 128.6, 143.8, 167.9, 229.2, 296.7, 320.6, 328.2,
      366.2, 396.7, 421.1, 438.2, 501.2, 620.0,
    ]
    try history.add([0] + times)
    let trend = try #require(try json().at("results.trend"))
    #expect(isClose(trend.number("crowAMSAA.shape.value"), 0.6142103999317297))
    #expect(isClose(trend.number("crowAMSAA.scale.value"), 0.42394221488057504))
    #expect(isClose(trend.number("crowAMSAA.mtbfAtEndHours.value"), 45.88300391030604))
    #expect(isClose(trend.number("laplace.statistic"), -2.7831596856069787))
    #expect(trend.at("verdict") == "improving")
  }

  /// 45 d at 90 % take 45 d × ln 10 without an incident. NIST 8.3.1.4: 3.89 times the mean with one.
  @Test func anIncidentFreeTimeShowsAMean() throws {
    try history.watch(from: 0, to: 1_000)
    let none = try json(show: 1_080)
    #expect(isClose(none.number("results.demonstration.freshHours"), 1_080 * 2.302585092994046))
    #expect(none.at("results.demonstration.verdict") == "cannot tell yet")
    #expect(
      isClose(none.number("results.demonstration.remainingHours"), 1_080 * 2.302585092994046 - 1_000))
    try history.add([10])
    let one = try json(show: 1_080)
    #expect(
      isClose(one.number("results.demonstration.remainingHours"), 1_080 * 3.889720169867 - 1_000, 1e-8))
    try history.add((2..<40).map { Double($0) * 20 })
    #expect(try json(show: 1_080).at("results.demonstration.verdict") == "refuted")
    #expect(try json(show: 10).at("results.demonstration.verdict") == "shown")
  }

  /// 12 equal outages of 565 s in 182.5 d; F quantiles of R: qf(0.025, 24, 24) and qf(0.975, 26, 24).
  @Test func equalOutagesHaveTheClassicalInterval() throws {
    try history.watch(from: 0, to: 4_380)
    let length = 565.0 / 3_600
    try history.add(
      (0..<12).map { Double($0) * 300 + 1 }, lasting: [Double](repeating: length, count: 12))
    let json = try json()
    let ratio = 12 * length / (4_380 - 12 * length)
    #expect(isClose(json.number("results.availability.value"), 1 - 12 * length / 4_380))
    #expect(isClose(json.number("results.availability.high"), 1 / (1 + ratio * 0.44066893), 1e-8))
    #expect(
      isClose(json.number("results.availability.low"), 1 / (1 + ratio * 13 / 12 * 2.2463753567300513), 1e-8))
  }

  /// Two outages of 400 h: 2 n x̄ / χ² with 4 degrees of freedom, NIST's 168.64 to 2,251.2 at 90 %; and one of 1 h.
  @Test func fewOutagesHaveTheIntervalOfAnExponentialLaw() throws {
    try history.watch(from: 0, to: 8_000)
    try history.add([100, 4_000], lasting: [400, 400])
    let json = try json(confidence: 0.9)
    #expect(json.at("results.mttrHours.intervalBy") == "gamma law")
    #expect(isClose(json.number("results.mttrHours.low"), 168.63888015743993))
    #expect(isClose(json.number("results.mttrHours.high"), 2251.228610625704))
    try history.add((1...20).map { 4_500 + 50 * Double($0) }, lasting: (1...20).map { Double($0) })
    #expect(try self.json().at("results.mttrHours.intervalBy") == "bootstrap")
  }

  /// 2 h and 4 h, and one that began 50 h before watching ended: 56 h in two that ended.
  @Test func theMeanIfAnOpenOneLastsIsToldBesideTheOneThatCounts() throws {
    try history.watch(from: 0, to: 100)
    try history.add([10, 20], lasting: [2, 4])
    #expect(try json().at("results.mttrHoursIfOpenLast") == nil)
    try history.addRows(
      "id,component,mode,started,resolved", ["x,api,crash,\(HistoryFixture.date(50).isoText),open"])
    let json = try json(confidence: 0.9)
    #expect(isClose(json.number("results.mttrHours.value"), 3))
    #expect(isClose(json.number("results.mttrHoursIfOpenLast.value"), 28))
    // As NIST's two failures in 800 h, whose limits are 168.64 and 2,251.2.
    #expect(isClose(json.number("results.mttrHoursIfOpenLast.low"), 168.63888015743993 * 56 / 800))
    #expect(isClose(json.number("results.mttrHoursIfOpenLast.high"), 2251.228610625704 * 56 / 800))
  }

  @Test func overlappingOutagesCountOnce() throws {
    try history.watch(from: 0, to: 100)
    try history.add([10, 11, 50, 99], lasting: [2, 3, 1, 4])
    let json = try json()
    // 10–14, 50–51, and of the last only the hour that was watched.
    #expect(isClose(json.number("results.downtimeHours"), 6))
    #expect(isClose(json.number("results.summedHours"), 10))
    #expect(isClose(json.number("results.availability.value"), 0.94))
    #expect(isClose(json.number("results.mttrHours.value"), 2.5))
  }

  @Test func whatReachesIntoTheWindowIsDowntimeButNoFailure() throws {
    try history.watch(from: 10, to: 110)
    try history.add([8, 20], lasting: [5, 1])
    let json = try json()
    #expect(json.number("results.incidents") == 1 && json.number("results.leftOut.outside") == 1)
    #expect(isClose(json.number("results.downtimeHours"), 4))
  }

  @Test func eachReadingOfTheImpactCountsItsOwnTimes() throws {
    try history.watch(from: 0, to: 100)
    try history.addRows(
      "id,component,started,resolved,impact_start,impact_end,impact_fraction,users",
      [
        "1,api,2024-01-01T10:00Z,2024-01-01T14:00Z,2024-01-01T11:00Z,2024-01-01T13:00Z,50 %,100",
        "2,api,2024-01-01T12:00Z,2024-01-01T16:00Z,2024-01-01T12:00Z,2024-01-01T14:00Z,,1000",
      ])
    func hours(_ impact: ImpactReading) throws -> Double {
      try json { $0.impact = impact }.number("results.downtimeHours")
    }
    #expect(isClose(try hours(.impact), 3))
    #expect(isClose(try hours(.ticket), 6))
    // An hour at a half, then two at one.
    #expect(isClose(try hours(.fraction), 2.5))
    // An hour at a tenth, then two at one.
    #expect(isClose(try hours(.users(total: 1_000)), 2.1))
  }

  @Test func whatIsNoFailureIsToldAndNotCounted() throws {
    try history.watch(from: 0, to: 240)
    let work = try MaintenanceWindow(start: HistoryFixture.date(48), end: HistoryFixture.date(72))
    _ = try history.database.add(work, source: "test")
    try history.addRows(
      "id,component,started,resolved,planned,duplicate_of",
      [
        "1,api,2024-01-01T10:00Z,2024-01-01T11:00Z,no,", "2,api,2024-01-01T12:00Z,2024-01-01T13:00Z,yes,",
        "3,api,2024-01-01T14:00Z,2024-01-01T15:00Z,no,1", "4,api,2024-01-03T10:00Z,2024-01-03T11:00Z,no,",
        "5,api,2024-01-05T10:00Z,open,no,",
      ])
    let json = try json()
    #expect(json.number("results.incidents") == 2 && json.number("results.notEnded") == 1)
    #expect(json.number("results.leftOut.planned") == 1 && json.number("results.leftOut.repeated") == 1)
    #expect(json.number("results.leftOut.inMaintenance") == 1)
    #expect(json.number("results.windowHours") == 216 && json.number("results.mtbfHours.value") == 108)
  }

  @Test func aComponentKeepsTheTimeInWhichItWasWatched() throws {
    try history.watch(from: 0, to: 1_000, component: "api")
    try history.watch(from: 500, to: 1_000, component: "db")
    try history.add([10, 600])
    try history.add([100, 700], cause: "db,crash")
    let json = try json()
    // The db's first incident came before anybody watched it.
    #expect(json.number("results.incidents") == 3 && json.number("results.leftOut.outside") == 1)
    #expect(json.at("results.groups.0.name") == "api/crash")
    #expect(json.number("results.groups.0.mtbfHours.value") == 500)
    #expect(json.number("results.groups.1.mtbfHours.value") == 500)
    #expect(try self.json { $0.filter.component = "db" }.number("results.windowHours") == 500)
  }
}
