extension ReplicationWorker {
  /// Whether all is fully served while nothing has failed and the spares stand by.
  mutating func isPerfectWithSparesAside() -> Bool {
    guard !layout.live.isEmpty else { return isPerfectWithAllUp() }
    live.begin(plan: plan, replication: 0)
    applyLiveChanges()
    evaluator.evaluate(units, starts, into: &mixed)
    return mixed.isPerfect
  }

  /// Whether as much can be served while every unit is up as is asked for. What follows the demand is looked at anyway.
  private mutating func isPerfectWithAllUp() -> Bool {
    guard !followsDemand else { return true }
    evaluator.evaluate(units, starts, into: &mixed)
    return mixed.isPerfect
  }

  /// Starts the live processes, and lets them run up to time 0 where the simulation begins in the long run; whatever
  /// takes the service down meanwhile is the first cause of what is down at 0.
  mutating func beginLive(_ replication: UInt32) {
    guard !layout.live.isEmpty || seatsUnits else {
      if !isPerfectWhenUp { lackFromStart() }
      return
    }
    live.begin(plan: plan, replication: replication)
    applyLiveChanges()
    isWarmingUp = true
    if seatsUnits { seatUnits() }
    restUnitsAside()
    setSparesAside()
    restClocksAtFirst()
    if !isPerfectWhenUp { update(at: 0) }
    isWarmingUp = true
    while true {
      let next = live.nextHours < 0 ? Ticks.beforeTime0(hours: live.nextHours) : 0
      if playsPastBesideLive, playPast(before: next) { continue }
      guard live.nextHours < 0 else { break }
      live.advance()
      let now = Ticks.beforeTime0(hours: live.nowHours)
      applyLiveChanges()
      if followsDemand, !demand.layout.spareSlots.isEmpty {
        followSpares(atHours: live.nowHours)
        applyLiveChanges()
      }
      if !starts.waiting.isEmpty { startUnits(at: now) }
      if playsPastBesideLive { beginPlannedBeforeTime0(at: now) }
      if movesRolesBesideLive, mover.unseen > 0 { mover.look(at: now, units, events: &events) }
      updateBeforeTime0(at: 0)
      if !layout.live.watches.sight.alerts.isEmpty { followAlertsBeforeTime0() }
    }
    if playsPastBesideLive {
      closePast()
      takeDownForStarts()
    }
    isWarmingUp = false
    settleRoles()
    tellOfOutagesUnderWay()
    liveTime = live.nextTime
    isWarmingUp = false
    if !layout.edges.isEmpty { update(at: 0) }
  }

  /// Begins with more asked for than all units can do. What is down at 0 is noted with what took it down.
  private mutating func lackFromStart() {
    current = state()
    tellState(at: 0)
  }

  /// Roles whose holders are down at time 0 have moved before, where their moves work; or go on, where they were followed.
  private mutating func settleRoles() {
    var isSeen: Set<Int32> = []
    for process in units.active where facts[Int(process)].touchesMovingRole && facts[Int(process)].takesDown {
      for place in facts[Int(process)].units where isSeen.insert(unitList[place]).inserted {
        startMove(ofUnit: Int(unitList[place]), facts[Int(process)], at: 0)
      }
      for bond in units.bonds where bond.process == process && isSeen.insert(bond.unit).inserted {
        startMove(ofUnit: Int(bond.unit), facts[Int(process)], at: 0)
      }
    }
    guard !isSeen.isEmpty else { return }
    if movesRolesBesideLive {
      // Something has to happen at time 0, for roles to be settled.
      insert(PendingEvent(time: 0, kind: .started, subject: 0, attempt: -1))
    } else {
      mover.settle(&units, events: &events)
    }
    update(at: 0)
  }

  /// What happened before time 0 is no part of the replication; what is under way then is. What somebody knows of already is
  /// not noticed again.
  private mutating func tellOfOutagesUnderWay() {
    let known = units.active.filter { observer.knows(of: Int($0)) }
    observer.open()
    hiddenOutages.removeAll()
    for process in units.active { tellFailed(process: Int(process), at: 0, outage: nil) }
    for process in known { tellNoticed(process: Int(process), at: 0) }
    for (unit, domain) in live.places.away {
      observer.note(.rescheduled(unit: Int(unit), domain: domain, afterHours: nil), at: 0)
    }
    for bond in units.bonds where facts[Int(bond.process)].takesDown {
      observer.note(.carried(unit: Int(bond.unit), process: Int(bond.process)), at: 0)
    }
    if Observer.wantsReasons { for kind in live.standings { observer.note(kind, at: 0) } }
    if Observer.isTold { tellState(at: 0) }
  }

  /// Lets everything live happen that is due.
  mutating func advanceLive(through time: Int64) {
    while liveTime <= time {
      live.advance()
      applyLiveChanges()
      live.followSight(units.gates, at: live.nowHours)
      liveTime = live.nextTime
    }
  }

  /// Detectors see, or not, by what there is now of what they need: it may have failed, be worked on, not be there.
  mutating func followSight(at time: Int64) {
    live.followSight(units.gates, at: liveHours(at: time))
    if !isWarmingUp { liveTime = live.nextTime }
  }

  mutating func applyLiveChanges() {
    for (place, change) in live.log.changes.enumerated() {
      tellOfLive(before: place)
      switch change {
      case .wasUpWithinTick: lookWithinTick(at: liveTime)
      case .began(let process, let wasWorking): beginLiveOutage(process, wasWorking: wasWorking)
      case .noticed(let process):
        tellNoticed(process: Int(process), at: liveTime)
        notice(Int(process))
      case .ended(let process): end(Int(process), at: liveTime)
      case .standsBy(let unit): units.hold(Int(unit))
      case .leavesStandby(let unit): units.release(Int(unit))
      case .binds(let unit, let process): units.bind(unit, to: process)
      case .frees(let unit, let process): free(Int(unit), from: Int(process), at: liveTime)
      case .comes(let unit):
        demand.comes(unit, at: liveTime, isBeforeTime0: isWarmingUp, units, &events)
        followClocks(ofUnit: Int(layout.live.places.units[unit].unit), at: liveTime)
      case .leaves(let unit, let domain, let hours):
        followClocks(ofUnit: Int(unit), at: liveTime)
        observer.note(
          .rescheduled(unit: Int(unit), domain: Int(domain), afterHours: hours), at: liveTime)
      }
    }
    tellOfLive(before: live.log.changes.count)
    live.log.removeAll()
  }

  /// No requests go to a unit that stood by, so its failure need not be noticed.
  private mutating func beginLiveOutage(_ process: Int32, wasWorking: Bool) {
    let facts = facts[Int(process)]
    units.beginOutage(of: process)
    tellFailed(process: Int(process), at: liveTime, outage: nil)
    trigger = facts.origin
    guard facts.takesDown else { return }
    let goesUnnoticed = facts.tracksNotice && wasWorking
    if goesUnnoticed { isUnnoticed[Int(process)] = true }
    hold(facts, isUnnoticed: goesUnnoticed)
    holdComers(of: Int(process), isUnnoticed: goesUnnoticed, at: liveTime)
    interruptStarts(facts)
    followClocks(facts, at: liveTime)
    guard facts.touchesMovingRole else { return }
    if isWarmingUp {
      if movesRolesBesideLive { moveRolesBeforeTime0(facts) }
    } else {
      moveRoles(facts, at: liveTime)
      moveRolesOfComers(of: Int(process), at: liveTime)
    }
  }
}
