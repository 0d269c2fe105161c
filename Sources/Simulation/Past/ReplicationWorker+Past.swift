internal import ServiceGraph
internal import Stochastics

extension ReplicationWorker {
  /// Lets roles move and units start through the outages and the planned work before time 0, so that they are where the long
  /// run has them; moves and starts under way then go on.
  mutating func beginPast(_ replication: UInt32) {
    past = PastSchedule()
    guard let own = layout.past else { return }
    var outages: [PastOutage] = []
    for process in layout.timelines.processes {
      let number = Int(process.number)
      guard let key = own.keys[number] else { continue }
      layout.timelines.appendPast(
        of: process, key, since: own.hours[number], onlyLatest: own.onlyLatest[number],
        replication: replication, to: &outages)
    }
    past = PastSchedule(outages)
    guard !playsPastBesideLive else { return }
    while playPast(before: 0) {}
    closePast()
  }

  /// Whether the past is played while live processes run before time 0.
  var playsPastBesideLive: Bool { layout.past?.isPlayedBesideLive == true }

  /// Whether roles move while live processes run before time 0.
  var movesRolesBesideLive: Bool { playsPastBesideLive && layout.past?.movesRoles == true }

  /// Lets the next thing happen before a time that is not after 0.
  ///
  /// - Returns: whether there was any.
  mutating func playPast(before limit: Int64) -> Bool {
    let due = min(past.nextTime, events.nextTime)
    let now = min(due, planned.nextTimeBefore0)
    guard now < limit else { return false }
    if due > now {
      endPlannedBeforeTime0(at: now)
    } else {
      switch past.next(at: now, eventIsDue: events.nextTime == now) {
      case .begins(let outage): beginPast(outage)
      case .ends(let outage): endPast(outage)
      case nil: applyBeforeTime0(events.removeFirst())
      }
    }
    if !starts.waiting.isEmpty { startUnits(at: now) }
    beginPlannedBeforeTime0(at: now)
    if mover.unseen > 0 { mover.look(at: now, units, events: &events) }
    if isWarmingUp { updateBeforeTime0(at: now) }
    return true
  }

  /// Time 0 is reached: what is under way begins there anew.
  mutating func closePast() {
    guard let own = layout.past else { return }
    if own.movesRoles { mover.carryOver(units) }
    for outage in past.underWayAtTime0 + plannedBeforeTime0 {
      let hasStarts = touchesStarts(outage)
      for unit in units(of: outage) {
        if hasStarts { starts.letGo(Int(unit)) }
        units.release(Int(unit))
      }
    }
    past = PastSchedule()
  }

  /// Follows the state of the service while live processes run before time 0; outages of others are no part of it.
  mutating func updateBeforeTime0(at time: Int64) {
    if !past.isUnderWay, plannedBeforeTime0.isEmpty { return update(at: time) }
    if !layout.live.watches.sight.places.isEmpty { followSight(at: time) }
  }

  /// The units that it held down.
  private func units(of outage: PastOutage) -> [Int32] {
    switch outage.cause {
    case .process(let process): facts[Int(process)].units.map { unitList[$0] }
    case .work(let work, let wave): layout.planned.works[work].waves[wave].units
    }
  }

  private func origin(of outage: PastOutage) -> Int32 {
    switch outage.cause {
    case .process(let process): facts[Int(process)].origin
    case .work(let work, let wave): layout.planned.works[work].waves[wave].origin
    }
  }

  /// Whether units that it took down have to start after it.
  private func touchesStarts(_ outage: PastOutage) -> Bool {
    switch outage.cause {
    case .process(let process): facts[Int(process)].touchesStarts
    case .work: !layout.starts.isEmpty
    }
  }

  mutating func beginPast(_ outage: PastOutage) {
    let list = units(of: outage)
    for unit in list { units.hold(Int(unit)) }
    if layout.past?.movesRoles == true {
      moveRolesBeforeTime0(list, at: outage.start, origin: origin(of: outage), isNoticed: outage.isWork)
    }
    if touchesStarts(outage) {
      for unit in list where starts.goDown(Int(unit)) { units.release(Int(unit)) }
    }
    followClocks(ofUnits: list, at: outage.start)
    if outage.isWork { tellSparesBeforeTime0(list, areDown: true, at: outage.start) }
  }

  /// Starts to move the roles of units that have gone down before time 0.
  private mutating func moveRolesBeforeTime0(
    _ list: [Int32], at time: Int64, origin: Int32, isNoticed: Bool
  ) {
    for unit in list where units.downCounts[Int(unit)] == 1 && units.roles[Int(unit)] >= 0 {
      mover.unitWentDown(
        Int(unit), at: time, origin: origin, isNoticed: isNoticed, units: units, events: &events)
    }
  }

  /// The same for an outage of a live process.
  mutating func moveRolesBeforeTime0(_ facts: ProcessFacts) {
    moveRolesBeforeTime0(
      facts.units.map { unitList[$0] }, at: Ticks.beforeTime0(hours: live.nowHours), origin: facts.origin,
      isNoticed: false)
  }

  mutating func endPast(_ outage: PastOutage) {
    let list = units(of: outage)
    let hasStarts = touchesStarts(outage)
    if hasStarts { trigger = origin(of: outage) }
    for unit in list where !hasStarts || !starts.comeBack(Int(unit), origin: origin(of: outage)) {
      units.release(Int(unit))
    }
    followClocks(ofUnits: list, at: outage.end)
    if outage.isWork { tellSparesBeforeTime0(list, areDown: false, at: outage.end) }
    for unit in list { cameBackBeforeTime0(Int(unit), at: outage.end) }
  }

  private mutating func applyBeforeTime0(_ event: PendingEvent) {
    if event.kind == .move {
      _ = mover.move(event, units: &units, events: &events)
    } else if event.kind == .started, starts.isCurrent(event) {
      finishStart(Int(event.subject), at: event.time)
    }
  }

  /// Units are up again while live processes run before time 0.
  mutating func cameBackBeforeTime0(_ facts: ProcessFacts) {
    guard movesRolesBesideLive else { return }
    let now = Ticks.beforeTime0(hours: live.nowHours)
    for place in facts.units { cameBackBeforeTime0(Int(unitList[place]), at: now) }
  }

  /// A unit is up again before time 0, where nothing is told and nothing lost.
  mutating func cameBackBeforeTime0(_ unit: Int, at time: Int64) {
    guard units.downCounts[unit] == 0, units.roles[unit] >= 0 else { return }
    mover.unitCameBack(unit, at: time, units: units, events: &events)
  }
}
