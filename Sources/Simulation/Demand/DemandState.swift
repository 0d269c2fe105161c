internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What is asked in a replication, which units run for it, and for how long it has been too much.
struct DemandState: ~Copyable {
  /// A unit that runs only while so many are wanted.
  struct SlotState {
    var isOrdered = false
    var isRunning = false
    var isLeaving = false
    /// Whether too much was asked while it was on its way.
    var isLate = false
    /// Whether it is on a node or waits for one.
    var isScheduled = false
    var isWaiting = false
    /// The latest order, and the latest wait before it leaves; events of older ones are void.
    var order: Int32 = 0
    var leave: Int32 = 0
  }

  /// A failure by overload.
  private struct TriggerState {
    var isPending = false
    var attempt: Int32 = 0
  }

  let layout: DemandLayout
  /// When the demand changes next.
  private(set) var nextChange: Int64 = .max
  /// What is asked of each load, in healthy units' worth.
  private(set) var asked: [Double]
  var slots: [SlotState]
  private var triggers: [TriggerState]
  private var slotStreams: [RandomStream] = []
  private var triggerStreams: [RandomStream] = []
  /// How many units each load has ordered, and how many of them run.
  private(set) var ordered: [Int]
  var running: [Int]
  var account: CapacityAccount
  var nodes: NodeStates

  init(_ layout: DemandLayout) {
    self.layout = layout
    asked = layout.loads.map { _ in 0 }
    slots = layout.slots.map { _ in SlotState() }
    triggers = layout.triggers.map { _ in TriggerState() }
    ordered = layout.loads.map(\.units.count)
    running = ordered
    account = CapacityAccount(loads: layout.loads.count)
    nodes = NodeStates(layout.nodes)
  }

  // MARK: Start

  /// Begins a replication: as many units run as are wanted, or as many as run at first, which then follow the demand.
  mutating func begin(
    plan: SimulationPlan, replication: UInt32, _ units: borrowing UnitStates, _ events: inout EventHeap
  ) {
    account.begin()
    slotStreams = layout.slots.map {
      RandomStream(seed: plan.seed, process: $0.key, replication: replication)
    }
    triggerStreams = layout.triggers.map {
      RandomStream(seed: plan.seed, process: $0.key, replication: replication)
    }
    for place in triggers.indices { triggers[place].isPending = false }
    setLevels(at: 0, units)
    for load in layout.loads.indices { ordered[load] = layout.loads[load].units.count }
    running = ordered
    for (place, slot) in layout.slots.enumerated() {
      let load = layout.loads[slot.load]
      let runs = plan.start == .new ? load.runningAtFirst : wanted(slot.load)
      slots[place] = SlotState()
      slots[place].isOrdered = slot.before < runs
      if slots[place].isOrdered, !slot.needsNode {
        slots[place].isRunning = true
        continue
      }
      if !slots[place].isOrdered { ordered[slot.load] -= 1 }
      running[slot.load] -= 1
      units.hold(slot.unit)
    }
    if plan.start == .new { orderUnits(at: 0, &events) }
  }

  private func wanted(_ load: Int) -> Int {
    layout.loads[load].autoscaling?.wanted(demand: asked[load]) ?? layout.loads[load].units.count
  }

  // MARK: Demand

  /// The demand becomes that of a time, and units are ordered or told to leave for it.
  mutating func change(at time: Int64, _ units: borrowing UnitStates, _ events: inout EventHeap) {
    setLevels(at: time, units)
    orderUnits(at: time, &events)
  }

  private mutating func setLevels(at time: Int64, _ units: borrowing UnitStates) {
    nextChange = .max
    for (capability, clock) in layout.clocks.enumerated() {
      guard let clock else { continue }
      units.demandLevels[capability] = clock.level(at: time)
      nextChange = min(nextChange, clock.nextChange(after: time))
    }
    for load in asked.indices {
      asked[load] = layout.loads[load].terms.reduce(0) { $0 + $1.units * units.demandLevels[$1.capability] }
    }
  }

  private mutating func orderUnits(at time: Int64, _ events: inout EventHeap) {
    for (place, slot) in layout.slots.enumerated() {
      guard let scaling = layout.loads[slot.load].autoscaling else { continue }
      if slot.before < wanted(slot.load) {
        slots[place].isLeaving = false
        if !slots[place].isOrdered { order(place, after: scaling.delay.hours, at: time, &events) }
      } else if slots[place].isOrdered, !slots[place].isLeaving {
        slots[place].isLeaving = true
        slots[place].leave += 1
        events.insert(
          PendingEvent(
            time: time + Ticks.from(hours: scaling.downDelay.hours), kind: .scaledDown,
            subject: Int32(place), attempt: slots[place].leave))
      }
    }
  }

  private mutating func order(
    _ place: Int, after delayHours: Double, at time: Int64, _ events: inout EventHeap
  ) {
    slots[place].isOrdered = true
    slots[place].isLate = false
    slots[place].order += 1
    ordered[layout.slots[place].load] += 1
    account.counts[layout.slots[place].load].ordered += 1
    let needsNode = layout.slots[place].needsNode
    let hours = delayHours + (needsNode ? 0 : startHours(place))
    events.insert(
      PendingEvent(
        time: time + Ticks.from(hours: hours), kind: needsNode ? .scheduled : .scaledUp,
        subject: Int32(place), attempt: slots[place].order))
  }

