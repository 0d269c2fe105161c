internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

/// Tells the events of a replication one after the other, in words.
///
/// It remembers what an event ends: how long a capability was down, or a repair waited. What happens at time 0 has been under way
/// from before.
struct TraceStory {
  let graph: CompiledGraph
  private var downSince: [Double?]
  private var waitsSince: [Int: Double] = [:]
  /// When an outage of each unit that has not begun to start ended last.
  private var restoredAt: [Int: Double] = [:]
  /// The units that hold roles in the places of others.
  private var held: HeldRoles

  init(_ trace: ReplicationTrace) {
    graph = trace.graph
    held = HeldRoles(trace.events)
    downSince = [Double?](repeating: nil, count: graph.capabilities.count)
  }

  /// What happened; `nil` for what explains nothing.
  mutating func sentence(_ event: TraceEvent) -> String? {
    defer { held.follow(event.kind) }
    return switch event.kind {
    case .failure(let process, let noticed, let lasts):
      failureText(process, isUnderWay: event.hours == 0)
        + outageText(noticed: noticed, lasts: lasts, isUnderWay: event.hours == 0)
    case .noticed(let process): "\(graph.processes[process].name) is noticed"
    case .restoration(let process): restorationText(process, at: event.hours)
    case .roleMoved(let role, let from, let to, let times):
      "the role \(graph.movingRoles[role].name) moves from \(graph.unitNames[from]) to \(graph.unitNames[to])"
        + text(times)
    case .starting(let unit): startingText(unit, isUnderWay: event.hours == 0)
    case .started(let unit): startedText(unit, at: event.hours)
    case .carried(let unit, let process):
      "    \(graph.unitNames[unit]) \(event.hours == 0 ? "is" : "goes") down with \(graph.processes[process].name)"
    case .rescheduled(let unit, let domain, let hours): rescheduledText(unit, on: domain, afterHours: hours)
    case .planned(let work, let step): plannedText(work, step)
    case .scales(let load, let from, let to, let asked): scalesText(load, from: from, to: to, asked: asked)
    case .scaled(let load, let running): scaledText(load, running: running)
    case .addsNodes(let pool, let count, let waiting, let loads):
      addsNodesText(pool, count, waiting: waiting, loads: loads)
    case .nodesRun(let pool, let running): nodesText(pool, running: running)
    case .service(let capability, let isDown, let served):
      "    → \(graph.capabilities[capability].name) "
        + serviceText(capability, isDown: isDown, served: served, at: event.hours) + lackText(event.lacks)
    case .repair(let process, let crew, let step):
      repairText(process, graph.model.crews[crew].name, step, at: event.hours)
    case .response(let process, let step): "\(graph.processes[process].name): \(text(step, of: process))"
    case .spare(let unit, let step): text(step, graph.unitNames[unit])
    case .role(let role, let holder, let step):
      text(step, role: graph.movingRoles[role].name, holder: graph.unitNames[holder])
    case .dependency(let edge, let step): "\(graph.edges[edge].name): \(text(step, of: edge))"
    case .queue(let place, let step):
      "\(graph.queues[place].name), for \(graph.queues[place].consumer): \(text(step))"
    }
  }

  // MARK: Outages

  private func failureText(_ number: Int, isUnderWay: Bool) -> String {
    let process = graph.processes[number]
    let hit = graph.unitsThatStay(ofProcess: number)
    let units = hit.prefix(4).map(unitText).joined(separator: ", ")
    let more = hit.count > 4 ? " and \(hit.count - 4) more" : ""
    if hit.isEmpty { return "\(process.name) \(isUnderWay ? "is under way" : "begins")" }
    let verb = hit.count == 1 ? (isUnderWay ? "is" : "goes") : (isUnderWay ? "are" : "go")
    return process.takesDown
      ? "\(process.name): \(units)\(more) \(verb) down"
      : "\(process.name): \(units)\(more) \(hit.count == 1 ? "is" : "are") left with "
        + "\(percentage(process.remainingFraction)) of \(hit.count == 1 ? "its" : "their") work"
  }

  /// A unit, and the role that it holds where that is not the one it starts in, or where that one is now.
  private func unitText(_ unit: Int) -> String {
    let roles = held.roles(of: unit).filter { !graph.movingRoles[$0].units.contains(unit) }
    let names = roles.map { graph.movingRoles[$0].name }
    guard names.isEmpty else { return "\(graph.unitNames[unit]) (holds \(names.joined(separator: ", ")))" }
    guard let lost = held.lost(by: unit, graph.movingRoles) else { return graph.unitNames[unit] }
    let role = graph.movingRoles[lost.role].name
    return graph.unitNames[unit]
      + (lost.to.map { " (the role \(role) is on \(graph.unitNames[$0]))" }
        ?? " (does not hold the role \(role))")
  }

  private func outageText(noticed: Double?, lasts: Double?, isUnderWay: Bool) -> String {
    let length = lasts.flatMap { TimeSpan(hours: $0) }.map { ", for \($0)\(isUnderWay ? " more" : "")" } ?? ""
    return length + (noticed.flatMap { TimeSpan(hours: $0) }.map { ", noticed after \($0)" } ?? "")
  }

  private mutating func restorationText(_ number: Int, at hours: Double) -> String {
    for unit in graph.processes[number].units { restoredAt[unit] = hours }
    return "\(graph.processes[number].name) is restored"
  }

  private mutating func startingText(_ unit: Int, isUnderWay: Bool) -> String {
    restoredAt[unit] = nil
    return "\(graph.unitNames[unit]) \(isUnderWay ? "is starting" : "begins to start")"
  }

  /// A start that takes no time and waits for nothing needs no word beside the restoration.
  private mutating func startedText(_ unit: Int, at hours: Double) -> String? {
    restoredAt.removeValue(forKey: unit) == hours ? nil : "\(graph.unitNames[unit]) has started"
  }

  private mutating func serviceText(
    _ capability: Int, isDown: Bool, served: Double, at hours: Double
  ) -> String {
    defer { downSince[capability] = isDown ? downSince[capability] ?? hours : nil }
    guard !isDown else { return "is down" }
    let lasted = downSince[capability].map { duration(hours - $0) }
    guard served == 1 else {
      return "serves \(keptPercentage(served))" + (lasted.map { ", after it was down for \($0)" } ?? "")
    }
    return lasted.map { "is up again, after \($0)" } ?? "serves all again"
  }

  private func lackText(_ names: [String]) -> String {
    guard !names.isEmpty else { return "" }
    return ": lacks \(names.prefix(4).joined(separator: ", "))"
      + (names.count > 4 ? " and \(names.count - 4) more" : "")
  }

  // MARK: Repairs

  /// A repair that begins at once needs no word.
  private mutating func repairText(
    _ process: Int, _ crew: String, _ step: RepairStep, at hours: Double
  ) -> String? {
    let name = graph.processes[process].name
    switch step {
    case .waits:
      waitsSince[process] = hours
      return "\(name) waits for \(crew)"
    case .begins(let hasWaited):
      let waited = waitsSince.removeValue(forKey: process)
      guard hasWaited else { return nil }
      return "\(crew): the repair of \(name) begins"
        + (waited.map { waitText(since: $0, until: hours) } ?? "")
    case .interrupted(let other):
      return "\(crew): the repair of \(name) is left for that of \(graph.processes[other].name)"
    case .continues: return "\(crew): the repair of \(name) is taken up again"
    }
  }

  private func waitText(since start: Double, until end: Double) -> String {
    ", after a wait of \(start == 0 ? "more than " : "")\(duration(end - start))"
  }
}
