internal import ServiceGraph

/// Telling what things wait for; compiled away where nobody wants to know.
extension ReplicationWorker {
  /// Tells what live processes wait for, up to a place among their changes.
  @inline(__always)
  mutating func tellOfLive(before place: Int) {
    guard Observer.wantsReasons else { return }
    for note in live.log.notes where note.place == place { observer.note(note.kind, at: liveTime) }
  }

  /// Tells why the role of a unit does not move by itself. What is settled at time 0 is told then.
  @inline(__always)
  mutating func tellOfRole(heldBy unit: Int, at time: Int64) {
    guard Observer.wantsReasons, time > 0, units.downCounts[unit] > 0, units.roles[unit] >= 0,
      let reason = mover.reason(ofHolder: unit)
    else { return }
    observer.note(.role(role: Int(units.roles[unit]), holder: unit, reason), at: time)
  }

  /// Tells why roles do not move whose holders were lost before time 0.
  @inline(__always)
  mutating func tellOfRoles() {
    guard Observer.wantsReasons else { return }
    for unit in 0..<units.downCounts.count where units.downCounts[unit] > 0 && units.roles[unit] >= 0 {
      guard let reason = mover.reason(ofHolder: unit) else { continue }
      observer.note(.role(role: Int(units.roles[unit]), holder: unit, reason), at: 0)
    }
  }

  /// Tells what the capabilities lack that have gone down with the state told last.
  @inline(__always)
  mutating func tellOfLosses() {
    guard Observer.wantsReasons else { return }
    let losses = observer.losses
    if losses.isEmpty { return }
    var isUp: [Bool] = []
    for gate in layout.graph.gates.indices { isUp.append(units.gates.isUp(gate)) }
    explain(losses, isUp)
  }

  /// The same of an outage that is alone, of which the gates are not told.
  @inline(__always)
  mutating func tellOfLosses(by process: Int) {
    guard Observer.wantsReasons else { return }
    let losses = observer.losses
    if losses.isEmpty { return }
    explain(losses, layout.graph.gateStates(without: Set(layout.graph.processes[process].units)))
  }

  private mutating func explain(_ losses: [Int], _ isUp: [Bool]) {
    let (graph, roles) = (layout.graph, UnitRoles(layout.graph))
    for capability in losses {
      let gate = graph.capabilities[capability].gate
      let names = roles.missing(below: gate, of: graph) { isUp[$0] }
      observer.explain(loss: capability, lacks: names)
    }
  }

  /// Tells where calls of dependencies stand.
  @inline(__always)
  mutating func tellOfEdges(at time: Int64) {
    guard Observer.wantsReasons else { return }
    for edge in layout.edges.edges.indices { observer.follow(edge: edge, edges.standing(edge), at: time) }
  }

  /// Tells what became of queues by itself up to a moment.
  @inline(__always)
  mutating func tellOfQueues(until time: Int64) {
    guard Observer.wantsReasons, !queues.isEmpty else { return }
    for found in queues.standings(until: time) {
      observer.follow(queue: found.queue, found.standing, at: found.time)
    }
  }

  /// Tells where queues stand.
  @inline(__always)
  mutating func tellOfQueues(at time: Int64) {
    guard Observer.wantsReasons else { return }
    for queue in 0..<queues.count { observer.follow(queue: queue, queues.standing(queue), at: time) }
  }
}
