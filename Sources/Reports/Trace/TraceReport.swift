internal import Quantities
internal import ServiceGraph
internal import ServiceModel
public import Simulation

/// One replication as a story: what failed, what it did to the service, and what brought it back.
public struct TraceReport: Sendable {
  let header: ResultHeader
  let trace: ReplicationTrace

  /// A report.
  public init(header: ResultHeader, trace: ReplicationTrace) {
    self.header = header
    self.trace = trace
  }

  var graph: CompiledGraph { trace.graph }

  // MARK: Document

  /// The story for people.
  public var document: Document {
    var document = Document(
      title: "\(graph.model.name) · replication \(trace.replication) of seed \(trace.seed) · "
        + yearsText)
    var began = [Double?](repeating: nil, count: graph.capabilities.count)
    let rows = trace.events.map { event in
      [SimulatedTime(hours: event.hours).text, sentence(event, &began)]
    }
    if rows.isEmpty {
      document.blocks.append(.note("Nothing happened."))
    } else {
      document.blocks.append(.table(Document.Table(columns: ["when", "what"], rows: rows)))
    }
    document.blocks.append(.facts(downtimes()))
    document.blocks.append(.note("Time 0 is Monday 1 January, 00:00 UTC; a year has 365 days."))
    return document
  }

  private var yearsText: String {
    let years = trace.horizonHours / 8760
    return years == 1 ? "1 year" : "\(significant(years, digits: 4).trimmingZeros) years"
  }

  /// What happened, in words; `began` holds when each capability went down.
  private func sentence(_ event: TraceEvent, _ began: inout [Double?]) -> String {
    switch event.kind {
    case .failure(let process, let noticed, let lasts):
      failureText(process) + outageText(noticed: noticed, lasts: lasts)
    case .noticed(let process): "\(graph.processes[process].name) is noticed"
    case .restoration(let process): "\(graph.processes[process].name) is restored"
    case .roleMoved(let role, let from, let to):
      "\(graph.movingRoles[role].name) moves from \(graph.unitNames[from]) to \(graph.unitNames[to])"
    case .starting(let unit): "\(graph.unitNames[unit]) begins to start"
    case .started(let unit): "\(graph.unitNames[unit]) has started"
    case .carried(let unit, let process):
      "    \(graph.unitNames[unit]) goes down with \(graph.processes[process].name)"
    case .rescheduled(let unit, let domain, let hours):
      rescheduledText(graph.unitNames[unit], on: graph.model.domains[domain].name, afterHours: hours)
    case .planned(let work, let step): plannedText(work, step)
    case .scales(let load, let from, let to, let asked): scaleText(load, from: from, to: to, asked: asked)
    case .scaled(let load, let running):
      "\(graph.demand.loads[load].name) runs \(grouped(running)) unit\(running == 1 ? "" : "s")"
    case .service(let capability, let isDown, let served):
      serviceText(capability, isDown: isDown, served: served, at: event.hours, &began)
    }
  }

  private func scaleText(_ load: Int, from: Int, to: Int, asked: Double) -> String {
    "\(graph.demand.loads[load].name) scales from \(grouped(from)) to \(grouped(to)): "
      + "\(significant(asked, digits: 3).trimmingZeros) units' worth asked"
  }

  private func failureText(_ number: Int) -> String {
    let process = graph.processes[number]
    let hit = graph.unitsThatStay(ofProcess: number)
    let units = hit.prefix(4).map { graph.unitNames[$0] }.joined(separator: ", ")
    let more = hit.count > 4 ? " and \(hit.count - 4) more" : ""
    if hit.isEmpty { return "\(process.name) begins" }
    return process.takesDown
      ? "\(process.name): \(units)\(more) \(hit.count == 1 ? "goes" : "go") down"
      : "\(process.name): \(units)\(more) \(hit.count == 1 ? "is" : "are") left with "
        + percentage(process.remainingFraction)
  }

  private func rescheduledText(_ unit: String, on node: String, afterHours: Double?) -> String {
    guard let hours = afterHours else { return "\(unit) is on \(node)" }
    return "\(unit) comes up on \(node): its node has been down"
      + (TimeSpan(hours: hours).map { " \($0)" } ?? "")
  }

  private func outageText(noticed: Double?, lasts: Double?) -> String {
    let length = lasts.flatMap { TimeSpan(hours: $0) }.map { ", for \($0)" } ?? ""
    return length + (noticed.flatMap { TimeSpan(hours: $0) }.map { ", noticed after \($0)" } ?? "")
  }

  private func serviceText(
    _ capability: Int, isDown: Bool, served: Double, at hours: Double, _ began: inout [Double?]
  ) -> String {
    let name = graph.capabilities[capability].name
    let lasted = began[capability].flatMap { TimeSpan(hours: hours - $0) }
    if isDown {
      began[capability] = began[capability] ?? hours
      return "    → \(name) is down"
    }
    began[capability] = nil
    let level =
      served < 1 ? "serves \(percentage(served))" : lasted == nil ? "serves all again" : "is up again"
    return "    → \(name) \(level)" + (lasted.map { ", after \($0)" } ?? "")
  }

  private func downtimes() -> [Document.Fact] {
    graph.capabilities.enumerated().map { index, capability in
      let stretches = outages(ofCapability: index)
      let hours = stretches.reduce(0) { $0 + $1.end - $1.start }
      return Document.Fact(
        capability.name, "down \(TimeSpan(hours: hours)?.description ?? "")",
        ["\(grouped(stretches.count)) outage\(stretches.count == 1 ? "" : "s")"], number: .init(hours, "h"))
    }
  }

  /// When a capability was down, in hours.
  private func outages(ofCapability index: Int) -> [(start: Double, end: Double)] {
    var joined: [(start: Double, end: Double)] = []
    for level in levels(ofCapability: index) where level.isDown {
      if let last = joined.last, last.end == level.start {
        joined[joined.count - 1].end = level.end
      } else {
        joined.append((level.start, level.end))
      }
    }
    return joined
  }

  /// The stretches in which a capability did not serve all.
  func levels(ofCapability index: Int) -> [(start: Double, end: Double, isDown: Bool, served: Double)] {
    var stretches: [(start: Double, end: Double, isDown: Bool, served: Double)] = []
    var open: (start: Double, isDown: Bool, served: Double)?
    func close(at hours: Double) {
      if let open, hours > open.start { stretches.append((open.start, hours, open.isDown, open.served)) }
      open = nil
    }
    for event in trace.events {
      guard case .service(index, let isDown, let served) = event.kind else { continue }
      close(at: event.hours)
      if served < 1 { open = (event.hours, isDown, served) }
    }
    close(at: trace.horizonHours)
    return stretches
  }

  /// When each process that failed was down; one that was down at the end ends there.
  func failures() -> [(process: Int, start: Double, end: Double)] {
    var began: [Int: Double] = [:]
    var found: [(process: Int, start: Double, end: Double)] = []
    for event in trace.events {
      switch event.kind {
      case .failure(let process, _, _): began[process] = event.hours
      case .restoration(let process):
        if let start = began.removeValue(forKey: process) { found.append((process, start, event.hours)) }
      default: break
      }
    }
    found += began.map { ($0.key, $0.value, trace.horizonHours) }
    return found.sorted { ($0.start, $0.process) < ($1.start, $1.process) }
  }
}
