extension ReplicationWorker {
  /// An outage hits units that had not started yet: now it holds them down, and no start.
  mutating func interruptStarts(_ facts: ProcessFacts) {
    guard facts.touchesStarts else { return }
    for place in facts.units { interruptStart(ofUnit: Int(unitList[place]), facts) }
  }

  mutating func interruptStart(ofUnit unit: Int, _ facts: ProcessFacts) {
    guard facts.touchesStarts else { return }
    if starts.goDown(unit) { units.release(unit) }
  }

  /// One outage less holds a unit down; its start may in its place.
  @inline(__always)
  mutating func release(_ unit: Int, after facts: ProcessFacts) {
    if facts.touchesStarts, starts.comeBack(unit, origin: facts.origin) { return }
    units.release(unit)
  }

  /// Lets every unit start that may, now that the gates are as they are.
  mutating func startUnits(at time: Int64) {
    while let unit = starts.nextReady(units.gates) {
      let event = starts.begin(unit, at: time)
      if event.time > time {
        observer.starting(unit: unit, at: time)
        insert(event)
      } else {
        finishStart(unit, at: time)
      }
    }
  }

  /// What was repaired before time 0 has started by then.
  mutating func finishStartsBeforeTime0() {
    while let unit = starts.held.first { finishStart(Int(unit), at: 0) }
  }

  /// A unit is up again.
  mutating func finishStart(_ unit: Int, at time: Int64) {
    trigger = starts.origins[unit]
    starts.release(unit)
    units.release(unit)
    followClocks(ofUnit: unit, at: time)
    observer.started(unit: unit, at: time)
    cameBack(unit, at: time)
  }
}
