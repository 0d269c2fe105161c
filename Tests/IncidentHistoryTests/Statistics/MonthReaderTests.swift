import Foundation
import IncidentHistory
import Quantities
import Reports
import Testing

@Suite("A month for its reader")
struct MonthReaderTests {
  /// Outages of 2 h at 10 h, of 3 h at 11 h, which overlap for 1 h, and of 1 h at 100 h: 4 h, then 5 h.
  static func selection() throws -> HistorySelection {
    let fixture = try HistoryFixture()
    try fixture.watch(from: 0, to: 31 * 24)
    try fixture.add([10, 11, 100], lasting: [2, 3, 1])
    return try fixture.selection()
  }

  @Test(
    "downtime up to an instant counts overlaps once",
    arguments: [(0.0, 0.0), (10, 0), (11.5, 1.5), (14, 4), (99, 4), (100.5, 4.5), (744, 5)])
  func downtime(_ hours: Double, _ expected: Double) throws {
    let instant = Int(HistoryFixture.date(hours).timeIntervalSince1970 * 1_000)
    let found = try Self.selection().downtimeHours(upTo: [instant])
    #expect(found.count == 1 && abs(found[0] - expected) < 1e-9)
  }

  @Test("at the end of the window it is the downtime of the statistics")
  func whole() throws {
    let selection = try Self.selection()
    let end = Int(HistoryFixture.date(744).timeIntervalSince1970 * 1_000)
    #expect(selection.downtimeHours(upTo: [end]) == [IncidentStatistics(selection).downtimeHours])
  }

  /// 2024-01-01 was a Monday; 10 h, 11 h and 100 h later it is Monday 10:00 and 11:00 and Friday 4:00.
  @Test("incidents are counted by the day of the week and the hour of the day")
  func beginnings() throws {
    let selection = try Self.selection()
    let counts = IncidentTimes.weeklyCounts(selection.events, zone: .gmt)
    #expect(counts[0][10] == 1 && counts[0][11] == 1 && counts[4][4] == 1)
    let times = IncidentStatistics(selection).times
    #expect(times.weekdays == counts.map { $0.reduce(0, +) })
    #expect(times.hours == (0..<24).map { hour in counts.reduce(0) { $0 + $1[hour] } })
  }

  @Test("the report has what was promised, the timeline and what it rests on")
  func report() throws {
    let selection = try Self.selection()
    let month = try #require(HistoryMonth(parsing: "2024-01", zone: .gmt))
    let statistics = IncidentStatistics(selection)
    let report = MonthReport(month, statistics: statistics, before: nil, promises: []).readerReport(
      header: nil, database: "relmodel.db", command: "relmodel report monthly")
    let names = report.document.blocks.compactMap { if case .part(let name) = $0 { name } else { nil } }
    #expect(
      names == [
        "The month in numbers", "Error budget", "Timeline", "When incidents begin", "What was learned",
        "What to do next", "What is left out", "Assumptions", "How it was computed", "Abbreviations",
      ])
    #expect(
      report.json().at("results.headline") == .string("2024-01: 3 incidents, down 5 h; nothing was promised.")
    )
    #expect(report.json().at("results.timeline.rows.1.1") == .number(11))
    #expect(report.json().at("results.method.seed") == .null)
    #expect(report.json().at("results.assumptions.stated.0.location") == .string("relmodel.db"))
  }
}
