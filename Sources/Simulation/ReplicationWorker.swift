internal import ServiceGraph
internal import Stochastics

/// Simulates replications one after the other, keeping its scratch memory from one to the next.
struct ReplicationWorker<Observer: ReplicationObserver>: ~Copyable {
  let layout: SimulationLayout
  let plan: SimulationPlan
  var alone: AloneStates
  /// What several outages do together, and those that are looked at now.
  var together = SetStates()
  var underWay = OutageSet()
  var tally: Tally
  /// Who is told what happens.
  var observer: Observer

  var outages = OutageList()
  var ends = OutageEnds()
  private var made: StreamDraws
  private var losses: DataLossAccount
  private var moveLosses: MoveLosses
  private var harmless: HarmlessOutages
  private var sorter = OutageSorter()
  var events = EventHeap()
  var units: UnitStates
  let isUnnoticed: FixedArray<Bool>
  let facts: FixedArray<ProcessFacts>
  let unitList: FixedArray<Int32>
  var mover: RoleMover
  var evaluator: ServiceStateEvaluator
  var mixed: ServiceState
  var current = Current.perfect
  var queues: QueueDriver
  var account: ReplicationAccount
  /// The origin of the latest change.
  var trigger: Int32 = 0
  /// What depends on the state, and when something happens to it next.
  var live: LiveProcesses
  var liveTime: Int64 = .max
  /// The policies of dependencies, when something happens to them next, and whether nothing is left of any outage.
  var edges: EdgeMachines
  var edgeTime: Int64 = .max
  var edgesAreQuiet = true
  /// Whether what happens lies before time 0, where policies are not played.
  var isWarmingUp = false
  /// Units that are repaired and have not started yet.
  var starts: UnitStarts
  /// What is left of the outages before time 0 that decide how it begins.
  var past = PastSchedule()
  /// Work on purpose, and when something happens to it next.
  var planned: PlannedSchedule
  var plannedTime: Int64 = .max
  /// Whether a wave of it waits for what units do.
  var workAwaitsUnits = false
  /// What is asked, which units run for it, when that changes next, and whether anything follows it.
  var demand: DemandState
  var demandTime: Int64 = .max
  let followsDemand: Bool
  /// Whether anybody asks how long requests take.
  let followsLatency: Bool
  /// How many units of each load an observer has been told of, and the outages that it has not been told of.
  var told: [Int] = []
  /// The nodes of each pool that it has been told were ordered, and those that run.
  var toldNodes: (ordered: [Int64], running: [Int]) = ([], [])
  var hiddenOutages: Set<Int32> = []
  /// Whether nothing but the outages in the list ever decides what happens, and nobody is told of it.
  let isSettledThroughout: Bool
  /// How many instants of all replications the event loop has stopped at; what it passes by does not count.
  private(set) var instants = 0
  /// Whether all is fully served while nothing is down; spares may be asked for more than they can do.
  private(set) var isPerfectWhenUp = true

  /// Where the state of the service stands.
  enum Current: Equatable {
    case perfect
    /// Only one outage is under way, and what it does alone is known.
    case alone(Int)
    /// Several are, and what they do together is known.
    case together(Int)
    /// Evaluated for this instant.
    case mixed
  }

  init(layout: SimulationLayout, plan: SimulationPlan, observer: Observer) {
    self.layout = layout
    self.plan = plan
    alone = AloneStates(layout: layout)
    made = StreamDraws(layout.timelines.blocks, layout.timelines.cycles)
    tally = Tally(layout: layout)
    losses = DataLossAccount(layout.losses)
    moveLosses = MoveLosses(layout.losses)
    self.observer = observer
    units = UnitStates(layout: layout)
    unitList = FixedArray(layout.unitList)
    facts = FixedArray(layout.graph.processes.indices.map { ProcessFacts($0, layout: layout) })
    harmless = HarmlessOutages(layout, facts)
    isUnnoticed = FixedArray(repeating: false, count: layout.graph.processes.count)
    mover = RoleMover(layout: layout)
    let slowAnswers = SlowAnswers(layout.edges)
    evaluator = ServiceStateEvaluator(layout: layout, slowAnswers)
    mixed = ServiceState(capabilities: layout.graph.capabilities.count)
    account = ReplicationAccount(layout: layout)
    live = LiveProcesses(layout.live, wantsReasons: Observer.wantsReasons)
    queues = QueueDriver(layout: layout.queues)
    edges = EdgeMachines(layout.edges, slowAnswers)
    starts = UnitStarts(layout.starts)
    planned = PlannedSchedule(layout.planned, layout.past)
    demand = DemandState(layout.demand)
    followsDemand = !layout.demand.isEmpty
    followsLatency = !layout.latency.isEmpty && !layout.edges.isEmpty
    isSettledThroughout = !Observer.isTold && layout.isSettledThroughout
    isPerfectWhenUp = isPerfectWithSparesAside()
  }

