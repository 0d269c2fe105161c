/// Units that need a node that is there.
extension DemandState {
  /// A unit that was ordered looks for its node: it starts where that runs, else it waits.
  mutating func scheduled(_ event: PendingEvent, _ events: inout EventHeap) {
    let place = Int(event.subject)
    guard slots[place].isOrdered, !slots[place].isScheduled, slots[place].order == event.attempt else {
      return
    }
    slots[place].isScheduled = true
    guard let node = layout.slots[place].node else { return wait(place) }
    nodes.enter(node)
    guard !nodes.isRunning(node) else { return start(place, at: event.time, &events) }
    wait(place)
    // A node that takes no time is there before this instant is over.
    if nodes.isAtOnce(node) { nodes.balance(at: event.time, &events) }
  }

  /// A node is there: the units that have waited for it start.
  mutating func nodeAdded(_ event: PendingEvent, _ events: inout EventHeap) {
    let node = Int(event.subject)
    nodes.added(node)
    for (place, slot) in layout.slots.enumerated() where slot.node == node && slots[place].isWaiting {
      endWait(place)
      start(place, at: event.time, &events)
    }
  }

  /// A unit does not want its node any more.
  mutating func withdraw(_ place: Int) {
    guard slots[place].isScheduled else { return }
    slots[place].isScheduled = false
    endWait(place)
    if let node = layout.slots[place].node { nodes.leave(node) }
  }

  /// A unit that runs, or waits in vain, when a replication begins.
  ///
  /// - Returns: whether it runs.
  mutating func occupy(_ place: Int) -> Bool {
    slots[place].isOrdered = true
    guard layout.slots[place].needsNode else {
      slots[place].isRunning = true
      return true
    }
    slots[place].isScheduled = true
    guard let node = layout.slots[place].node else {
      wait(place)
      return false
    }
    nodes.enter(node)
    slots[place].isRunning = true
    return true
  }

  /// The loads whose units wait for a node of a pool.
  func loadsWaiting(for pool: Int) -> [Int] {
    layout.loads.indices.filter { load in
      layout.slots.indices.contains {
        slots[$0].isWaiting && layout.slots[$0].load == load && layout.slots[$0].pool == pool
      }
    }
  }

  private mutating func wait(_ place: Int) {
    slots[place].isWaiting = true
    if let pool = layout.slots[place].pool { nodes.wait(pool, by: 1) }
  }

  private mutating func endWait(_ place: Int) {
    guard slots[place].isWaiting else { return }
    slots[place].isWaiting = false
    if let pool = layout.slots[place].pool { nodes.wait(pool, by: -1) }
  }

  private mutating func start(_ place: Int, at time: Int64, _ events: inout EventHeap) {
    events.insert(
      PendingEvent(
        time: time + Ticks.from(hours: startHours(place)), kind: .scaledUp, subject: Int32(place),
        attempt: slots[place].order))
  }
}
