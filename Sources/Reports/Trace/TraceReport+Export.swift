public import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  // MARK: JSON

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
      members["event"] = .string(name)
      members["process"] = .string(graph.processes[index].name)
      members["cause"] = .string(graph.causes[graph.processes[index].cause])
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
    case .roleMoved(let role, let from, let to):
      members["event"] = "role-moved"
      members["role"] = .string(graph.movingRoles[role].name)
      members["from"] = .string(graph.unitNames[from])
      members["to"] = .string(graph.unitNames[to])
    case .starting(let unit):
      members["event"] = "starting"
      members["unit"] = .string(graph.unitNames[unit])
    case .started(let unit):
      members["event"] = "started"
      members["unit"] = .string(graph.unitNames[unit])
    case .carried(let unit, let index):
      process(index, "carried")
      members["unit"] = .string(graph.unitNames[unit])
    case .rescheduled(let unit, let domain, let hours):
      members["event"] = "rescheduled"
      members["unit"] = .string(graph.unitNames[unit])
      members["node"] = .string(graph.model.domains[domain].name)
      if let hours { members["nodeDownHours"] = .number(hours) }
    case .planned(let work, let step):
      members.merge(plannedMembers(work, step)) { own, _ in own }
    case .scales(let load, let from, let to, let asked):
      members["event"] = "scales"
      members["component"] = .string(graph.demand.loads[load].name)
      members["from"] = .integer(from)
      members["to"] = .integer(to)
      members["askedUnits"] = .number(asked)
    case .scaled(let load, let running):
      members["event"] = "scaled"
      members["component"] = .string(graph.demand.loads[load].name)
      members["running"] = .integer(running)
    case .service(let capability, let isDown, let served):
      members["event"] = "service"
      members["capability"] = .string(graph.capabilities[capability].name)
      members["state"] = .string(isDown ? "down" : served < 1 ? "degraded" : "up")
      members["servedFraction"] = .number(served)
    }
    return members
  }

  // MARK: Chrome

  /// The story in the trace event format of Chrome, which Perfetto and speedscope open too: capabilities in one group
  /// of lines, processes in another. Times are microseconds since the beginning.
  public var chromeTrace: String {
    let microsecondsPerHour = 3.6e9
    var events: [JSONValue] = [
      name(of: "process_name", "services", group: 1), name(of: "process_name", "failures", group: 2),
    ]
    func slice(_ name: String, _ kind: String, group: Int, line: Int, _ start: Double, _ end: Double)
      -> JSONValue
    {
      [
        "name": .string(name), "cat": .string(kind), "ph": "X", "pid": .integer(group), "tid": .integer(line),
        "ts": .number(start * microsecondsPerHour), "dur": .number((end - start) * microsecondsPerHour),
      ]
    }
    for (index, capability) in graph.capabilities.enumerated() {
      events.append(name(of: "thread_name", capability.name, group: 1, line: index + 1))
      events += levels(ofCapability: index).map { level in
        slice(
          level.isDown ? "down" : "serves \(percentage(level.served))", level.isDown ? "down" : "degraded",
          group: 1, line: index + 1, level.start, level.end)
      }
    }
    var named: Set<Int> = []
    for failure in failures() {
      let process = graph.processes[failure.process]
      if named.insert(failure.process).inserted {
        events.append(name(of: "thread_name", process.name, group: 2, line: failure.process + 1))
      }
      events.append(
        slice(
          process.name, graph.causes[process.cause], group: 2, line: failure.process + 1, failure.start,
          failure.end))
    }
    for (number, stretches) in plannedStretches().enumerated() where !stretches.isEmpty {
      let work = graph.planned.works[number].name
      let line = graph.processes.count + number + 1
      events.append(name(of: "thread_name", work, group: 2, line: line))
      events += stretches.map { slice($0.place, work, group: 2, line: line, $0.start, $0.end) }
    }
    let document: JSONValue = ["displayTimeUnit": "ms", "traceEvents": .array(events)]
    return document.text
  }

  private func name(of kind: String, _ text: String, group: Int, line: Int = 0) -> JSONValue {
    [
      "name": .string(kind), "ph": "M", "pid": .integer(group), "tid": .integer(line),
      "args": ["name": .string(text)],
    ]
  }

  // MARK: Picture

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
