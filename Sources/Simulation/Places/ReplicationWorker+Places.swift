extension ReplicationWorker {
  /// The units that come and go with their nodes and are hit by an outage now.
  private func comers(hitBy process: Int) -> [Int] {
    units.bonds.filter { Int($0.process) == process }.map { Int($0.unit) }
  }

  /// An outage of a place takes down those who are there.
  mutating func holdComers(of process: Int, isUnnoticed: Bool, at time: Int64) {
    guard facts[process].hitsComers, facts[process].takesDown else { return }
    for unit in comers(hitBy: process) {
      units.hold(unit)
      if isUnnoticed { units.unnoticedCounts[unit] += 1 }
      interruptStart(ofUnit: unit, facts[process])
      followClocks(ofUnit: unit, at: time)
      observer.note(.carried(unit: unit, process: process), at: time)
    }
  }

  /// The roles of those who went down with a place begin to move.
  mutating func moveRolesOfComers(of process: Int, at time: Int64) {
    guard facts[process].hitsComers, !isWarmingUp else { return }
    for unit in comers(hitBy: process) where units.downCounts[unit] == 1 {
      startMove(ofUnit: unit, facts[process], at: time)
    }
  }

  /// Somebody knows of an outage of a place.
  mutating func noticeComers(of process: Int) {
    guard facts[process].hitsComers else { return }
    for unit in comers(hitBy: process) { units.unnoticedCounts[unit] -= 1 }
  }

  /// A unit is no longer hit by an outage of the place where it was.
  mutating func free(_ unit: Int, from process: Int, at time: Int64) {
    units.loosen(unit, from: Int32(process))
    let facts = facts[process]
    guard facts.takesDown else { return }
    if isUnnoticed[process] { units.unnoticedCounts[unit] -= 1 }
    release(unit, after: facts)
    followClocks(ofUnit: unit, at: time)
    if !isWarmingUp { cameBack(unit, at: time) }
  }
}
