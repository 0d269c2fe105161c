internal import Charts
internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  /// The story as a line for every capability and every cause.
  public var timeline: ResultPicture {
    var rows = graph.capabilities.enumerated().map { index, capability in
      TimelineChart.Row(
        label: capability.name, isService: true,
        stretches: levels(ofCapability: index).map { level in
          stretch(
            level.start, level.end, isDown: level.isDown,
            level.isDown ? "down" : "serves \(keptPercentage(level.served))")
        })
    }
    let failures = failures()
    for (cause, name) in graph.causes.enumerated() {
      let own = failures.filter { graph.processes[$0.process].cause == cause }
      guard !own.isEmpty else { continue }
      rows.append(
        TimelineChart.Row(
          label: name, isService: false,
          stretches: own.map { failure in
            let process = graph.processes[failure.process]
            return stretch(failure.start, failure.end, isDown: process.takesDown, process.name)
          }))
    }
    for (number, stretches) in plannedStretches().enumerated() where !stretches.isEmpty {
      rows.append(
        TimelineChart.Row(
          label: graph.planned.works[number].name, isService: false,
          stretches: stretches.map { stretch($0.start, $0.end, isDown: true, $0.place) }))
    }
    let picture = TimelineChart(
      title: "\(graph.model.name) · replication \(trace.replication) of seed \(trace.seed)", rows: rows,
      hours: trace.horizonHours, ticks: ticks)
    return ResultPicture(name: "timeline-\(trace.replication).svg", svg: picture.chart.file)
  }

  static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Hours where two days or less are shown, days up to two months, months up to two years, else years.
  var ticks: [TimelineChart.Tick] {
    let hours = trace.horizonHours
    if hours <= 48 { return ticks(every: hours <= 12 ? 1 : 6) { "\(Int($0) % 24):00" } }
    if hours <= 60 * 24 {
      return ticks(every: 24 * max(1, (hours / 24 / 10).rounded(.up))) { SimulatedTime(hours: $0).dayText }
    }
    guard hours <= 2 * 8760 else {
      let step = max(1, (hours / 8760 / 10).rounded(.up))
      return stride(from: 0, to: hours / 8760, by: step).map {
        TimelineChart.Tick("year \(Int($0) + 1)", atHours: $0 * 8760)
      }
    }
    var place = 0.0
    var ticks: [TimelineChart.Tick] = []
    while place < hours {
      let month = ticks.count % 12
      ticks.append(TimelineChart.Tick(TraceReport.monthNames[month], atHours: place))
      place += CalendarMonth.allCases[month].lengthHours
    }
    return ticks
  }

  private func ticks(every step: Double, _ text: (Double) -> String) -> [TimelineChart.Tick] {
    stride(from: 0, to: trace.horizonHours, by: step).map { TimelineChart.Tick(text($0), atHours: $0) }
  }

  func stretch(_ start: Double, _ end: Double, isDown: Bool, _ what: String)
    -> TimelineChart.Stretch
  {
    TimelineChart.Stretch(
      startHours: start, endHours: end, isDown: isDown,
      tip: "\(SimulatedTime(hours: start).text), \(TimeSpan(hours: end - start)?.description ?? ""): \(what)")
  }
}
