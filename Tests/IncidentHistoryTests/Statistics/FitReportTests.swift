import Foundation
import Testing

import Diagnostics
import IncidentHistory
import Quantities
import Reports
import Stochastics

@Suite struct FitReportTests {
  private let history: HistoryFixture

  init() throws { history = try HistoryFixture() }

  private func fit(_ json: JSONValue, _ law: String, _ quantity: String? = nil) throws -> JSONValue {
    guard case .array(let fits)? = json.at("results.fits") else { throw CancellationError() }
    return try #require(
      fits.first {
        $0.at("distribution") == .string(law)
          && (quantity == nil || $0.at("quantity") == quantity.map { .string($0) })
      })
  }

  /// ReliaSoft's six failures, as gaps between incidents: β = 1.93268, η = 73.5261, log-likelihood −29.5849.
  @Test func gapsOfTheHistoryGiveReliaSoftsLaw() throws {
    let gaps = [16.0, 34, 53, 75, 93, 120]
    try history.add(gaps.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) })
    let report = try FitReport([try history.selection().sample(.gap, group: "api")])
    let weibull = try fit(report.json, "weibull")
    #expect(isClose(weibull.number("parameters.shape"), 1.9326779849844382, 1e-8))
    #expect(isClose(weibull.number("parameters.scale"), 73.52607418775806, 1e-8))
    #expect(isClose(weibull.number("logLikelihood"), -29.584921614901972))
    #expect(weibull.number("n") == 6 && weibull.number("censored") == 0 && weibull.at("group") == "api")
  }

  /// NIST/SEMATECH e-Handbook, section 8.4.1.3: ten failures and ten units that ran 500 h without one.
  @Test func aFileOfTimesGivesNISTsLaws() throws {
    let failures = [54, 187, 216, 240, 244, 335, 361, 373, 375, 386]
    let rows = failures.map { "A,\($0),no" } + [String](repeating: "A,500,yes", count: 10)
    let path = try history.folder.write(
      "unit,hours,running\n" + rows.joined(separator: "\n"), to: "times.csv")
    var columns = LifetimeFile.Columns()
    (columns.time, columns.censored, columns.group) = ("hours", "running", "unit")
    let json = try FitReport(LifetimeFile(path: path, columns: columns).samples).json
    let weibull = try fit(json, "weibull")
    #expect(isClose(weibull.number("parameters.shape"), 1.7207972608013566, 1e-8))
    #expect(isClose(weibull.number("parameters.scale"), 606.5275580035722, 1e-8))
    #expect(isClose(weibull.number("logLikelihood"), -75.13461816447487))
    #expect(weibull.number("n") == 20 && weibull.number("censored") == 10)
    let lognormal = try fit(json, "lognormal")
    #expect(isClose(lognormal.number("parameters.mu"), 6.226015098389654, 1e-8))
    #expect(isClose(lognormal.number("logLikelihood"), -75.19627077888438))
    #expect(isClose(try fit(json, "gamma").number("logLikelihood"), -75.0690726461836))
  }

  /// Lieblein and Zelen's 23 bearings (1956): AICc, BIC, KS and AD of the Weibull law.
  @Test func distancesAndCriteriaOfTheBearings() throws {
    let times = [
      17.88, 28.92, 33, 41.52, 42.12, 45.6, 48.4, 51.84, 51.96, 54.12, 55.56, 67.8, 68.64, 68.64, 68.88,
      84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.4,
    ]
    let sample = LifetimeSample(group: "bearings", quantity: "cycles", failures: times, censored: [])
    let weibull = try fit(try FitReport([sample]).json, "weibull")
    #expect(isClose(weibull.number("aicc"), 231.98391817538018))
    #expect(isClose(weibull.number("bic"), 233.6549066072385))
    #expect(isClose(weibull.number("kolmogorovSmirnov"), 0.15104122669564046, 1e-6))
    #expect(isClose(weibull.number("andersonDarling"), 0.3285098459754714, 1e-6))
  }

  @Test func watchingThatEndsCensors() throws {
    try history.watch(from: 0, to: 100)
    try history.watch(from: 200, to: 300)
    try history.add([10, 40, 250, 255], lasting: [5, 5, 10, 5])
    let selection = try history.selection()
    let gaps = selection.sample(.gap, group: "api")
    #expect(gaps.failures == [30, 5] && gaps.censored == [60, 45])
    let uptimes = selection.sample(.uptime, group: "api")
    // 250 to 260 and 255 to 260 are one outage.
    #expect(uptimes.failures == [25] && uptimes.censored == [55, 40])
    #expect(selection.sample(.duration, group: "api").failures == [5, 5, 10, 5])
    let length = try history.selection { $0.window = .length(hours: 500) }.sample(.gap, group: "api")
    #expect(length.failures == [30, 210, 5] && length.censored.isEmpty)
  }

  @Test func anOutageThatLastsIsCensored() throws {
    try history.watch(from: 0, to: 100)
    try history.addRows(
      "id,component,started,resolved",
      ["1,api,2024-01-01T10:00Z,2024-01-01T12:00Z", "2,api,2024-01-03T00:00Z,open"])
    let durations = try history.selection().sample(.duration, group: "api")
    #expect(durations.failures == [2] && durations.censored == [52])
    #expect(try history.selection().sample(.uptime, group: "api").censored.isEmpty)
  }

  @Test func wrongRowsAreToldWithTheirLines() throws {
    let path = try history.folder.write("hours,running\n1,no\n-2,no\n3 min,no\n4,perhaps\n", to: "times.csv")
    var columns = LifetimeFile.Columns()
    columns.time = "hours"
    columns.censored = "running"
    let found = #expect(throws: Findings.self) { try LifetimeFile(path: path, columns: columns) }
    #expect(found?.diagnostics.map(\.slug) == ["bad-time", "bad-time", "bad-flag"])
    #expect(found?.diagnostics.map { $0.location?.line } == [3, 4, 5])
    columns.time = "hour"
    let near = #expect(throws: Findings.self) { try LifetimeFile(path: path, columns: columns) }
    #expect(near?.diagnostics.first?.help == "--time 'hours'")
  }

  @Test func aSampleWithoutAMaximumSaysWhy() throws {
    let none = LifetimeSample(group: "api", quantity: "gap", failures: [], censored: [100])
    let report = try FitReport([none])
    #expect(report.json.at("results.fits") == .array([]))
    #expect(report.json.at("results.noMaximum.0.unknown") != nil)
    let zero = LifetimeSample(group: "api", quantity: "gap", failures: [0, 1, 2], censored: [])
    var options = FitReport.Options()
    #expect(try FitReport([zero], options).json.number("results.samples.0.n") == 2)
    options.zeros = .refused
    #expect(throws: InvalidParameter.self) { try FitReport([zero], options) }
  }
}
