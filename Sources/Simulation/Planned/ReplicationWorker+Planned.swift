internal import ServiceGraph

extension ReplicationWorker {
  /// Starts a replication's planned work; what is under way at time 0 has taken its units down.
  mutating func beginPlanned(_ replication: UInt32) {
    guard !layout.planned.isEmpty else { return }
    if layout.live.isEmpty, !layout.live.places.units.isEmpty, !seatsUnits {
      live.begin(plan: plan, replication: replication)
    }
    for work in planned.states.indices where planned.states[work].underWay >= 0 {
      drainBeforeTime0(work)
      takeDown(work, at: 0, tellsSpares: !hasToldSpares(work))
    }
    plannedTime = 0
  }

  /// Lets go of the units whose wave ends.
  mutating func endPlanned(at time: Int64) {
    for work in planned.states.indices where planned.states[work].end <= time {
      let place = planned.end(work)
      let wave = layout.planned.works[work].waves[place]
      units.endPlanned(work)
      trigger = wave.origin
      observer.note(.planned(work: work, .ends(wave: place)), at: time)
      for unit in wave.units {
        if !starts.comeBack(Int(unit), origin: wave.origin) { units.release(Int(unit)) }
      }
      followClocks(ofUnits: wave.units, at: time)
      tellSpares(wave.units, areDown: false, at: time)
      for unit in wave.units { cameBack(Int(unit), at: time) }
      reopen(work, at: time)
    }
  }

  /// Lets occasions come and waves begin, now that all else has happened at this instant.
  mutating func beginPlanned(at time: Int64) {
    for work in planned.states.indices where planned.states[work].occasion <= time {
      if planned.comes(work, at: time) { observer.note(.planned(work: work, .cutShort), at: time) }
    }
    for work in planned.states.indices {
      planned.opened(work)
      passOverUnitsAside(work)
      if planned.mayBegin(work, at: time), !isStarting(work) { beginWave(work, at: time) }
    }
    plannedTime = planned.nextTime
    workAwaitsUnits = planned.awaitsUnits
  }

  /// There is nothing to do on units and nodes that do not run.
  private mutating func passOverUnitsAside(_ work: Int) {
    guard followsDemand else { return }
    let waves = layout.planned.works[work].waves
    let isOnUnits = layout.graph.planned.works[work].isOnUnits
    while planned.states[work].wave < waves.count,
      isOnUnits
        ? waves[planned.states[work].wave].units.allSatisfy({ demand.isAside(Int($0), units) })
        : isAside(waves[planned.states[work].wave])
    {
      planned.passOver(work)
    }
  }

  /// Whether all nodes of a wave are not there.
  private func isAside(_ wave: PlannedLayout.Wave) -> Bool {
    !wave.nodes.isEmpty && wave.units.isEmpty && wave.nodes.allSatisfy { !live.places.isThere($0) }
  }

  /// Whether a unit of the last wave still has to start.
  func isStarting(_ work: Int) -> Bool {
    let next = planned.states[work].wave
    guard next > 0, !starts.held.isEmpty else { return false }
    let last = layout.planned.works[work].waves[next - 1]
    if last.units.contains(where: { starts.origins[Int($0)] >= 0 }) { return true }
    return !last.nodes.isEmpty && starts.held.contains { starts.origins[Int($0)] == last.origin }
  }

  /// Begins the next wave if every budget bears it; else it waits.
  private mutating func beginWave(_ work: Int, at time: Int64) {
    let place = planned.states[work].wave
    let wave = layout.planned.works[work].waves[place]
    let refusal = drain(work, at: time) ?? wave.budgets.first { !bears($0) }?.number
    if let refusal {
      guard planned.waits(work, at: time), refusal >= 0 else { return }
      let own = layout.planned.budgets[refusal].units
      return observer.note(
        .planned(
          work: work,
          .waits(wave: place, budget: refusal, up: upCount(of: own), running: runningCount(of: own))),
        at: time)
    }
    planned.begin(work, at: time)
    takeDown(work, at: time)
  }

  /// Whether as many units as a budget keeps are still up without those of a wave, as Kubernetes asks before it evicts.
  /// What is down already is nobody's to keep.
  func bears(_ budget: (number: Int, units: [Int32])) -> Bool {
    let taken = budget.units.count { isHealthy(Int($0)) }
    guard taken > 0 else { return true }
    let own = layout.planned.budgets[budget.number]
    return upCount(of: own.units) - taken >= own.kept(of: runningCount(of: own.units))
  }

  /// The units that autoscaling wants; all, without.
  func runningCount(of range: Range<Int>) -> Int {
    followsDemand ? range.count { !demand.isAside($0, units) } : range.count
  }

  private func upCount(of range: Range<Int>) -> Int {
    range.count { isHealthy($0) }
  }

  /// Whether a unit is up, or could be: a spare that stands by is not missed.
  private func isHealthy(_ unit: Int) -> Bool {
    let count = units.downCounts[unit]
    return count == 0 || (count == 1 && !layout.live.pools.isEmpty && live.standsBy(unit))
  }

  /// Holds the units of the wave under way down; everybody knows of it.
  private mutating func takeDown(_ work: Int, at time: Int64, tellsSpares: Bool = true) {
    let place = planned.states[work].underWay
    let lasts = Ticks.hours(Double(planned.states[work].end - time))
    observer.note(.planned(work: work, .begins(wave: place, lastsHours: lasts)), at: time)
    let wave = layout.planned.works[work].waves[place]
    units.beginPlanned(work, wave: place)
    trigger = wave.origin
    for unit in wave.units { units.hold(Int(unit)) }
    for unit in wave.units where units.roles[Int(unit)] >= 0 && units.downCounts[Int(unit)] == 1 {
      mover.unitWentDown(
        Int(unit), at: time, origin: wave.origin, isNoticed: true, units: units, events: &events)
    }
    for unit in wave.units where starts.goDown(Int(unit)) { units.release(Int(unit)) }
    followClocks(ofUnits: wave.units, at: time)
    if tellsSpares { tellSpares(wave.units, areDown: true, at: time) }
  }

  /// Spares take over from units that are worked on, and may give back what they took.
  private mutating func tellSpares(_ list: [Int32], areDown: Bool, at time: Int64) {
    guard !layout.live.pools.isEmpty else { return }
    let hours = Ticks.hours(Double(time))
    if areDown { live.beginWork(on: list, at: hours) } else { live.endWork(on: list, at: hours) }
    applyLiveChanges(at: time)
  }
}
