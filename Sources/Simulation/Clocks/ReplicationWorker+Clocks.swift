extension ReplicationWorker {
  /// The units that an outage takes down, or lets go, have changed.
  @inline(__always)
  mutating func followClocks(_ facts: ProcessFacts, at time: Int64) {
    guard facts.touchesClocks else { return }
    for place in facts.units { followClocks(ofUnit: Int(unitList[place]), at: time) }
  }

  /// Stops the operating clocks of failures that hit nothing that is up, and lets the others go on, now that a unit has gone
  /// up, down or elsewhere.
  mutating func followClocks(ofUnit unit: Int, at time: Int64) {
    guard layout.live.operating.watches(unit) else { return }
    let now = liveHours(at: time)
    // Until anything has happened, units find their places.
    guard now.isFinite else { return }
    for process in layout.live.operating.processesOfUnit[unit] {
      live.setIdle(process, !hitsUnitThatIsUp(process), at: now)
    }
  }

  /// The hours that live processes are at: at a time before 0, or while they run up to it, when the last of them happened.
  func liveHours(at time: Int64) -> Double {
    let hours = Ticks.hours(Double(time))
    guard isWarmingUp else { return hours }
    return time < 0 ? max(live.nowHours, hours) : live.nowHours
  }

  /// The same for several units.
  mutating func followClocks(ofUnits list: [Int32], at time: Int64) {
    guard !layout.live.operating.isEmpty else { return }
    for unit in list { followClocks(ofUnit: Int(unit), at: time) }
  }

  /// Clocks stand still from the beginning where nothing is up.
  mutating func restClocksAtFirst() {
    for process in layout.live.operating.processes where !hitsUnitThatIsUp(process) {
      live.restAtFirst(process)
    }
  }

  /// Whether a unit is up that a live process on an operating clock hits, where that is now.
  private func hitsUnitThatIsUp(_ process: Int) -> Bool {
    for unit in layout.live.operating.unitsOfProcess[process] where units.downCounts[unit] == 0 {
      return true
    }
    let number = Int(live.facts[process].number)
    for own in layout.live.operating.comersOfProcess[process]
    where units.downCounts[own.unit] == 0 && live.places.isHit(own.place, by: number) {
      return true
    }
    return false
  }
}
