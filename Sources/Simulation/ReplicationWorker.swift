internal import ServiceGraph
internal import Stochastics

/// Simulates replications one after the other.
///
/// A class, since its scratch memory is kept from one replication to the next; each worker is used by one thread
/// at a time, which is what makes it safe to hand over.
final class ReplicationWorker: @unchecked Sendable {
  private let layout: SimulationLayout
  private let plan: SimulationPlan
  private let alone: AloneStates
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

  init(layout: SimulationLayout, plan: SimulationPlan, alone: AloneStates) {
    self.layout = layout
    self.plan = plan
    self.alone = alone
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
  func run(replication: Int) {
    unroll(UInt32(truncatingIfNeeded: replication))
    sweep(UInt32(truncatingIfNeeded: replication))
    account.close(into: &tally, failovers: mover.completed)
  }

  private func unroll(_ replication: UInt32) {
    outages.removeAll(keepingCapacity: true)
    for timeline in layout.timelines {
      timeline.unroll(
        seed: plan.seed, replication: replication, start: plan.start, horizon: plan.horizonHours,
        into: &outages)
    }
    sorter.sort(&outages, horizon: layout.horizon)
  }

  /// Goes through the outages in time; the structure function is evaluated only where they overlap.
  private func sweep(_ replication: UInt32) {
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

  private func reset(_ replication: UInt32) {
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

  private func begin(_ outage: OutageInterval) {
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

  private func hold(_ process: Int, at time: Int64) {
    for place in layout.units(of: process) {
      let unit = Int(layout.unitList[place])
      units.downCounts[unit] += 1
      if isUnnoticed[process] { units.unnoticedCounts[unit] += 1 }
      if units.downCounts[unit] == 1, units.roles[unit] >= 0 {
        mover.unitWentDown(unit, at: time, cause: layout.causes[process], units: units, events: &events)
      }
    }
  }

  private func apply(_ event: PendingEvent) {
    switch event.kind {
    case .end: end(Int(event.subject), at: event.time)
    case .noticed: notice(Int(event.subject))
    case .move:
      if mover.move(event, units: &units) { trigger = mover.causes[Int(event.subject)] }
    }
  }

  private func end(_ process: Int, at time: Int64) {
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
  private func release(_ process: Int) {
    guard layout.takesDown[process] else { return }
    notice(process)
    for place in layout.units(of: process) { units.downCounts[Int(layout.unitList[place])] -= 1 }
  }

  private func notice(_ process: Int) {
    guard isUnnoticed[process] else { return }
    isUnnoticed[process] = false
    for place in layout.units(of: process) { units.unnoticedCounts[Int(layout.unitList[place])] -= 1 }
  }

  // MARK: State

  private func update(at time: Int64) {
    current = state()
    switch current {
    case .perfect: account.nothingDown()
    case .alone(let index): account.note(alone.states[index], at: time, trigger: trigger)
    case .mixed: account.note(mixed, at: time, trigger: trigger)
    }
  }

  private func state() -> Current {
    if units.active.isEmpty { return .perfect }
    if units.active.count == 1 {
      let process = Int(units.active[0])
      if !layout.touchesMovingRole[process] {
        let index = alone.index(of: process, isUnnoticed: isUnnoticed[process])
        return index < 0 ? .perfect : .alone(index)
      }
    }
    evaluator.evaluate(units, into: &mixed)
    return mixed.isPerfect ? .perfect : .mixed
  }

  private func charge(from start: Int64, to end: Int64) {
    switch current {
    case .perfect: break
    case .alone(let index): account.charge(alone.states[index], from: start, to: end, tally: &tally)
    case .mixed: account.charge(mixed, from: start, to: end, tally: &tally)
    }
  }
}

/// What each outage does when it is the only one, worked out once.
struct AloneStates: Sendable {
  /// The states that are not perfect.
  private(set) var states: [ServiceState] = []
  /// For each process, noticed and unnoticed: the state's index, or −1 when everything is fully served.
  private var indices: [Int32] = []

  init(layout: SimulationLayout) {
    var evaluator = ServiceStateEvaluator(layout: layout)
    let zeros = [Int32](repeating: 0, count: layout.graph.unitNames.count)
    for process in layout.graph.processes.indices {
      for isUnnoticed in [false, true] {
        var units = UnitStates(downCounts: zeros, unnoticedCounts: zeros, roles: layout.startRole)
        units.active = [Int32(process)]
        for place in layout.units(of: process) where layout.takesDown[process] {
          units.downCounts[Int(layout.unitList[place])] += 1
          if isUnnoticed { units.unnoticedCounts[Int(layout.unitList[place])] += 1 }
        }
        var state = ServiceState(capabilities: layout.graph.capabilities.count)
        evaluator.evaluate(units, into: &state)
        indices.append(state.isPerfect ? -1 : Int32(states.count))
        if !state.isPerfect { states.append(state) }
      }
    }
  }

  @inline(__always)
  func index(of process: Int, isUnnoticed: Bool) -> Int { Int(indices[2 * process + (isUnnoticed ? 1 : 0)]) }
}