  /// Simulates one replication and adds it to the tally.
  mutating func run(replication: Int) {
    unroll(UInt32(truncatingIfNeeded: replication))
    sweep(UInt32(truncatingIfNeeded: replication), withPast: true)
    account.close(into: &tally, failovers: mover.completed, replication: replication)
    tally.planned.addUnplannedMoves(mover.completedUnplanned)
    for incident in live.incidents(horizonHours: plan.horizonHours) {
      losses.add(
        lossHours: incident.lossHours, recoveryHours: incident.recoveryHours, failure: incident.failure)
    }
    losses.close()
    planned.close(at: layout.horizon, into: &tally.planned)
    queues.close(at: layout.horizon, into: &tally.queues)
    if !layout.edges.isEmpty { edges.close(atHours: plan.horizonHours, into: &tally.edges, &tally.alerts) }
    if followsDemand { closeDemand() }
    if followsLatency { closeLatency() }
  }

  /// What all replications add up to, losses of data included.
  var totals: Tally {
    var totals = tally
    account.addLateOutages(to: &totals)
    totals.merge(losses.tallies)
    return totals
  }

  /// What one capability lacked in the last replication.
  func totals(ofCapability index: Int) -> ReplicationTotals { account.totals(ofCapability: index) }

  /// What being without a capability cost in the last replication.
  func cost(_ price: DowntimePricing) -> ReplicationCost { account.cost(price) }

  /// What being without a capability cost in each complete month of the last replication.
  func monthlyCosts(_ price: DowntimePricing) -> [ReplicationCost] {
    account.monthlyCosts(price, ends: price.months.map { layout.windows[$0].ends } ?? [])
  }

  /// How many windows of a plan were missed in the last replication.
  func windowsMissed(_ window: Int) -> Int64 { account.windowsMissed(window) }

  /// Goes through outages that somebody else has made.
  mutating func run(replication: Int, outages made: inout OutageList) {
    swap(&outages, &made)
    self.made.cycles.removeAll()
    sorter.sort(&outages, and: self.made.cycles, horizon: layout.horizon)
    sweep(UInt32(truncatingIfNeeded: replication))
  }

  private mutating func unroll(_ replication: UInt32) {
    outages.removeAll()
    layout.timelines.unroll(replication: replication, into: &outages, &made, losses: &losses)
    if !harmless.isIdle, !Observer.isTold { harmless.leaveOut(from: &outages, and: &made.cycles) }
    sorter.sort(&outages, and: made.cycles, horizon: layout.horizon)
  }

