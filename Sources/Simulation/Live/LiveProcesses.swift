internal import Recovery
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// The processes whose next failure or repair depends on what others do, in a replication.
///
/// Each has one clock. While the process is up, it holds its age still to come and runs at the rate of the unit's load.
/// In an outage it holds the rest of the phase under way. A phase ends when the clock runs out, or when what it waits
/// for comes true. What happens to units stands in the log, for the event loop to apply.
struct LiveProcesses: ~Copyable {
  let layout: LiveLayout
  let facts: FixedArray<LiveFacts>
  let steps: FixedArray<OutagePhase>
  let clocks: LiveClocks
  /// The phase of the outage under way, or −1 for a process that is up.
  let phases: FixedArray<Int32>
  /// When the last outage of the process ended, in hours; −∞ before one has.
  private let endHours: FixedArray<Double>
  /// Whether the crew has left the repair.
  let isPaused: FixedArray<Bool>
  /// Whether the process has an operating clock and hits nothing that is up.
  private let isIdle: FixedArray<Bool>
  var streams: [RandomStream]
  private var crews: [CrewQueue]
  var pools: [SparePool]
  /// Which detectors can see, and how far each watched outage is from being noticed.
  var sight: Sight
  var watching: [WatchState]
  /// What its outages lose, and the end of the horizon.
  var losses: LiveLosses
  private var horizonHours = 0.0
  /// What has happened and has not been applied yet.
  var log: LiveLog
  /// Where units are that leave their nodes.
  var places: UnitPlaces
  /// When the latest thing happened; −∞ before anything has.
  private(set) var nowHours = -Double.infinity

  init(_ layout: LiveLayout, wantsReasons: Bool) {
    self.layout = layout
    losses = LiveLosses(layout.losses)
    log = LiveLog(wantsReasons: wantsReasons)
    let count = layout.processes.count
    facts = FixedArray(layout.facts)
    steps = FixedArray(layout.phases)
    clocks = LiveClocks(count: layout.clockCount)
    phases = FixedArray(repeating: -1, count: count)
    endHours = FixedArray(repeating: -.infinity, count: count)
    isPaused = FixedArray(repeating: false, count: count)
    isIdle = FixedArray(repeating: false, count: count)
    places = UnitPlaces(layout.places)
    streams = layout.processes.map { RandomStream(seed: 0, process: $0.key, replication: 0) }
    crews = layout.crews.map { CrewQueue($0) }
    pools = layout.pools.map { SparePool($0) }
    sight = Sight(layout.watches.sight)
    watching = [WatchState](repeating: .none, count: sight.isEmpty ? 0 : count)
  }

  /// When the next thing happens, in hours; ∞ for never.
  var nextHours: Double { clocks.nextHours }

  /// The same in ticks; before time 0 it is not asked for.
  var nextTime: Int64 { Ticks.from(hours: nextHours) }

  // MARK: Start

  /// Starts a replication with everything up: new at time 0, or before it by the warm-up.
  mutating func begin(plan: SimulationPlan, replication: UInt32) {
    log.removeAll()
    nowHours = -.infinity
    clocks.reset()
    phases.fill(with: -1)
    endHours.fill(with: -.infinity)
    isPaused.fill(with: false)
    isIdle.fill(with: false)
    places.begin()
    losses.begin(seed: plan.seed, replication: replication)
    horizonHours = plan.horizonHours
    for crew in crews.indices { crews[crew].begin(seed: plan.seed, replication: replication) }
    for pool in pools.indices {
      pools[pool].begin(seed: plan.seed, replication: replication, log: &log)
    }
    sight.begin()
    for process in layout.processes.indices {
      let own = layout.processes[process]
      streams[process] = RandomStream(seed: plan.seed, process: own.key, replication: replication)
      let isNew = plan.start == .new || own.uptime is Exponential
      let age =
        isNew
        ? own.uptime.sample(using: &streams[process]) : own.uptime.residualSample(using: &streams[process])
      let start = plan.start == .new ? 0 : -own.warmUpHours
      clocks.set(
        process, hours: own.calendarHours(age, from: start), rate: rate(of: process), at: start, isEnd: false)
    }
  }

