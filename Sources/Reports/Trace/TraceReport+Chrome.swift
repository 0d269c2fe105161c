internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  /// The story in the trace event format of Chrome, which Perfetto and speedscope open too: groups of lines for capabilities
  /// and for processes, and for crews, spares, roles, calls and queues where they occur. Times are microseconds since the
  /// beginning.
  public var chromeTrace: String {
    var tracks = ChromeTracks()
    for (index, capability) in graph.capabilities.enumerated() {
      let track = ChromeTracks.Track(group: "services", name: capability.name)
      for level in levels(ofCapability: index) {
        tracks.add(
          level.isDown ? "down" : "serves \(percentage(level.served))", level.isDown ? "down" : "degraded",
          on: track, from: level.start, to: level.end)
      }
    }
    for failure in failures() {
      let process = graph.processes[failure.process]
      tracks.add(
        process.name, graph.causes[process.cause], on: failureTrack(failure.process), from: failure.start,
        to: failure.end)
    }
    for (number, stretches) in plannedStretches().enumerated() {
      let name = graph.planned.works[number].name
      for one in stretches {
        tracks.add(
          one.place, name, on: ChromeTracks.Track(group: "planned work", name: name), from: one.start,
          to: one.end)
      }
    }
    addReasons(to: &tracks)
    let document: JSONValue = ["displayTimeUnit": "ms", "traceEvents": .array(tracks.events)]
    return document.text
  }

  private func failureTrack(_ process: Int) -> ChromeTracks.Track {
    ChromeTracks.Track(group: "failures", name: graph.processes[process].name)
  }

  private func addReasons(to tracks: inout ChromeTracks) {
    var hands = CrewHands(crews: graph.model.crews.count)
    var story = TraceStory(trace)
    for event in trace.events {
      let text = story.sentence(event) ?? ""
      switch event.kind {
      case .repair(let process, let crew, let step):
        add(process, crew, step, at: event.hours, to: &tracks, &hands)
      case .restoration(let process):
        tracks.end("repair \(process)", at: event.hours)
        hands.leave(process)
      case .noticed(let process):
        tracks.add("noticed", "noticed", on: failureTrack(process), at: event.hours)
      case .response(let process, let step):
        add(process, step, at: event.hours, to: &tracks)
      case .spare: addInstant(text, "spares", "spares", at: event.hours, to: &tracks)
      case .role(let role, _, _), .roleMoved(let role, _, _, _):
        addInstant(text, "roles", graph.movingRoles[role].name, at: event.hours, to: &tracks)
      case .dependency(let edge, let step):
        add(step, of: graph.edges[edge].name, text, at: event.hours, to: &tracks)
      case .queue(let place, let step):
        add(
          step, of: "\(graph.queues[place].name), for \(graph.queues[place].consumer)", at: event.hours,
          to: &tracks)
      case .rescheduled(_, let domain, _):
        addInstant(text, "nodes", graph.model.domains[domain].name, at: event.hours, to: &tracks)
      case .scales(let load, _, _, _), .scaled(let load, _):
        addInstant(text, "demand", graph.demand.loads[load].name, at: event.hours, to: &tracks)
      case .addsNodes(let pool, _, _, _), .nodesRun(let pool, _):
        addInstant(text, "nodes", graph.demand.nodePools[pool].name, at: event.hours, to: &tracks)
      case .failure, .starting, .started, .carried, .planned, .service: break
      }
    }
    tracks.endAll(at: trace.horizonHours)
  }

  private func addInstant(
    _ text: String, _ group: String, _ line: String, at hours: Double, to tracks: inout ChromeTracks
  ) {
    tracks.add(text, group, on: ChromeTracks.Track(group: group, name: line), at: hours)
  }

  /// Repairs stand on the lines of their crew's hands, and waits within their failure.
  private func add(
    _ process: Int, _ crew: Int, _ step: RepairStep, at hours: Double, to tracks: inout ChromeTracks,
    _ hands: inout CrewHands
  ) {
    let name = graph.model.crews[crew].name
    tracks.end("repair \(process)", at: hours)
    switch step {
    case .waits, .interrupted:
      hands.leave(process)
      tracks.begin("repair \(process)", "waits for \(name)", "waits", on: failureTrack(process), at: hours)
    case .begins, .continues:
      let hand = hands.take(process, of: crew)
      tracks.begin(
        "repair \(process)", graph.processes[process].name, "repair",
        on: ChromeTracks.Track(group: "crews", name: "\(name) \(hand + 1)"), at: hours)
    }
  }

  private func add(
    _ process: Int, _ step: ResponseStep, at hours: Double, to tracks: inout ChromeTracks
  ) {
    switch step {
    case .detectorIsBlind:
      tracks.add("the detector can not see", "detection", on: failureTrack(process), at: hours)
    case .comesAfter(let wait):
      tracks.add(
        "nobody is there yet", "response", on: failureTrack(process), from: hours,
        to: min(hours + wait, trace.horizonHours))
    }
  }

  private func add(
    _ step: DependencyStep, of edge: String, _ text: String, at hours: Double, to tracks: inout ChromeTracks
  ) {
    func line(_ part: String) -> (key: String, track: ChromeTracks.Track) {
      ("\(edge): \(part)", ChromeTracks.Track(group: "dependencies", name: "\(edge): \(part)"))
    }
    let (key, track) = line(step.part)
    if !step.goesOn { tracks.end(key, at: hours) }
    if let state = step.state { tracks.begin(key, state, step.part, on: track, at: hours) }
    if step.goesOn { tracks.add(text, step.part, on: track, at: hours) }
  }

  private func add(_ step: QueueStep, of queue: String, at hours: Double, to tracks: inout ChromeTracks) {
    let track = ChromeTracks.Track(group: "queues", name: queue)
    switch step {
    case .refuses:
      tracks.begin("\(queue): refused", "messages are not accepted", "queue", on: track, at: hours)
    case .accepts: tracks.end("\(queue): refused", at: hours)
    case .fills: tracks.begin(queue, "messages wait", "queue", on: track, at: hours)
    case .deadLetters: tracks.begin(queue, "dead letters", "queue", on: track, at: hours)
    case .drained: tracks.end(queue, at: hours)
    }
  }
}

