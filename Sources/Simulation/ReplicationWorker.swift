internal import ServiceGraph
internal import Stochastics

/// Simulates replications one after the other, keeping its scratch memory from one to the next.
struct ReplicationWorker {
  private let layout: SimulationLayout
  private let plan: SimulationPlan
  private var alone: AloneStates
  private(set) var tally: Tally

  private var outages: [OutageInterval] = []
  private var sorter = OutageSorter()
  private var events = EventHeap()
  private var units: UnitStates
  private var isUnnoticed: [Bool]
  private var mover: RoleMover
  private var evaluator: ServiceStateEvaluator
  private var mixed: ServiceState
  private var current = Current.perfect
  private var account: ReplicationAccount
  /// The cause of the latest change.
  private var trigger: Int32 = 0

  /// Where the state of the service stands.
  private enum Current: Equatable {
    case perfect
    /// Only one outage is under way, and what it does alone is known.
    case alone(Int)
    /// Evaluated for this instant.
    case mixed
  }

  init(layout: SimulationLayout, plan: SimulationPlan) {
    self.layout = layout
    self.plan = plan
    alone = AloneStates(layout: layout)
    tally = Tally(layout: layout)
    let count = layout.graph.unitNames.count
    let zeros = [Int32](repeating: 0, count: count)
    units = UnitStates(downCounts: zeros, unnoticedCounts: zeros, roles: layout.startRole)
    isUnnoticed = [Bool](repeating: false, count: layout.graph.processes.count)
    mover = RoleMover(layout: layout)
    evaluator = ServiceStateEvaluator(layout: layout)
    mixed = ServiceState(capabilities: layout.graph.capabilities.count)
    account = ReplicationAccount(layout: layout)
  }

  /// Simulates one replication and adds it to the tally.
  mutating func run(replication: Int) {
    unroll(UInt32(truncatingIfNeeded: replication))
    sweep(UInt32(truncatingIfNeeded: replication))
    account.close(into: &tally, failovers: mover.completed)
  }

  private mutating func unroll(_ replication: UInt32) {
    outages.removeAll(keepingCapacity: true)
    layout.timelines.unroll(replication: replication, into: &outages)
    sorter.sort(&outages, horizon: layout.horizon)
  }

  /// Goes through the outages in time; the structure function is evaluated only where they overlap.
  private mutating func sweep(_ replication: UInt32) {
    reset(replication)
    var next = 0
    var last: Int64 = 0
    while true {
      let start = next < outages.count ? outages[next].start : .max
      let now = min(start, events.nextTime)
      guard now < layout.horizon else { break }
      if current != .perfect { charge(from: last, to: now) }
      last = now
      while events.nextTime == now { apply(events.removeFirst()) }
      while next < outages.count, outages[next].start == now {
        begin(outages[next])
        next += 1
      }
      if now == 0 { mover.settle(&units) }
      update(at: now)
    }
    if current != .perfect { charge(from: last, to: layout.horizon) }
  }

  private mutating func reset(_ replication: UInt32) {
    events.removeAll()
    for process in units.active { release(Int(process)) }
    units.active.removeAll(keepingCapacity: true)
    if !layout.graph.movingRoles.isEmpty {
      units.roles = layout.startRole
      mover.begin(seed: plan.seed, replication: replication)
    }
    current = .perfect
    account.open()
  }

  // MARK: Events

  private mutating func begin(_ outage: OutageInterval) {
    guard outage.end > outage.start else { return }
    let process = Int(outage.process)
    units.active.append(outage.process)
    trigger = layout.causes[process]
    events.insert(PendingEvent(time: outage.end, kind: .end, subject: outage.process, attempt: 0))
    guard layout.takesDown[process] else { return }
    if layout.tracksNotice[process], outage.noticed > outage.start {
      isUnnoticed[process] = true
      events.insert(PendingEvent(time: outage.noticed, kind: .noticed, subject: outage.process, attempt: 0))
    }
    hold(process, at: outage.start)
  }

  /// Holds the units of a process down; roles hear of it once all of them are.
  private mutating func hold(_ process: Int, at time: Int64) {
    for place in layout.units(of: process) {
      let unit = Int(layout.unitList[place])
      units.downCounts[unit] += 1
      if isUnnoticed[process] { units.unnoticedCounts[unit] += 1 }
    }
    guard layout.touchesMovingRole[process] else { return }
    for place in layout.units(of: process) {
      let unit = Int(layout.unitList[place])
      if units.downCounts[unit] == 1, units.roles[unit] >= 0 {
        mover.unitWentDown(unit, at: time, cause: layout.causes[process], units: units, events: &events)
      }
    }
  }

  private mutating func apply(_ event: PendingEvent) {
    switch event.kind {
    case .end: end(Int(event.subject), at: event.time)
    case .noticed: notice(Int(event.subject))
    case .move:
      if mover.move(event, units: &units) { trigger = mover.causes[Int(event.subject)] }
    }
  }

  private mutating func end(_ process: Int, at time: Int64) {
    if let index = units.active.firstIndex(of: Int32(process)) {
      units.active.swapAt(index, units.active.count - 1)
      units.active.removeLast()
    }
    guard layout.takesDown[process] else { return }
    release(process)
    for place in layout.units(of: process) {
      let unit = Int(layout.unitList[place])
      if units.downCounts[unit] == 0, units.roles[unit] >= 0 {
        mover.unitCameBack(unit, at: time, units: units, events: &events)
      }
    }
  }

  /// Takes one outage off the counts of its units.
  private mutating func release(_ process: Int) {
    guard layout.takesDown[process] else { return }
    notice(process)
    for place in layout.units(of: process) { units.downCounts[Int(layout.unitList[place])] -= 1 }
  }

  private mutating func notice(_ process: Int) {
    guard isUnnoticed[process] else { return }
    isUnnoticed[process] = false
    for place in layout.units(of: process) { units.unnoticedCounts[Int(layout.unitList[place])] -= 1 }
  }

  // MARK: State

  private mutating func update(at time: Int64) {
    current = state()
    switch current {
    case .perfect: account.nothingDown()
    case .alone(let index): account.note(alone.states[index], at: time, trigger: trigger)
    case .mixed: account.note(mixed, at: time, trigger: trigger)
    }
  }

  private mutating func state() -> Current {
    if units.active.isEmpty { return .perfect }
    if units.active.count == 1 {
      let process = Int(units.active[0])
      if !layout.touchesMovingRole[process] {
        let index = alone.index(
          of: process, isUnnoticed: isUnnoticed[process], units: units, evaluator: &evaluator)
        return index < 0 ? .perfect : .alone(index)
      }
    }
    evaluator.evaluate(units, into: &mixed)
    return mixed.isPerfect ? .perfect : .mixed
  }

  private mutating func charge(from start: Int64, to end: Int64) {
    switch current {
    case .perfect: break
    case .alone(let index): account.charge(alone.states[index], from: start, to: end, tally: &tally)
    case .mixed: account.charge(mixed, from: start, to: end, tally: &tally)
    }
  }
}