  /// Goes through the outages in time; the structure function is evaluated only where they overlap.
  private mutating func sweep(_ replication: UInt32, withPast: Bool = false) {
    begin(replication, withPast: withPast)
    var next = 0
    var last: Int64 = 0
    while true {
      if isAtRest {
        passSettledOutages(&next)
        if passCrowd(&next, &last) { continue }
      }
      let start = next < outages.count ? outages[next].start : .max
      if !layout.live.operating.isEmpty { liveTime = live.nextTime }
      let now = min(min(start, plannedTime, demandTime), events.nextTime, liveTime, edgeTime)
      tellOfQueues(until: min(now, layout.horizon))
      guard now < layout.horizon else { break }
      instants += 1
      if current != .perfect { charge(from: last, to: now) }
      if followsDemand { chargeDemand(from: last, to: now) }
      if followsLatency { chargeLatency(from: last, to: now) }
      last = now
      // A breaker that tries and stays open changes nothing for anybody.
      if edgeTime == now, min(start, plannedTime, demandTime, min(events.nextTime, liveTime)) > now,
        !driveEdges(at: now, unitsMayHaveChanged: false)
      {
        continue
      }
      if demandTime == now { changeDemand(at: now) }
      let isUpWithinTick =
        events.nextTime == start && start == now && anyBegins(from: next, at: now) { units.isActive($0) }
      while events.nextTime == now { apply(events.removeFirst()) }
      if liveTime == now { advanceLive(through: now) }
      if plannedTime == now { endPlanned(at: now) }
      if isUpWithinTick { update(at: now) }
      while next < outages.count, outages[next].start == now {
        begin(outages[next])
        next += 1
        // What is down from the start is down for what took it down, not for the last in the list.
        if now == 0 { update(at: 0) }
      }
      if now == 0 {
        mover.settle(&units, events: &events)
        tellOfRoles()
      }
      if !starts.waiting.isEmpty { startUnits(at: now) }
      if !layout.planned.isEmpty { beginPlanned(at: now) }
      if mover.unseen > 0 { mover.look(at: now, units, events: &events) }
      if followsDemand { weighDemand(at: now) }
      update(at: now)
      observeQueues(at: now)
    }
    if current != .perfect { charge(from: last, to: layout.horizon) }
    if followsDemand { chargeDemand(from: last, to: layout.horizon) }
    if followsLatency { chargeLatency(from: last, to: layout.horizon) }
  }

  /// What stands at time 0 of a replication.
  private mutating func begin(_ replication: UInt32, withPast: Bool) {
    reset(replication)
    planned.begin(
      seed: plan.seed, replication: replication, isNew: plan.start == .new, withPast: withPast)
    if withPast { beginPast(replication) }
    if followsDemand { beginDemand(replication) }
    beginLive(replication)
    if followsDemand {
      weighDemand(at: 0)
      update(at: 0)
    }
    beginPlanned(replication)
    beginStarts(replication)
    queues.begin()
    observeQueues(at: 0)
  }

  /// Whether nothing is under way and nothing waits, so that only outages in the list can begin something.
  @inline(__always)
  private var isAtRest: Bool {
    units.activeCount == 0 && events.isEmpty && isPerfectWhenUp && queues.isEmpty && edgesAreQuiet
      && starts.held.isEmpty && units.plannedCount == 0 && !workAwaitsUnits && !followsDemand
  }

  private mutating func reset(_ replication: UInt32) {
    observer.open()
    events.removeAll()
    for process in units.active { isUnnoticed[Int(process)] = false }
    let hasRoles = !layout.graph.movingRoles.isEmpty
    let leavesMarks =
      hasRoles || !layout.live.isEmpty || !layout.edges.isEmpty || !layout.starts.isEmpty
      || !layout.planned.isEmpty || followsDemand
    units.reset(roles: leavesMarks ? layout.startRole : [])
    starts.begin(seed: plan.seed, replication: replication)
    if hasRoles { mover.begin(seed: plan.seed, replication: replication) }
    if !moveLosses.isEmpty { moveLosses.begin(seed: plan.seed, replication: replication) }
    if !layout.edges.isEmpty { edges.begin(seed: plan.seed, replication: replication) }
    (edgeTime, edgesAreQuiet) = (.max, true)
    ends.removeAll()
    current = .perfect
    account.open()
  }

  // MARK: Events

  mutating func begin(_ outage: OutageInterval) {
    guard outage.end > outage.start else { return }
    let process = Int(outage.process)
    let facts = facts[process]
    units.beginOutage(of: outage.process)
    tellFailed(process: process, at: outage.start, outage: outage)
    trigger = facts.origin
    events.insert(PendingEvent(time: outage.end, kind: .end, subject: outage.process, attempt: 0))
    guard facts.takesDown else { return }
    let goesUnnoticed = facts.tracksNotice && outage.noticed > outage.start
    if goesUnnoticed {
      isUnnoticed[process] = true
      events.insert(PendingEvent(time: outage.noticed, kind: .noticed, subject: outage.process, attempt: 0))
    }
    hold(facts, isUnnoticed: goesUnnoticed)
    if facts.touchesMovingRole { moveRoles(facts, at: outage.start) }
    interruptStarts(facts)
    followClocks(facts, at: outage.start)
  }

