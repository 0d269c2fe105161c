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
        if time >= 0 { observer.starting(unit: unit, at: time) }
        insert(event)
      } else {
        finishStart(unit, at: time)
      }
    }
  }

  /// What is starting at time 0 is down for what took it down.
  mutating func beginStarts(_ replication: UInt32) {
    guard !layout.starts.isEmpty else { return }
    starts.beginTime0(seed: plan.seed, replication: replication)
    guard let first = starts.held.first else { return }
    for unit in starts.held where !starts.waiting.contains(unit) {
      observer.starting(unit: Int(unit), at: 0)
    }
    if !playsPastBesideLive { takeDownForStarts() }
    for unit in starts.held.map({ Int($0) }) where units.roles[unit] >= 0 && layout.past?.movesRoles != true {
      mover.unitWentDown(unit, at: 0, origin: starts.origins[unit], units: units, events: &events)
    }
    update(at: 0)
    // Something has to happen at time 0, for roles to be settled.
    insert(PendingEvent(time: 0, kind: .started, subject: first, attempt: -1))
  }

  /// Takes units that are starting down one by one, after planned work: each is the first cause of what is down for it.
  mutating func takeDownForStarts() {
    guard !starts.held.isEmpty else { return }
    for unit in starts.held { units.release(Int(unit)) }
    current = state()
    note(at: 0)
    for unit in starts.held.map({ Int($0) }) {
      units.hold(unit)
      trigger = starts.origins[unit]
      current = state()
      note(at: 0)
    }
  }

  /// A unit is up again.
  mutating func finishStart(_ unit: Int, at time: Int64) {
    trigger = starts.origins[unit]
    starts.release(unit)
    units.release(unit)
    followClocks(ofUnit: unit, at: time)
    guard time >= 0 else { return cameBackBeforeTime0(unit, at: time) }
    observer.started(unit: unit, at: time)
    cameBack(unit, at: time)
  }
}
