import Foundation
import Testing

import Diagnostics
import IncidentHistory
import ModelFormat
import Quantities
import Reports
import ServiceModel
import Stochastics

@Suite struct IncidentReadingTests {
  private let history: HistoryFixture

  init() throws { history = try HistoryFixture() }

  /// datasets/jivs-incidents, whose README gives 99.957, 99.936 and 99.924 % for the three readings.
  @Test func theTwelveIncidentsOfThePlan() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let data = try String(
      contentsOf: root.appendingPathComponent("datasets/jivs-incidents/data.csv"), encoding: .utf8)
    try importText(data, into: history.database, in: history.folder)
    let downHours = 6_780.0 / 3_600
    for (days, percent) in [(182.5, 99.957), (123, 99.936), (103, 99.924)] {
      let selection = try history.selection { $0.window = .length(hours: days * 24) }
      let json = IncidentStatisticsReport(IncidentStatistics(selection), scope: "all").json
      let seen = json.number("results.availability.value")
      #expect(isClose(seen, 1 - downHours / (days * 24)) && abs(seen * 100 - percent) < 0.0005)
      #expect(
        json.number("results.availability.low") < seen && seen < json.number("results.availability.high"))
      #expect(isClose(json.number("results.mtbfHours.value"), days * 2))
      #expect(isClose(json.number("results.mttrHours.value"), downHours / 12))
    }
    let selection = try history.selection { $0.window = .length(hours: 4_380) }
    let groups = try #require(
      IncidentStatisticsReport(IncidentStatistics(selection), scope: "all").json.at("results.groups"))
    #expect(groups.at("0.name") == "load-balancer/crash" && isClose(groups.number("0.userMinutes"), 225_000))
    #expect(groups.at("1.name") == "connection-pool/exhaustion")
    #expect(
      isClose(groups.number("1.userMinutes"), 10_000) && isClose(groups.number("2.userMinutes"), 31_500))
  }

  /// Gaver and O'Muircheartaigh (1987), ten pumps of a nuclear plant, each watched for its own time in thousands of hours:
  /// the second, 1 failure in 15.7, is drawn from 15,700 h to some 9,300 h (the common law's gives 0.107 per 1,000 h).
  @Test func similarClassesArePooledByTheirOwnExposure() throws {
    let pumps: [(failures: Int, thousands: Double)] = [
      (5, 94.3), (1, 15.7), (5, 62.9), (14, 126), (3, 5.24), (19, 31.4), (1, 1.05), (1, 1.05), (4, 2.1),
      (22, 10.5),
    ]
    for (index, pump) in pumps.enumerated() {
      try history.watch(from: 0, to: pump.thousands * 1_000, component: "p\(index)")
      let starts = (0..<pump.failures).map { Double($0) * 40 + 1 }
      try history.add(starts, cause: "p\(index),leak")
    }
    var options = IncidentStatistics.Options()
    options.grouping = .component
    let statistics = IncidentStatistics(try history.selection(), options)
    let json = IncidentStatisticsReport(statistics, scope: "all", isPooling: true).json
    guard case .array(let groups)? = json.at("results.pooled.groups") else { throw CancellationError() }
    let second = try #require(groups.first { $0.at("name") == "p1" })
    let expected = try PooledRates(
      pumps.map { try EventCount(events: $0.failures, exposure: $0.thousands * 1_000) })
    let rate = expected.rateEstimate(1, confidence: 0.95)
    #expect(isClose(second.number("mtbfHours.value"), 1 / rate.value, 1e-6))
    #expect(isClose(second.number("mtbfHours.low"), 1 / rate.high, 1e-6))
    #expect(abs(second.number("mtbfHours.value") * 0.107 / 1_000 - 1) < 0.05)
    #expect(IncidentStatisticsReport(statistics, scope: "all").json.at("results.pooled") == nil)
  }

  @Test func monthsAreOfTheZoneAndHoldTheirShareOfAnOutage() throws {
    try history.watch(from: 0, to: 31 * 24 + 29 * 24)
    try history.add([31 * 24 - 2], lasting: [5])
    let statistics = IncidentStatistics(try history.selection())
    #expect(statistics.months.map(\.name) == ["2024-01", "2024-02"])
    #expect(statistics.months.map(\.count) == [1, 0])
    #expect(statistics.months.map(\.downtimeHours) == [2, 3])
    let zurich = try #require(TimeZone(identifier: "Europe/Zurich"))
    let march = try #require(HistoryMonth(parsing: "2024-03", zone: zurich))
    #expect(march.range.count == (31 * 24 - 1) * 3_600_000 && march.next.name == "2024-04")
    #expect(HistoryMonth(parsing: "2024-13", zone: zurich) == nil)
    #expect(HistoryMonth(parsing: "2024-1", zone: zurich) == nil)
  }

  @Test func hoursAndDaysAreOfTheZone() throws {
    try history.watch(from: 0, to: 1_000)
    // 2024-01-01 was a Monday.
    try history.add([0.5, 24 * 6 + 23.5])
    let times = IncidentStatistics(try history.selection()).times
    #expect(times.weekdays == [1, 0, 0, 0, 0, 0, 1] && times.hours[0] == 1 && times.hours[23] == 1)
    var options = IncidentStatistics.Options()
    options.zone = try #require(TimeZone(secondsFromGMT: 3_600))
    let later = IncidentStatistics(try history.selection(), options).times
    #expect(later.weekdays == [2, 0, 0, 0, 0, 0, 0] && later.hours[1] == 1 && later.hours[0] == 1)
    #expect(later.hourPValue == nil)
  }

  /// The budget of 99.9 % in January is 44.64 min; a month with the rate of the time before is no surprise.
  @Test func aMonthIsHeldAgainstItsPromise() throws {
    try history.watch(from: 0, to: 31 * 24 + 29 * 24)
    try history.add([100, 31 * 24 + 5, 31 * 24 + 50], lasting: [0.2, 0.5, 0.5])
    let month = try #require(HistoryMonth(parsing: "2024-02", zone: .gmt))
    let selection = try history.selection()
    let seen = IncidentStatistics(try #require(selection.during(month.range)))
    let before = selection.during(.min..<month.range.lowerBound).map { IncidentStatistics($0) }
    let json = MonthReport(month, statistics: seen, before: before, promises: []).json
    #expect(json.number("results.incidents") == 2 && isClose(json.number("results.downtimeHours"), 1))
    #expect(isClose(json.number("results.baseline.expectedIncidents"), 29.0 / 31))
    #expect(
      json.number("results.baseline.pValue")
        == CountComparison(
          count: 2, hours: 29, other: 1, otherHours: 31
        ).pValue)
    #expect(selection.during(Int.min..<0) == nil)
  }

  /// 1 h of downtime at $5,000/h; two of three incidents state what they cost; 45 min of 99.9 % are used up.
  @Test func aMonthIsPricedAndGated() throws {
    try history.watch(from: 0, to: 31 * 24)
    try history.addRows(
      "id,component,mode,started,duration,cost",
      [
        "1,api,crash,2024-01-02T00:00Z,30 min,2500", "2,api,crash,2024-01-03T00:00Z,20 min,99.50",
        "3,api,crash,2024-01-04T00:00Z,10 min,",
      ])
    let month = try #require(HistoryMonth(parsing: "2024-01", zone: .gmt))
    let seen = IncidentStatistics(try #require(try history.selection().during(month.range)))
    func report(_ availability: String) throws -> MonthReport {
      let wanted = Objective(
        name: "promised", availability: try Availability(parsing: availability), window: .calendarMonth)
      return MonthReport(
        month, statistics: seen, before: nil,
        promises: [
          MonthReport.Promise(
            name: "shop", objectives: [wanted], expectedUnavailability: nil, month: seen,
            downtimeCost: try MoneyRate(parsing: "$5,000/h"))
        ])
    }
    let missed = try report("99.9 %")
    #expect(missed.isPromiseBroken && missed.json.at("results.missed") == .bool(true))
    #expect(missed.json.at("results.promises.shop.downtimeCost.value") == .string("5000.00"))
    #expect(missed.json.at("results.recordedCost.value") == .string("2599.5"))
    #expect(missed.json.number("results.recordedCost.incidents") == 2)
    #expect(TextRenderer().text(missed.document).contains("$5,000"))
    #expect(try !report("99 %").isPromiseBroken)
  }

  /// January 2024 begins on a Monday. Tuesday 2, 16:30 to 18:00 UTC: half an hour of business at $700/h, an hour at $100/h; work
  /// until 18:00 and nothing of the refocus. Wednesday 3, 08:00 to 08:30: no business, half an hour of work and 20 min after.
  /// 2 h of 744 h are below 99.8 %, not below 99.7 %.
  @Test func aMonthIsPricedByTheHoursOfItsIncidents() throws {
    try history.watch(from: 0, to: 31 * 24)
    try history.addRows(
      "id,component,mode,started,duration",
      ["1,api,crash,2024-01-02T16:30Z,90 min", "2,api,crash,2024-01-03T08:00Z,30 min"])
    let text = """
      relmodel: 1
      name: m
      components: {api: {}}
      capabilities:
        shop:
          depends-on: {api: hard}
          downtime:
            costs: "$100/h"
            hours: {business: {from: "09:00", to: "17:00", days: [mon, tue, wed, thu, fri], costs: "$700/h"},
              december: {months: [dec], from: "20:00", to: "22:00", costs: "$9,000/h"}}
            per-incident: $5
            productivity: {people: 3, costs: "$20/h", share: 50 %, refocus: 20 min, from: "08:00", to: "18:00"}
            credits: [{below: 99.8 %, pays: $40}, {below: 99.7 %, pays: $90}]
            penalties: [{below: 99.9 %, per: calendar month, pays: $11}, {below: 99 %, per: year, pays: $1000}]
      """
    let model = try ModelReader(files: .inMemory(["m.yaml": text])).reading(at: "m.yaml").model
    let month = try #require(HistoryMonth(parsing: "2024-01", zone: .gmt))
    let seen = IncidentStatistics(try #require(try history.selection().during(month.range)))
    let shop = model.capabilities[0]
    let json = MonthReport(
      month, statistics: seen, before: nil,
      promises: [
        MonthReport.Promise(
          name: "shop", objectives: [], expectedUnavailability: nil, month: seen,
          downtimeCost: shop.downtimeCost, downtimeTerms: shop.downtimeTerms)
      ]
    ).json
    let parts = [
      ("hours", "500.00"), ("incidents", "10.00"), ("productivity", "70.00"), ("credits", "40.00"),
      ("penalties", "11.00"),
    ]
    for (part, amount) in parts {
      #expect(json.at("results.promises.shop.downtimeCost.parts.\(part)") == .string(amount), "\(part)")
    }
    #expect(json.at("results.promises.shop.downtimeCost.value") == .string("631.00"))
  }

  /// scipy.stats.binom(10, 0.1): 2 P(X ≥ 5).
  @Test func countsAreComparedByTheBinomialTest() {
    let comparison = CountComparison(count: 5, hours: 100, other: 5, otherHours: 900)
    #expect(isClose(comparison.pValue, 0.003269874799999961))
    #expect(CountComparison(count: 0, hours: 1, other: 0, otherHours: 1).pValue == 1)
  }

  @Test func aTimeThatNobodyWatchedIsRefused() throws {
    try history.watch(from: 0, to: 100)
    #expect(throws: Findings.self) {
      try history.selection {
        $0.window = .recorded(from: HistoryFixture.date(200), to: HistoryFixture.date(300))
      }
    }
    #expect(throws: Findings.self) { try history.selection { $0.window = .length(hours: 0) } }
  }

  /// The intervals hold the truth as often as they say: 400 histories of 60 d, failures each 5 d on average, outages
  /// lognormal with σ = 1 or exponential around 2 h.
  @Test(arguments: [false, true]) func intervalsCover(isLognormal: Bool) throws {
    let law: any Distribution =
      isLognormal ? try Lognormal(mean: 2, standardDeviation: 2.62) : try Exponential(mean: 2)
    var stream = RandomStream(seed: 7, process: ProcessKey(name: "coverage \(isLognormal)"), replication: 0)
    var (covered, coveredMeans) = (0, 0)
    let truth = 120.0 / 122
    for _ in 0..<400 {
      var (now, down, outages) = (120 * stream.standardExponential(), 0.0, [Double]())
      while now < 1_440 {
        let length = law.sample(using: &stream)
        outages.append(length)
        down += min(length, 1_440 - now)
        now += length + 120 * stream.standardExponential()
      }
      let seen = ObservedAvailability(
        windowHours: 1_440, downtimeHours: down, outages: outages, confidence: 0.95)
      if let estimate = seen.estimate, estimate.low <= truth, truth <= estimate.high { covered += 1 }
      let mean = try MeanTimeBetweenFailures(failures: outages.count, exposure: 1_440 - down)
      let limits = mean.limits(confidence: 0.95)
      if limits.low <= 120, 120 <= limits.high ?? .infinity { coveredMeans += 1 }
    }
    // 3 standard errors below 95 %; a lognormal law's tail is heavier than 12 outages show.
    #expect(Double(covered) / 400 > (isLognormal ? 0.90 : 0.917))
    #expect(Double(coveredMeans) / 400 > 0.917)
  }

  /// The sweep against counting every millisecond of small random histories.
  @Test func theProfileIsTheLargestWeightAtEveryInstant() throws {
    var stream = RandomStream(seed: 3, process: ProcessKey(name: "profile"), replication: 0)
    for round in 0..<20 {
      let local = try HistoryFixture()
      try local.watch(from: 0, to: 100)
      var expected = [Double](repeating: 0, count: 100)
      var rows: [String] = []
      for index in 0..<8 {
        let start = Int(stream.uniform() * 80)
        let end = start + 1 + Int(stream.uniform() * 15)
        let share = Double(Int(stream.uniform() * 5)) / 4
        for hour in start..<end { expected[hour] = max(expected[hour], share) }
        let (from, to) = (
          HistoryFixture.date(Double(start)).isoText, HistoryFixture.date(Double(end)).isoText
        )
        rows.append("\(round)-\(index),api,\(from),\(to),\(share)")
      }
      try local.addRows("id,component,started,resolved,impact_fraction", rows)
      let statistics = IncidentStatistics(try local.selection { $0.impact = .fraction })
      #expect(isClose(statistics.downtimeHours, expected.reduce(0, +)))
    }
  }
}