  /// The rate at which a process that is up ages.
  func rate(of process: Int) -> Double {
    let own = facts[process]
    if isIdle[process] { return 0 }
    return own.pool < 0 ? 1 : pools[Int(own.pool)].rate(ofUnit: Int(own.unit))
  }

  /// Stops the operating clock of a process that hits nothing that is up, or lets it go on.
  func setIdle(_ process: Int, _ isStill: Bool, at now: Double) {
    isIdle[process] = isStill
    if phases[process] < 0 { clocks.setRate(process, rate(of: process), at: now, isEnd: false) }
  }

  /// The same for one that has not begun to age.
  func restAtFirst(_ process: Int) {
    isIdle[process] = true
    clocks.hold(process)
  }

  // MARK: Events

  /// Lets the next thing happen.
  mutating func advance() {
    let (clock, now) = (clocks.next, clocks.nextHours)
    nowHours = now
    if clock >= layout.places.firstClock {
      endWait(clock, at: now)
    } else if clock >= facts.count {
      endTakeover(clock, at: now)
    } else if phases[clock] < 0 {
      fail(clock, at: now)
    } else {
      phases[clock] += 1
      goOn(with: clock, at: now)
    }
  }

  private mutating func fail(_ process: Int, at now: Double) {
    let own = facts[process]
    let (pool, unit) = (Int(own.pool), Int(own.unit))
    let wasWorking = pool < 0 || pools[pool].isWorking(unit)
    phases[process] = own.firstPhase
    losses.fail(process, at: now)
    if isUpWithinTick(process, at: now) { log.append(.wasUpWithinTick) }
    hitPlaces(of: own.number, at: now)
    log.append(.began(process: own.number, wasWorking: wasWorking))
    if pool >= 0 {
      let takeover = pools[pool].fail(unit, process: own.number, at: now, log: &log)
      if let takeover {
        clocks.set(takeover.clock, hours: takeover.hours, rate: 1, at: now, isEnd: true)
      }
      setRates(ofPool: pool, at: now)
    }
    goOn(with: process, at: now)
  }

  /// Whether the last outage of a process that fails now ended in the same tick, after time 0.
  @inline(__always)
  private func isUpWithinTick(_ process: Int, at now: Double) -> Bool {
    let last = endHours[process]
    return now - last < Ticks.hours(1) && last > 0 && Ticks.from(hours: last) == Ticks.from(hours: now)
  }

  private mutating func endTakeover(_ clock: Int, at now: Double) {
    let pool = layout.poolOfClock[clock - facts.count]
    clocks.set(clock, hours: 0, rate: 0, at: now, isEnd: true)
    pools[pool].endTakeover(clock: clock, log: &log)
    setRates(ofPool: pool, at: now)
  }

  func setRates(ofPool pool: Int, at now: Double) {
    for (unit, processes) in layout.pools[pool].processesOfUnit.enumerated() {
      let rate = pools[pool].rate(ofUnit: unit)
      for process in processes where phases[process] < 0 {
        clocks.setRate(process, rate, at: now, isEnd: false)
      }
    }
  }

  // MARK: Outages

  /// Goes through the phases of an outage until one takes time or waits; a repair that ends lets the next begin.
  private mutating func goOn(with process: Int, at now: Double) {
    var next: Int? = process
    while let current = next {
      next = nil
      if isPaused[current] {
        isPaused[current] = false
        noteRepair(of: current, .continues)
        clocks.setRate(current, 1, at: now, isEnd: true)
      } else if passes(current, at: now) {
        next = end(current, at: now)
      }
    }
  }

