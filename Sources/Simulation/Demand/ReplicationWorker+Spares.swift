/// Units that stand by where autoscaling decides how many there are: one that is not there is no spare.
extension ReplicationWorker {
  /// Sets those aside that are not there when a replication begins.
  mutating func setSparesAside() {
    guard followsDemand, !demand.layout.spareSlots.isEmpty else { return }
    for slot in demand.layout.spareSlots.reversed() where !demand.slots[slot].isRunning {
      live.goAtFirst(demand.layout.slots[slot].unit)
    }
    applyLiveChanges()
  }

  /// Lets those go that are not there any more, the last ones first, and those come that are.
  mutating func followSpares(atHours now: Double) {
    for slot in demand.layout.spareSlots.reversed() where !demand.slots[slot].isRunning {
      let unit = demand.layout.slots[slot].unit
      if !live.isAway(unit) { live.go(unit, at: now) }
    }
    for slot in demand.layout.spareSlots where demand.slots[slot].isRunning {
      let unit = demand.layout.slots[slot].unit
      if live.isAway(unit) { live.come(unit, at: now) }
    }
  }
}
