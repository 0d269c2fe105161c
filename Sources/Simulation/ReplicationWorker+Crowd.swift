/// Outages where several are always under way, and nothing but they themselves decides what happens.
extension ReplicationWorker {
  /// Goes through outages until none is under way and none begins as the last one ends, or the horizon is there; the
  /// state of the service is worked out only where one bears on it.
  ///
  /// Whether an outage begins or ends next can not be foreseen by a processor, so that both take the same path.
  ///
  /// - Parameter last: the time up to which everything has been counted.
  /// - Returns: whether there were any, and nothing else decides.
  mutating func passCrowd(_ next: inout Int, _ last: inout Int64) -> Bool {
    guard isSettledThroughout, next < outages.count else { return false }
    ends.open(outages, from: next, horizon: layout.horizon)
    var matters = false
    let horizon = layout.horizon
    repeat {
      let outage = outages[next]
      let now = min(ends.nextTime, outage.start)
      guard now < horizon else { break }
      let end: Int32 = ends.nextTime <= outage.start ? 1 : 0
      let process = (0 &- end) & ends.nextProcess | (end &- 1) & outage.process
      ends.advance(by: Int(end))
      next += Int(1 &- end)
      // One that lasts no time has no end, and takes nothing down; what happened at the same instant still counts from it on.
      let lasts: Int32 = outage.end > outage.start ? 1 : 0
      if end | lasts == 1, change(process, by: 1 &- 2 &* end) { matters = true }
      // What is down from the start is down for what took it down, not for the last in the list.
      if matters, min(ends.nextTime, outages[next].start) > now || now == 0 || failsAgain(end, next, at: now)
      {
        follow(at: now, &last)
        matters = false
      }
      // What has not been looked at yet is looked at with what else happens at this instant.
    } while units.activeCount > 0 || matters
    guard units.activeCount > 0 else { return true }
    units.listOutages()
    next = outages.count
    return true
  }

  /// Whether the last end of this instant (`end` 1) is of a process, or comes with that of one, that fails again at it: it was
  /// up for less than a tick.
  @inline(__always)
  private func failsAgain(_ end: Int32, _ next: Int, at time: Int64) -> Bool {
    guard end == 1, ends.nextTime > time else { return false }
    return anyBegins(from: next, at: time) { ends.hasEnded($0, at: time) }
  }

  /// Counts the time up to now, and looks at the state from now on.
  private mutating func follow(at time: Int64, _ last: inout Int64) {
    charge(from: last, to: time)
    last = time
    units.listOutages()
    current = state()
    note(at: time)
  }

  /// An outage begins (`step` 1) or ends (−1); whether that may bear on a capability, or on whose repair would restore one.
  @inline(__always)
  private mutating func change(_ process: Int32, by step: Int32) -> Bool {
    units.countOutage(of: process, by: step)
    let facts = facts[Int(process)]
    let begins = (step &+ 1) &>> 1
    trigger = (0 &- begins) & facts.origin | (begins &- 1) & trigger
    var matters = !(facts.takesDown && evaluator.gatesTellAll)
    if facts.takesDown {
      for place in facts.units where units.holdMatters(Int(unitList[place]), by: step) { matters = true }
    }
    // What one does that begins alone is kept, so that it is passed sooner the next time.
    guard units.activeCount &+ 2 &* Int(1 &- begins) == 1 else { return matters }
    return matters || alone.knownIndex(of: Int(process)) == AloneStates.unknown
  }
}
