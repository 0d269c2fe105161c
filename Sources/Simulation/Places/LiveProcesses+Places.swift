extension LiveProcesses {
  /// An outage begins: the units in its place are hit, and begin to wait for their nodes.
  mutating func hitPlaces(of process: Int32, at now: Double) {
    guard !layout.places.units.isEmpty else { return }
    for unit in places.fail(process, at: now, log: &log) {
      clocks.set(
        layout.places.firstClock + unit, hours: layout.places.units[unit].afterHours, rate: 1, at: now,
        isEnd: true)
    }
    if places.mayOpen { places.leaveWaiting(at: now, log: &log) }
  }

  /// It ends: what has not left its node stays there.
  mutating func freePlaces(of process: Int32, at now: Double) {
    guard !layout.places.units.isEmpty else { return }
    for unit in places.restore(process, log: &log) { stopWait(of: unit, at: now) }
  }

  /// Units that have found no node may find one now.
  mutating func leaveForFreeNodes(at now: Double) {
    guard !layout.places.units.isEmpty else { return }
    places.leaveWaiting(at: now, log: &log)
  }

  /// A unit has waited long enough for its node.
  mutating func endWait(_ clock: Int, at now: Double) {
    let unit = clock - layout.places.firstClock
    stopWait(of: unit, at: now)
    places.leave(unit, at: now, log: &log)
  }

  /// A unit that autoscaling has ordered looks for a node.
  mutating func enter(_ unit: Int, at now: Double) { places.enter(unit, at: now, log: &log) }

  /// It is not wanted any more.
  mutating func withdraw(_ unit: Int, at now: Double) {
    stopWait(of: unit, at: now)
    places.withdraw(unit, at: now, log: &log)
  }

  /// A node comes, or goes; who has found no node may find one now. One that is not there does not fail.
  mutating func setNode(_ node: Int, isThere: Bool, at now: Double) {
    places.setThere(node, isThere)
    for process in layout.processesOfNode[node] { setIdle(process, !isThere, at: now) }
    if isThere { leaveForFreeNodes(at: now) }
  }

  private func stopWait(of unit: Int, at now: Double) {
    clocks.set(layout.places.firstClock + unit, hours: 0, rate: 0, at: now, isEnd: true)
  }
}

extension LiveProcesses {
  /// A unit leaves a node that is worked on; `false`: there is no place for it.
  mutating func evict(_ unit: Int, at now: Double) -> Bool {
    guard places.evict(unit, at: now, log: &log) else { return false }
    stopWait(of: unit, at: now)
    return true
  }

  /// Work on nodes begins, or ends: who has found no node may find one now.
  mutating func cordon(_ nodes: [Int], by step: Int, at now: Double) {
    places.close(nodes, by: step)
    if step < 0 { leaveForFreeNodes(at: now) }
  }
}
