internal import Charts
internal import Quantities
internal import ServiceGraph
internal import Simulation

extension TraceReport {
  private static let mostCauses = 24

  /// When services were down, and which failures were there while they were; `nil` for a replication without an outage.
  var outageTimeline: Chart? {
    let outages = graph.capabilities.indices.map { index in levels(ofCapability: index).filter(\.isDown) }
    let all = outages.flatMap { $0 }
    guard !all.isEmpty else { return nil }
    let services = graph.capabilities.indices.map { index in
      TimelineChart.Row(
        label: graph.capabilities[index].name, isService: true,
        stretches: outages[index].map { stretch($0.start, $0.end, isDown: true, "down") })
    }
    let felt = failures().filter { failure in
      all.contains { failure.start < $0.end && $0.start < failure.end }
    }
    let causes = graph.causes.indices.compactMap { cause -> TimelineChart.Row? in
      let own = felt.filter { graph.processes[$0.process].cause == cause }
      guard !own.isEmpty else { return nil }
      return TimelineChart.Row(
        label: graph.causes[cause], isService: false,
        stretches: own.map { failure in
          let process = graph.processes[failure.process]
          return stretch(failure.start, failure.end, isDown: process.takesDown, process.name)
        })
    }
    return TimelineChart(
      title:
        "Replication \(trace.replication) of seed \(trace.seed), the one with most downtime: outages and the "
        + "failures during them",
      rows: services + causes.prefix(TraceReport.mostCauses), hours: trace.horizonHours, ticks: ticks
    ).chart
  }
}
