internal import Charts
internal import IncidentHistory
internal import Quantities
internal import ServiceModel

/// How the budgets were used up in the course of the month.
struct BudgetSection: ReportSection {
  let key = "errorBudget"
  private let report: MonthReport

  init(_ report: MonthReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("Error budget")]
      + (charts.isEmpty ? [.note("Nothing was promised, so there is no budget.")] : charts.map { .chart($0) })
  }

  var json: JSONValue { .array(charts.map(\.json)) }

  private var charts: [Chart] { report.promises.filter { !$0.objectives.isEmpty }.map(chart) }

  private func chart(_ promise: MonthReport.Promise) -> Chart {
    let instants = instants(promise.month.selection)
    let used = promise.month.selection.downtimeHours(upTo: instants)
    let points = zip(instants, used).map { instant, hours in
      LineChart.Point(Double(instant - report.range.lowerBound) / 86_400_000, hours)
    }
    let marks = report.budgets(promise).filter { isNear($0, used.last ?? 0) }.map { budget in
      LineChart.Mark(
        "\(budget.objective.availability) per \(budget.objective.windowText) allows \(HistoryText.span(budget.allowedHours))",
        at: budget.allowedHours, isLevel: true)
    }
    return LineChart(
      title: "\(promise.name): downtime in \(report.name) against what was promised",
      [LineChart.Series("downtime so far", points)], x: LineChart.AxisName("days of the month", .count("")),
      y: LineChart.AxisName("downtime", .hours), marks: marks
    ).chart
  }

  /// Where the line bends: when outages begin and end; every six hours where there are very many.
  private func instants(_ selection: HistorySelection) -> [Int] {
    let range = report.range
    let events = selection.events + selection.reachingIn
    let bends = events.flatMap { [$0.start, $0.end ?? $0.start] }.filter { range.contains($0) }
    let even = stride(from: range.lowerBound, to: range.upperBound, by: 6 * 3_600_000)
    return Set((bends.count > 400 ? Array(even) : bends) + [range.lowerBound, range.upperBound]).sorted()
  }

  /// A year's budget would make a month's downtime a line at the bottom; the table of budgets has it.
  private func isNear(_ budget: MonthReport.Budget, _ used: Double) -> Bool {
    budget.objective.window == .calendarMonth || budget.allowedHours <= 3 * max(used, 0.1)
  }
}
