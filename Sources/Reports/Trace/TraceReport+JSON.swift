public import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  /// The story for programs.
  public var json: JSONValue {
    header.json(
      command: "simulate",
      results: [
        "trace": .array(trace.events.map { .object(members(of: $0)) }),
        "replication": .integer(trace.replication), "seed": .string("\(trace.seed)"),
        "horizonHours": .number(trace.horizonHours),
      ])
  }

  /// The events as JSON Lines: one object a line.
  public var jsonLines: String {
    trace.events.map { JSONValue.object(members(of: $0)).line + "\n" }.joined()
  }

  private func members(of event: TraceEvent) -> [String: JSONValue] {
    var members: [String: JSONValue] = ["hours": .number(event.hours)]
    func process(_ index: Int, _ name: String) {
      members.merge(self.process(index, event: name)) { $1 }
    }
    switch event.kind {
    case .failure(let index, let noticed, let lasts):
      process(index, "failure")
      members["units"] = .array(graph.unitsThatStay(ofProcess: index).map { .string(graph.unitNames[$0]) })
      if let noticed { members["noticedAfterHours"] = .number(noticed) }
      if let lasts { members["lastsHours"] = .number(lasts) }
      members["remainingFraction"] = .number(graph.processes[index].remainingFraction)
    case .noticed(let index): process(index, "noticed")
    case .restoration(let index): process(index, "restoration")
    case .starting(let unit):
      members["event"] = "starting"
      members["unit"] = .string(graph.unitNames[unit])
    case .started(let unit):
      members["event"] = "started"
      members["unit"] = .string(graph.unitNames[unit])
    case .service(let capability, let isDown, let served):
      members["event"] = "service"
      members["capability"] = .string(graph.capabilities[capability].name)
      members["state"] = .string(isDown ? "down" : served < 1 ? "degraded" : "up")
      members["servedFraction"] = .number(served)
      if !event.lacks.isEmpty { members["lacks"] = .array(event.lacks.map { .string($0) }) }
    case .repair, .response, .spare, .role, .dependency, .queue:
      members.merge(reason(event.kind)) { $1 }
    case .roleMoved, .carried, .rescheduled, .planned, .scales, .scaled, .addsNodes, .nodesRun:
      members.merge(change(event.kind)) { $1 }
    }
    return members
  }

  func process(_ index: Int, event name: String) -> [String: JSONValue] {
    [
      "event": .string(name), "process": .string(graph.processes[index].name),
      "cause": .string(graph.causes[graph.processes[index].cause]),
    ]
  }
}