  @inline(__always)
  mutating func hold(_ facts: ProcessFacts, isUnnoticed: Bool) {
    for place in facts.units {
      let unit = Int(unitList[place])
      units.hold(unit)
      if isUnnoticed { units.unnoticedCounts[unit] += 1 }
    }
  }

  /// Starts to move the roles of units that have gone down, once all that went down with them is known.
  mutating func moveRoles(_ facts: ProcessFacts, at time: Int64) {
    for place in facts.units {
      let unit = Int(unitList[place])
      if units.downCounts[unit] == 1 { startMove(ofUnit: unit, facts, at: time) }
    }
  }

  mutating func startMove(ofUnit unit: Int, _ facts: ProcessFacts, at time: Int64) {
    guard units.roles[unit] >= 0 else { return }
    if !moveLosses.isEmpty {
      moveLosses.holderFails(unit, role: Int(units.roles[unit]), process: facts.number, at: time)
    }
    mover.unitWentDown(unit, at: time, origin: facts.origin, units: units, events: &events)
    tellOfRole(heldBy: unit, at: time)
  }

  private mutating func apply(_ event: PendingEvent) {
    switch event.kind {
    case .end: end(Int(event.subject), at: event.time)
    case .noticed:
      tellNoticed(process: Int(event.subject), at: event.time)
      notice(Int(event.subject))
    case .move:
      if let move = mover.move(event, units: &units, events: &events) {
        if !moveLosses.isEmpty {
          moveLosses.end(Int(event.subject), hasMoved: true, at: event.time, in: &losses)
        }
        observer.moved(
          role: move.role, from: Int(event.subject), to: move.to, taking: move.times, at: event.time)
        trigger = mover.origins[Int(event.subject)]
      }
      if mover.isLatest(event) { tellOfRole(heldBy: Int(event.subject), at: event.time) }
    case .started: if starts.isCurrent(event) { finishStart(Int(event.subject), at: event.time) }
    case .scaledUp, .scaledDown, .overloaded, .scheduled, .nodeAdded, .nodeRemoved: followDemand(event)
    }
  }

  mutating func end(_ process: Int, at time: Int64) {
    let facts = facts[process]
    units.endOutage(of: Int32(process))
    tellRestored(process: process, at: time)
    guard facts.takesDown else { return }
    notice(process)
    for place in facts.units { release(Int(unitList[place]), after: facts) }
    followClocks(facts, at: time)
    guard facts.touchesMovingRole else { return }
    if isWarmingUp { return cameBackBeforeTime0(facts) }
    for place in facts.units { cameBack(Int(unitList[place]), at: time) }
  }

  /// A unit that is up again keeps its role, or gives one that waits for a candidate somewhere to go.
  mutating func cameBack(_ unit: Int, at time: Int64) {
    guard units.downCounts[unit] == 0, units.roles[unit] >= 0 else { return }
    if !moveLosses.isEmpty { moveLosses.end(unit, hasMoved: false, at: time, in: &losses) }
    mover.unitCameBack(unit, at: time, units: units, events: &events)
  }

  mutating func insert(_ event: PendingEvent) { events.insert(event) }

  mutating func notice(_ process: Int) {
    guard isUnnoticed[process] else { return }
    isUnnoticed[process] = false
    for place in facts[process].units { units.unnoticedCounts[Int(unitList[place])] -= 1 }
    noticeComers(of: process)
  }

  // MARK: State

  @inline(__always)
  private mutating func observeQueues(at time: Int64) {
    guard !queues.isEmpty else { return }
    queues.observe(at: time, units: units, evaluator: evaluator)
    tellOfQueues(at: time)
  }

  mutating func update(at time: Int64) {
    if !layout.edges.isEmpty, !isWarmingUp { driveEdges(at: time) }
    if !layout.live.watches.sight.places.isEmpty { followSight(at: time) }
    current = state()
    note(at: time)
  }