  /// Whether an outage has come to its end.
  private mutating func passes(_ process: Int, at now: Double) -> Bool {
    let own = facts[process]
    while phases[process] < own.endOfPhases {
      switch steps[Int(phases[process])] {
      case .lasts(let duration):
        let hours = layout.durations[duration].sample(&streams[process])
        clocks.set(process, hours: hours, rate: 1, at: now, isEnd: true)
        if hours > 0 { return false }
      case .noticed:
        losses.notice(process, at: now)
        log.append(.noticed(process: own.number))
      case .crew: guard isBegun(process, at: now) else { return false }
      case .watched(let watch):
        if !layout.watches.watches[watch].isAlert, !sight.isClear[layout.watches.watches[watch].sight] {
          log.note(.response(process: Int(own.number), .detectorIsBlind))
        }
        guard isNoticedAtOnce(process, by: layout.watches.watches[watch], at: now) else { return false }
      case .restores:
        let hours = losses.restore(process, at: now)
        clocks.set(process, hours: hours, rate: 1, at: now, isEnd: true)
        if hours > 0 { return false }
      case .responds(let tier):
        let hours = layout.watches.tiers[tier].sample(atHour: now, using: &streams[process])
        if hours > 0 { log.note(.response(process: Int(own.number), .comesAfter(hours: hours))) }
        clocks.set(process, hours: hours, rate: 1, at: now, isEnd: true)
        if hours > 0 { return false }
      }
      phases[process] += 1
    }
    return true
  }

  /// Whether a crew begins a repair at once; the one that it leaves for it keeps the rest of its work.
  private mutating func isBegun(_ process: Int, at now: Double) -> Bool {
    switch crews[Int(facts[process].crew)].ask(process, priority: Int(facts[process].priority)) {
    case .begins:
      noteRepair(of: process, .begins(hasWaited: false))
      return true
    case .waits:
      noteRepair(of: process, .waits)
      clocks.set(process, hours: 0, rate: 0, at: now, isEnd: true)
      return false
    case .replaces(let left):
      isPaused[left] = true
      clocks.setRate(left, 0, at: now, isEnd: true)
      noteRepair(of: left, .interrupted(for: Int(facts[process].number)))
      noteRepair(of: process, .begins(hasWaited: false))
      return true
    }
  }

  /// Ends an outage.
  ///
  /// - Returns: the process whose repair its crew begins or takes up again.
  private mutating func end(_ process: Int, at now: Double) -> Int? {
    let own = facts[process]
    phases[process] = -1
    endHours[process] = now
    losses.end(process, at: now, horizonHours: horizonHours)
    freePlaces(of: own.number, at: now)
    log.append(.ended(process: own.number))
    leaveForFreeNodes(at: now)
    let age = layout.uptimes[process].sample(&streams[process])
    if own.pool >= 0 {
      if pools[Int(own.pool)].isWorkedOn(Int(own.unit)) {
        // It comes back once the work on it ends.
      } else if let needless = pools[Int(own.pool)].comeBack(Int(own.unit), log: &log) {
        clocks.set(needless, hours: 0, rate: 0, at: now, isEnd: true)
      }
      clocks.set(process, hours: age, rate: 0, at: now, isEnd: false)
      setRates(ofPool: Int(own.pool), at: now)
    } else {
      clocks.set(
        process, hours: layout.processes[process].calendarHours(age, from: now), rate: rate(of: process),
        at: now, isEnd: false)
    }
    return own.crew < 0 ? nil : release(own, process)
  }

  /// Frees the crew of an outage that has ended; the next that has waited for it begins its repair.
  private mutating func release(_ own: LiveFacts, _ process: Int) -> Int? {
    guard let next = crews[Int(own.crew)].finish(process) else { return nil }
    if !isPaused[next] {
      phases[next] += 1
      noteRepair(of: next, .begins(hasWaited: true))
    }
    return next
  }
}
