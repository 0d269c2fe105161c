/// Units that need a node with room.
extension DemandState {
  /// A unit that was ordered looks for a node.
  ///
  /// - Returns: its place among those that change their nodes; `nil` when nobody wants it any more.
  mutating func scheduled(_ event: PendingEvent) -> Int? {
    let slot = Int(event.subject)
    guard slots[slot].isOrdered, !slots[slot].isScheduled, slots[slot].order == event.attempt else {
      return nil
    }
    (slots[slot].isScheduled, slots[slot].isWaiting) = (true, true)
    return layout.slots[slot].place
  }

  /// Those that are ordered when a replication begins, as places among those that change their nodes.
  mutating func scheduledAtFirst() -> [Int] {
    layout.slots.indices.compactMap { slot in
      guard slots[slot].isOrdered, !slots[slot].isScheduled, let place = layout.slots[slot].place else {
        return nil
      }
      (slots[slot].isScheduled, slots[slot].isWaiting) = (true, true)
      return place
    }
  }

  /// A unit has come to a node: it starts there, or runs already where that was before time 0.
  mutating func comes(
    _ place: Int, at time: Int64, isBeforeTime0: Bool, _ units: borrowing UnitStates,
    _ events: inout EventHeap
  ) {
    let slot = layout.slotOfPlace[place]
    guard slot >= 0 else { return }
    slots[slot].isWaiting = false
    guard isBeforeTime0 else {
      return events.insert(
        PendingEvent(
          time: time + Ticks.from(hours: startHours(slot)), kind: .scaledUp, subject: Int32(slot),
          attempt: slots[slot].order))
    }
    slots[slot].isRunning = true
    running[layout.slots[slot].load] += 1
    units.release(layout.slots[slot].unit)
  }

  /// The loads whose units wait for a node of a pool.
  func loadsWaiting(for pool: Int) -> [Int] {
    layout.loads.indices.filter { load in
      layout.slots.indices.contains { slot in
        slots[slot].isWaiting && layout.slots[slot].load == load
          && layout.slots[slot].place.map { layout.nodes.poolOfUnit[$0] == pool } ?? false
      }
    }
  }
}
