internal import Charts
internal import IncidentHistory
internal import Quantities

/// What happened when.
struct TimelineSection: ReportSection {
  let key = "timeline"
  private let report: MonthReport

  init(_ report: MonthReport) { self.report = report }

  private var events: [HistoryEvent] { report.month.selection.events }

  var blocks: [Document.Block] {
    guard !events.isEmpty else {
      return [.part("Timeline"), .note("Nothing happened while it was watched.")]
    }
    return [.part("Timeline"), .chart(chart)]
  }

  var json: JSONValue { chart.json }

  private var chart: Chart {
    var order: [String] = []
    var stretches: [String: [TimelineChart.Stretch]] = [:]
    for event in events {
      if stretches[event.cause] == nil { order.append(event.cause) }
      stretches[event.cause, default: []].append(stretch(event))
    }
    let shown = order.prefix(40)
    let rest = order.dropFirst(40).flatMap { stretches[$0] ?? [] }
    let rows = shown.map { TimelineChart.Row(label: $0, isService: false, stretches: stretches[$0] ?? []) }
    let others = rest.isEmpty ? [] : [TimelineChart.Row(label: "others", isService: false, stretches: rest)]
    return TimelineChart(
      title: "Incidents of \(report.name)", rows: rows + others, hours: report.monthHours, ticks: ticks
    ).chart
  }

  private func stretch(_ event: HistoryEvent) -> TimelineChart.Stretch {
    let start = Double(event.start - report.range.lowerBound) / 3_600_000
    let day = "day \(Int(start / 24) + 1), \(clock(start.truncatingRemainder(dividingBy: 24)))"
    let end = event.hours.map { start + $0 } ?? report.monthHours
    let length = event.hours.map(HistoryText.span) ?? "not ended"
    return TimelineChart.Stretch(
      startHours: start, endHours: end, isDown: (event.weight ?? 1) >= 1,
      tip: "\(day): \(event.cause), \(length)")
  }

  /// The time of day in the zone of the month.
  private func clock(_ hours: Double) -> String {
    let minutes = Int(hours * 60)
    let rest = minutes % 60
    return "\(minutes / 60):\(rest < 10 ? "0" : "")\(rest)"
  }

  private var ticks: [TimelineChart.Tick] {
    stride(from: 0, to: report.monthHours / 24, by: 5).map {
      TimelineChart.Tick("day \(Int($0) + 1)", atHours: $0 * 24)
    }
  }
}
