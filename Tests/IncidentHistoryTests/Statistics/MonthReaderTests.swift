import Foundation
import IncidentHistory
import Quantities
import Reports
import ServiceModel
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

  static func steps(
    _ background: MonthBackground, promised: Double? = nil, window: Objective.Window = .calendarMonth
  ) throws -> [(what: String, why: String, evidence: String)] {
    let month = try #require(HistoryMonth(parsing: "2024-01", zone: .gmt))
    let statistics = IncidentStatistics(try selection())
    let objectives = try promised.map {
      [Objective(name: "o", availability: try #require(Availability(unavailability: $0)), window: window)]
    }
    let promises = objectives.map {
      [MonthReport.Promise(name: "s", objectives: $0, expectedUnavailability: nil, month: statistics)]
    }
    let report = MonthReport(month, statistics: statistics, before: nil, promises: promises ?? [])
      .readerReport(
        header: nil, database: "x.db", command: "relmodel", background: background)
    guard case .array(let steps)? = report.json().at("results.next") else { return [] }
    return steps.map { step in
      func text(_ key: String) -> String { if case .string(let text)? = step.at(key) { text } else { "" } }
      return (text("what"), text("why"), text("evidence"))
    }
  }

  /// 5 h down of 744 h: 0.1 % allows 44 min 38 s; 1 % allows 7 h 26 min; 0.1 % of a year 8 h 46 min, of which the month's pace uses
  /// 5 / 744 × 8760 / 8.76 = 672 %.
  @Test(
    "what to do next begins with promises broken, at risk, or used up too fast",
    arguments: [
      (0.001, Objective.Window.calendarMonth, "Win back", "missed by 4 h 15 min"),
      (0.008, .calendarMonth, "Spare", "84 % of it is used"),
      (0.001, .year, "Slow down", "a whole window like this month would use 672 % of it"),
    ])
  func budgets(_ share: Double, _ window: Objective.Window, _ what: String, _ why: String) throws {
    let first = try #require(try Self.steps(MonthBackground(), promised: share, window: window).first)
    #expect(first.what.hasPrefix(what) && first.why == why)
  }

  @Test("a promise with room left asks for nothing, the largest cause does")
  func causes() throws {
    let first = try #require(try Self.steps(MonthBackground(), promised: 0.1).first)
    #expect(
      first.what == "Make api/crash rarer or shorter" && first.why == "100 % of the month's minutes down")
    #expect(first.evidence == "5 h in 3 incidents; nothing watched before")
  }

  @Test(
    "a drill whose last time did not keep its promise is to be repeated; what is kept, or held later, is not")
  func drills() throws {
    func drill(_ name: String, hours: Double, took: Double) -> Drill {
      var drill = Drill(name: name, held: HistoryFixture.date(hours))
      (drill.expectedRecoveryHours, drill.achievedRecoveryHours) = (0.25, took)
      return drill
    }
    let drills = [
      drill("mended", hours: 1, took: 2), drill("mended", hours: 2, took: 0.1),
      drill("slow", hours: 3, took: 0.5),
      drill("later", hours: 800, took: 9),
    ]
    let found = try Self.steps(MonthBackground(drills: drills)).filter { $0.what.contains("drill") }
    #expect(found.map(\.what) == ["Mend and repeat the drill slow"])
    #expect(found.first?.why == "recovered in 30 min, 15 min promised")
  }

  @Test("lessons are those of the notes, as text; where there are none it says how to write them")
  func lessons() throws {
    var incident = Incident(
      source: "t", externalID: "i-1", component: "api", started: HistoryFixture.date(10))
    (incident.title, incident.note) = ("<b>", "<script>alert(1)</script> ]]> `|` \u{202E}x")
    let notes = "# Lessons <b>\n\nOne\nparagraph.\n- a point | `x`\n- another\n\n\u{1B}[31m"
    let report = MonthReport(
      try #require(HistoryMonth(parsing: "2024-01", zone: .gmt)),
      statistics: IncidentStatistics(try Self.selection()),
      before: nil, promises: []
    ).readerReport(
      header: nil, database: "x.db", command: "relmodel",
      background: MonthBackground(incidents: [incident], notes: notes))
    let page = HTMLRenderer().text(report.document).replacing("<wbr/>", with: "")
    #expect(
      page.contains(
        "<h3>Lessons &lt;b&gt;</h3>\n<p>One paragraph.</p>\n<p>– a point | `x`</p>\n<p>– another</p>"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; `|`") && !page.contains("<script"))
    let comment = MarkdownRenderer.comment(report.document)
    #expect(
      comment.contains("\\<script\\>") && comment.contains("\\`\\|\\`") && !comment.contains(" <script>"))
    for text in [page, comment] { #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}")) }
    #expect(report.json().at("results.lessons.incidents.0.id") == .string("i-1"))
    let silent = try Self.steps(
      MonthBackground(incidents: [
        Incident(source: "t", externalID: "i-2", component: "api", started: HistoryFixture.date(1))
      ]))
    #expect(silent.last?.evidence == "relmodel incidents edit i-2 --note '…'")
  }
}