  /// How long a unit starts, once it is there.
  mutating func startHours(_ place: Int) -> Double {
    layout.slots[place].starts.sample(&slotStreams[place])
  }

  // MARK: Units that come and go

  /// A unit that was ordered is there.
  mutating func scaledUp(_ event: PendingEvent, _ units: borrowing UnitStates) {
    let place = Int(event.subject)
    guard slots[place].isOrdered, !slots[place].isRunning, slots[place].order == event.attempt else { return }
    slots[place].isRunning = true
    running[layout.slots[place].load] += 1
    units.release(Int(units.unitsOfSlots[place]))
  }

  /// A unit has not been wanted for as long as it takes to leave.
  ///
  /// - Returns: whether it leaves.
  mutating func scaledDown(_ event: PendingEvent, _ units: borrowing UnitStates) -> Bool {
    let place = Int(event.subject)
    guard slots[place].isLeaving, slots[place].leave == event.attempt else { return false }
    let load = layout.slots[place].load
    slots[place].isOrdered = false
    slots[place].isLeaving = false
    ordered[load] -= 1
    (slots[place].isScheduled, slots[place].isWaiting) = (false, false)
    guard slots[place].isRunning else { return true }
    slots[place].isRunning = false
    running[load] -= 1
    units.hold(Int(units.unitsOfSlots[place]))
    return true
  }

  /// Whether a unit is not there, because nobody wants it.
  func isAside(_ unit: Int, _ units: borrowing UnitStates) -> Bool {
    let place = Int(units.slots[unit])
    return place >= 0 && !slots[place].isRunning
  }

  /// Units on their way while too much is asked come too late.
  private mutating func noteLate(load: Int) {
    for (place, slot) in layout.slots.enumerated() where slot.load == load {
      guard slots[place].isOrdered, !slots[place].isRunning, !slots[place].isLate else { continue }
      slots[place].isLate = true
      account.counts[load].late += 1
    }
  }

  // MARK: Overload

  /// Takes note of what the units of each load can do from a time on, and lets the time of overloads run or end.
  mutating func follow(
    at time: Int64, _ units: borrowing UnitStates, _ evaluator: borrowing ServiceStateEvaluator,
    _ events: inout EventHeap
  ) {
    for load in layout.loads.indices {
      let healthy = self.healthy(load, units, evaluator)
      account.set(load, asked: asked[load], healthy: healthy, running: running[load])
      if account.isShort(load) { noteLate(load: load) }
    }
    for (place, trigger) in layout.triggers.enumerated() {
      let isOver = isOverloaded(place, healthy: account.healthy[trigger.load], units)
      guard isOver != triggers[place].isPending else { continue }
      triggers[place].isPending = isOver
      triggers[place].attempt += 1
      guard isOver else { continue }
      events.insert(
        PendingEvent(
          time: time + trigger.lasting, kind: .overloaded, subject: Int32(place),
          attempt: triggers[place].attempt))
    }
  }

  private func healthy(
    _ load: Int, _ units: borrowing UnitStates, _ evaluator: borrowing ServiceStateEvaluator
  ) -> Double {
    var sum = 0.0
    let role = layout.loads[load].movingRole.map { Int32($0) }
    for unit in layout.loads[load].holders
    where units.downCounts[unit] == 0 && (role == nil || units.roles[unit] == role) {
      sum += evaluator.remaining(unit, units)
    }
    return sum
  }

  /// Whether more is asked than the threshold, of something that is up and has not failed by this already.
  private func isOverloaded(_ place: Int, healthy: Double, _ units: borrowing UnitStates) -> Bool {
    let trigger = layout.triggers[place]
    guard healthy > 0, asked[trigger.load] > trigger.threshold * healthy * (1 + 1e-12) else { return false }
    if let unit = trigger.unit, units.downCounts[unit] > 0 { return false }
    return !units.active.contains(trigger.process)
  }

  /// The load has been too high for long enough.
  ///
  /// - Returns: the outage that begins; `nil` when what happened at this very instant has relieved it.
  mutating func overload(
    _ event: PendingEvent, _ units: borrowing UnitStates, _ evaluator: borrowing ServiceStateEvaluator
  ) -> OutageInterval? {
    let place = Int(event.subject)
    guard triggers[place].isPending, triggers[place].attempt == event.attempt else { return nil }
    let trigger = layout.triggers[place]
    guard isOverloaded(place, healthy: healthy(trigger.load, units, evaluator), units) else { return nil }
    triggers[place].isPending = false
    account.counts[trigger.load].overloads += 1
    let noticed = event.time + Ticks.from(hours: trigger.noticed.sample(&triggerStreams[place]))
    let end = noticed + Ticks.from(hours: trigger.restored.sample(&triggerStreams[place]))
    // An outage of no length would come again at once, for ever.
    return OutageInterval(
      start: event.time, noticed: noticed, end: max(end, event.time + 1), process: trigger.process)
  }
}