extension DependencyStep {
  /// What it is about.
  fileprivate var part: String {
    switch self {
    case .calls: "calls"
    case .breakerOpens, .breakerTries, .breakerCloses: "breaker"
    case .callerFills, .callerIsFree: "slots of the caller"
    case .bulkheadFills, .bulkheadIsFree: "bulkhead"
    case .alertFires, .alertStops: "alert"
    }
  }

  /// The state that begins, if it is not the usual one.
  fileprivate var state: String? {
    switch self {
    case .calls(let failed, _): failed > 0 ? "\(percentage(failed)) fail" : nil
    case .breakerOpens(again: false): "open"
    case .callerFills: "full"
    case .bulkheadFills: "full"
    case .alertFires: "fires"
    case .alertStops: nil
    case .breakerOpens(again: true), .breakerTries, .breakerCloses, .callerIsFree, .bulkheadIsFree: nil
    }
  }

  /// Whether the state before goes on.
  fileprivate var goesOn: Bool {
    switch self {
    case .breakerOpens(again: true), .breakerTries: true
    default: false
    }
  }
}

/// Which hand of which crew works on what.
private struct CrewHands {
  private var jobs: [[Int?]]

  init(crews: Int) { jobs = [[Int?]](repeating: [], count: crews) }

  /// The first free hand takes a repair.
  mutating func take(_ process: Int, of crew: Int) -> Int {
    let hand = jobs[crew].firstIndex(of: nil) ?? jobs[crew].count
    if hand == jobs[crew].count { jobs[crew].append(nil) }
    jobs[crew][hand] = process
    return hand
  }

  mutating func leave(_ process: Int) {
    for crew in jobs.indices {
      for hand in jobs[crew].indices where jobs[crew][hand] == process { jobs[crew][hand] = nil }
    }
  }
}
