extension ReplicationWorker {
  /// The units that an outage takes down, or lets go, have changed.
  @inline(__always)
  mutating func followClocks(_ facts: ProcessFacts, at time: Int64) {
    guard facts.touchesClocks else { return }
    for place in facts.units { followClocks(ofUnit: Int(unitList[place]), at: time) }
  }

  /// Stops the operating clocks of failures that hit nothing that is up, and lets the others go on.
  mutating func followClocks(ofUnit unit: Int, at time: Int64) {
    guard layout.live.operating.watches(unit) else { return }
    let now = isWarmingUp ? live.nowHours : Ticks.hours(Double(time))
    for process in layout.live.operating.processesOfUnit[unit] {
      var isIdle = true
      for own in layout.live.operating.unitsOfProcess[process] where units.downCounts[own] == 0 {
        isIdle = false
        break
      }
      live.setIdle(process, isIdle, at: now)
    }
  }
}
