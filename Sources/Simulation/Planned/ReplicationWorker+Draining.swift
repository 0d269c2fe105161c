internal import ServiceGraph

/// Work on nodes that units leave: these go one by one, as their budgets bear it, and the wave begins when none is left.
extension ReplicationWorker {
  /// Closes the nodes of the next wave and lets units leave them.
  ///
  /// - Returns: the budget that keeps one there, or −1 where there is no place for one; `nil`: none is left.
  mutating func drain(_ work: Int, at time: Int64) -> Int? {
    let place = planned.states[work].wave
    let wave = layout.planned.works[work].waves[place]
    guard !wave.nodes.isEmpty else { return nil }
    if planned.cordoned[work] != place {
      reopen(work, at: time)
      planned.cordoned[work] = place
      live.cordon(wave.nodes, by: 1, at: Ticks.hours(Double(time)))
    }
    var refused: Int?
    for unit in live.places.units(on: wave.nodes) {
      let number = Int(layout.live.places.units[unit].unit)
      if let budget = budgetRefusing(number) {
        refused = budget
      } else if !evict(unit, wave.origin, at: time) {
        refused = refused ?? -1
      }
    }
    return refused
  }

  /// The budget that does not bear that a unit leaves its node; `nil`: it may.
  private func budgetRefusing(_ unit: Int) -> Int? {
    guard starts.hasStart(unit), units.downCounts[unit] == 0 else { return nil }
    return layout.planned.budgets.firstIndex { budget in
      guard budget.units.contains(unit) else { return false }
      let up = budget.units.count { units.downCounts[$0] == 0 }
      return up - 1 < budget.kept(of: runningCount(of: budget.units))
    }
  }

  /// A unit comes up on another node, once it has started there.
  private mutating func evict(_ place: Int, _ origin: Int32, at time: Int64) -> Bool {
    guard live.evict(place, at: Ticks.hours(Double(time))) else { return false }
    liveTime = time
    applyLiveChanges()
    liveTime = live.nextTime
    let unit = Int(layout.live.places.units[place].unit)
    guard starts.hasStart(unit) else { return true }
    trigger = origin
    units.hold(unit)
    if units.roles[unit] >= 0, units.downCounts[unit] == 1 {
      mover.unitWentDown(
        unit, at: time, origin: origin, isNoticed: true, units: units, events: &events)
    }
    if starts.goDown(unit) { units.release(unit) }
    if !starts.comeBack(unit, origin: origin) { units.release(unit) }
    followClocks(ofUnit: unit, at: time)
    startUnits(at: time)
    return true
  }

  /// Opens the nodes that work has closed.
  mutating func reopen(_ work: Int, at time: Int64) {
    let place = planned.cordoned[work]
    guard place >= 0 else { return }
    planned.cordoned[work] = -1
    live.cordon(layout.planned.works[work].waves[place].nodes, by: -1, at: Ticks.hours(Double(time)))
    liveTime = time
    applyLiveChanges()
    liveTime = live.nextTime
  }

  /// What is under way at time 0 has been left before.
  mutating func drainBeforeTime0(_ work: Int) {
    let place = planned.states[work].underWay
    let nodes = layout.planned.works[work].waves[place].nodes
    guard !nodes.isEmpty else { return }
    planned.cordoned[work] = place
    live.cordon(nodes, by: 1, at: 0)
    for unit in live.places.units(on: nodes) { _ = live.evict(unit, at: 0) }
    liveTime = 0
    applyLiveChanges()
    liveTime = live.nextTime
  }
}
