internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  /// The story as a line for every capability and every cause.
  public var timeline: ResultPicture {
    var rows = graph.capabilities.enumerated().map { index, capability in
      TimelinePicture.Row(
        label: capability.name, isService: true,
        stretches: levels(ofCapability: index).map { level in
          stretch(
            level.start, level.end, isDown: level.isDown,
            level.isDown ? "down" : "serves \(percentage(level.served))")
        })
    }
    let failures = failures()
    for (cause, name) in graph.causes.enumerated() {
      let own = failures.filter { graph.processes[$0.process].cause == cause }
      guard !own.isEmpty else { continue }
      rows.append(
        TimelinePicture.Row(
          label: name, isService: false,
          stretches: own.map { failure in
            let process = graph.processes[failure.process]
            return stretch(failure.start, failure.end, isDown: process.takesDown, process.name)
          }))
    }
    for (number, stretches) in plannedStretches().enumerated() where !stretches.isEmpty {
      rows.append(
        TimelinePicture.Row(
          label: graph.planned.works[number].name, isService: false,
          stretches: stretches.map { stretch($0.start, $0.end, isDown: true, $0.place) }))
    }
    let picture = TimelinePicture(
      title: "\(graph.model.name) · replication \(trace.replication) of seed \(trace.seed)", rows: rows,
      hours: trace.horizonHours)
    return ResultPicture(name: "timeline-\(trace.replication).svg", svg: picture.svg)
  }

  private func stretch(_ start: Double, _ end: Double, isDown: Bool, _ what: String)
    -> TimelinePicture.Stretch
  {
    TimelinePicture.Stretch(
      startHours: start, endHours: end, isDown: isDown,
      tip: "\(SimulatedTime(hours: start).text), \(TimeSpan(hours: end - start)?.description ?? ""): \(what)")
  }
}
