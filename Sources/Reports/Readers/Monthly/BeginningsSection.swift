internal import Charts
internal import FoundationEssentials
internal import IncidentHistory
internal import Quantities

/// At what hours of which days incidents begin, over all that was watched up to the end of the month.
struct BeginningsSection: ReportSection {
  let key = "beginnings"
  private let report: MonthReport

  init(_ report: MonthReport) { self.report = report }

  private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  private var counts: [[Int]] {
    let zone = report.month.options.zone
    let all = (report.before?.selection.events ?? []) + report.month.selection.events
    return IncidentTimes.weeklyCounts(all, zone: zone)
  }

  var blocks: [Document.Block] {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    guard total > 0 else { return [.part("When incidents begin"), .note("There is no incident.")] }
    let few = total < 168 ? " With so few, most of what looks like a pattern is chance." : ""
    return [
      .part("When incidents begin"), .chart(chart),
      .note(
        "\(HistoryText.count(total, "incident")) of all that was watched up to the end of the month, hours in "
          + "\(report.month.options.zone.identifier).\(few)"),
    ]
  }

  var json: JSONValue { chart.json }

  private var chart: Chart {
    HeatMapChart(
      title: "Incidents by day of the week and hour of the day", rows: BeginningsSection.days,
      columns: (0..<24).map(String.init),
      cells: counts.map { $0.map(Double.init) }, measure: .count("incidents"), hidesZeros: true,
      columnNames: (0..<24).map { "\($0):00" }
    ).chart
  }
}
