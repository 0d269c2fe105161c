/// Outages where several are always under way, and nothing but they themselves decides what happens.
extension ReplicationWorker {
  /// Goes through outages until none is under way, or the horizon is there; the state of the service is worked out only
  /// where one bears on it.
  ///
  /// - Parameter last: the time up to which everything has been counted.
  mutating func passCrowd(_ next: inout Int, _ last: inout Int64) {
    ends.open(outages, from: next, horizon: layout.horizon)
    repeat {
      let start = next < outages.count ? outages[next].start : .max
      let now = min(start, ends.nextTime)
      guard now < layout.horizon else {
        next = outages.count
        return
      }
      var matters = false
      while ends.nextTime == now {
        let process = ends.removeFirst()
        if endInCrowd(process) { matters = true }
      }
      while next < outages.count, outages[next].start == now {
        if beginInCrowd(outages[next]) { matters = true }
        next += 1
        // What is down from the start is down for what took it down, not for the last in the list.
        if now == 0 { follow(at: 0, &last) }
      }
      if matters { follow(at: now, &last) }
    } while units.activeCount > 0
  }

  /// Counts the time up to now, and looks at the state from now on.
  private mutating func follow(at time: Int64, _ last: inout Int64) {
    charge(from: last, to: time)
    last = time
    current = state()
    note(at: time)
  }

  /// Whether it may bear on a capability, or on whose repair would restore one.
  @inline(__always)
  private mutating func beginInCrowd(_ outage: OutageInterval) -> Bool {
    guard outage.end > outage.start else { return false }
    let facts = facts[Int(outage.process)]
    units.beginOutage(of: outage.process)
    trigger = facts.origin
    guard facts.takesDown else { return true }
    // What it does alone is kept, so that it is passed sooner the next time.
    var matters =
      !evaluator.gatesTellAll
      || (units.activeCount == 1 && alone.knownIndex(of: Int(outage.process)) == AloneStates.unknown)
    for place in facts.units where units.holdMatters(Int(unitList[place])) { matters = true }
    return matters
  }

  @inline(__always)
  private mutating func endInCrowd(_ process: Int32) -> Bool {
    units.endOutage(of: process)
    let facts = facts[Int(process)]
    guard facts.takesDown else { return true }
    var matters = !evaluator.gatesTellAll
    for place in facts.units where units.releaseMatters(Int(unitList[place])) { matters = true }
    return matters
  }
}