  /// Tells everybody of the current state.
  @inline(__always)
  mutating func note(at time: Int64) {
    tellState(at: time)
    switch current {
    case .perfect: account.nothingDown(at: time, tally: &tally)
    case .alone(let index): account.note(alone.states[index], at: time, trigger: trigger, tally: &tally)
    case .together(let index):
      account.note(together.states[index], at: time, trigger: trigger, tally: &tally)
    case .mixed: account.note(mixed, at: time, trigger: trigger, tally: &tally)
    }
  }

  /// Tells the observer of it.
  @inline(__always)
  mutating func tellState(at time: Int64) {
    guard Observer.isTold else { return }
    switch current {
    case .perfect: observer.servesAll(at: time)
    case .alone(let index): observer.serves(alone.states[index], at: time)
    case .together(let index): observer.serves(together.states[index], at: time)
    case .mixed: observer.serves(mixed, at: time)
    }
    tellOfLosses()
  }

  mutating func state() -> Current {
    // What units do means more or less as more or less is asked.
    let isOnlyOutages =
      edgesAreQuiet && starts.held.isEmpty && units.plannedCount == 0 && !followsDemand
    if units.activeCount == 0, isPerfectWhenUp, isOnlyOutages { return .perfect }
    if units.activeCount == 1, isOnlyOutages {
      let process = Int(units.active[0])
      if !facts[process].variesAlone {
        let index = alone.index(
          of: process, isUnnoticed: isUnnoticed[process], units: units, starts: starts, evaluator: &evaluator)
        return index < 0 ? .perfect : .alone(index)
      }
    }
    if evaluator.isPerfect(units) { return .perfect }
    evaluator.evaluate(units, starts, into: &mixed)
    return mixed.isPerfect ? .perfect : .mixed
  }

  mutating func charge(from start: Int64, to end: Int64) {
    switch current {
    case .perfect: break
    case .together(let index):
      account.charge(together.states[index], from: start, to: end)
    case .alone(let index): account.charge(alone.states[index], from: start, to: end)
    case .mixed: account.charge(mixed, from: start, to: end)
    }
  }
}

/// What the event loop asks of a process, side by side in memory.
struct ProcessFacts {
  /// The process, as an index into the graph's.
  let number: Int32
  let firstUnit: Int32
  let endOfUnits: Int32
  let origin: Int32
  let takesDown: Bool
  let tracksNotice: Bool
  let touchesMovingRole: Bool
  /// Whether what it does alone is not always the same: roles move, or spares take over.
  let variesAlone: Bool
  /// Whether units that it takes down have to start afterwards.
  let touchesStarts: Bool
  /// Whether a unit that it takes down has a failure on an operating clock.
  let touchesClocks: Bool
  /// Whether whom it hits depends on where units are.
  let hitsComers: Bool
  /// The gate that is all that it takes an input from, where that one can spare an input; else −1.
  let sparingGate: Int32

  init(_ process: Int, layout: SimulationLayout) {
    number = Int32(process)
    firstUnit = layout.unitStarts[process]
    endOfUnits = layout.unitStarts[process + 1]
    origin = layout.originOfProcess[process]
    takesDown = layout.takesDown[process]
    tracksNotice = layout.tracksNotice[process]
    touchesMovingRole = layout.touchesMovingRole[process]
    variesAlone = layout.variesAlone[process]
    touchesStarts = layout.starts.isTouched[process]
    touchesClocks = layout.touchesClocks[process]
    hitsComers = layout.live.places.reach(of: process) != nil
    let isSettled = !variesAlone && !touchesStarts && !touchesClocks && !tracksNotice
    let units = layout.unitList[layout.units(of: process)]
    let isBare = isSettled && takesDown && units.count == 1 && layout.fractions.allSatisfy(\.isTrivial)
    sparingGate = isBare ? units.first.flatMap { layout.gates.sparing(unit: Int($0)) } ?? -1 : -1
  }

  /// Whether nothing but the outages under way decides what it does: no role moves, no spare takes over, nothing has to
  /// start afterwards, no clock stands still, and it makes no difference who knows.
  var isSettled: Bool { !variesAlone && !touchesStarts && !touchesClocks && !tracksNotice }

  /// Its units, as places in the list of all.
  var units: Range<Int> { Int(firstUnit)..<Int(endOfUnits) }
}
