/// Units that need a node with room.
extension DemandState {
  /// A unit that was ordered looks for a node.
  ///
  /// - Returns: its place among those that change their nodes; `nil` when nobody wants it any more.
  mutating func scheduled(_ event: PendingEvent, _ units: borrowing UnitStates) -> Int? {
    let slot = Int(event.subject)
    guard slots[slot].isOrdered, !slots[slot].isScheduled, slots[slot].order == event.attempt else {
      return nil
    }
    (slots[slot].isScheduled, slots[slot].isWaiting) = (true, true)
    return place(ofSlot: slot, units)
  }

  /// Where the unit that has a slot is among those that change their nodes; `nil`: it does not.
  func place(ofSlot slot: Int, _ units: borrowing UnitStates) -> Int? {
    layout.slots[slot].needsNode ? layout.placeOfUnit[Int(units.unitsOfSlots[slot])] : nil
  }

  /// Those that are ordered when a replication begins, as places among those that change their nodes.
  mutating func scheduledAtFirst(_ units: borrowing UnitStates) -> [Int] {
    var places: [Int] = []
    for slot in slots.indices where slots[slot].isOrdered && !slots[slot].isScheduled {
      guard let place = self.place(ofSlot: slot, units) else { continue }
      (slots[slot].isScheduled, slots[slot].isWaiting) = (true, true)
      places.append(place)
    }
    return places
  }

  /// A unit has come to a node: it starts there, or runs already where that was before time 0.
  mutating func comes(
    _ place: Int, at time: Int64, isBeforeTime0: Bool, _ units: borrowing UnitStates,
    _ events: inout EventHeap
  ) {
    let slot = Int(units.slots[layout.unitOfPlace[place]])
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
    units.release(layout.unitOfPlace[place])
  }

  /// The loads whose units wait for a node of a pool.
  func loadsWaiting(for pool: Int, _ units: borrowing UnitStates) -> [Int] {
    var waiting = [Bool](repeating: false, count: layout.loads.count)
    for slot in layout.slots.indices where slots[slot].isWaiting {
      guard let place = place(ofSlot: slot, units), layout.nodes.poolOfUnit[place] == pool else { continue }
      waiting[layout.slots[slot].load] = true
    }
    return waiting.indices.filter { waiting[$0] }
  }
}
