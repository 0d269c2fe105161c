/// Writes everything down.
struct TraceObserver: ReplicationObserver {
  static var isTold: Bool { true }
  static var wantsReasons: Bool { true }

  private(set) var events: [TraceEvent] = []
  /// The share that each capability lost when it last changed, and whether it was down.
  private var lost: [Double]
  private var isDown: [Bool]
  /// When each process failed of whose outage nobody knows yet.
  private var unnoticed: [Int: Int64] = [:]
  /// Where the events of the state told last begin.
  private var stateStart = 0
  private var edges: [EdgeStory]
  private var queues: [QueueStory]

  init(capabilities: Int, edges: Int, queues: Int) {
    lost = [Double](repeating: 0, count: capabilities)
    isDown = [Bool](repeating: false, count: capabilities)
    self.edges = [EdgeStory](repeating: EdgeStory(), count: edges)
    self.queues = [QueueStory](repeating: QueueStory(), count: queues)
  }

  mutating func open() {
    self = TraceObserver(capabilities: lost.count, edges: edges.count, queues: queues.count)
  }

  mutating func failed(process: Int, at time: Int64, outage: OutageInterval?) {
    let noticed = outage.flatMap { $0.noticed > time ? Ticks.hours(Double($0.noticed - time)) : nil }
    let lasts = outage.map { Ticks.hours(Double($0.end - time)) }
    unnoticed[process] = time
    add(.failure(process: process, noticedAfterHours: noticed, lastsHours: lasts), time)
  }

  /// What is noticed at once, or again, is not told.
  mutating func noticed(process: Int, at time: Int64) {
    guard let failure = unnoticed.removeValue(forKey: process), failure < time else { return }
    add(.noticed(process: process), time)
  }

  func knows(of process: Int) -> Bool { unnoticed[process] == nil }

  mutating func restored(process: Int, at time: Int64) { add(.restoration(process: process), time) }

  mutating func moved(role: Int, from: Int, to: Int, taking times: RoleMoveTimes, at time: Int64) {
    add(.roleMoved(role: role, from: from, to: to, times), time)
  }

  mutating func starting(unit: Int, at time: Int64) { add(.starting(unit: unit), time) }
  mutating func started(unit: Int, at time: Int64) { add(.started(unit: unit), time) }

  mutating func serves(_ state: borrowing ServiceState, at time: Int64) {
    stateStart = events.count
    for capability in lost.indices {
      change(capability, isDown: state.isDown[capability], lost: state.lost[capability], at: time)
    }
  }

  mutating func servesAll(at time: Int64) {
    stateStart = events.count
    for capability in lost.indices { change(capability, isDown: false, lost: 0, at: time) }
  }

  var losses: [Int] {
    events[stateStart...].compactMap { event in
      guard case .service(let capability, isDown: true, _) = event.kind else { return nil }
      return capability
    }
  }

  mutating func explain(loss capability: Int, lacks names: [String]) {
    for place in stateStart..<events.count {
      guard case .service(capability, isDown: true, _) = events[place].kind else { continue }
      events[place].lacks = names
    }
  }

  mutating func note(_ kind: TraceEvent.Kind, at time: Int64) { add(kind, time) }

  mutating func follow(edge: Int, _ standing: EdgeStanding, at time: Int64) {
    for step in edges[edge].steps(to: standing) { add(.dependency(edge, step), time) }
  }

  mutating func follow(queue: Int, _ standing: QueueStanding, at time: Int64) {
    for step in queues[queue].steps(to: standing) { add(.queue(queue, step), time) }
  }

  private mutating func change(_ capability: Int, isDown down: Bool, lost share: Double, at time: Int64) {
    let share = down ? 1 : share
    guard down != isDown[capability] || share != lost[capability] else { return }
    isDown[capability] = down
    lost[capability] = share
    add(.service(capability: capability, isDown: down, servedFraction: 1 - share), time)
  }

  private mutating func add(_ kind: TraceEvent.Kind, _ time: Int64) {
    events.append(TraceEvent(hours: Ticks.hours(Double(time)), kind: kind))
  }
}
