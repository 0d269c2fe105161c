/// Units and nodes that come and go.
extension ReplicationWorker {
  /// Whether units come to nodes, or leave them, by what is asked.
  var seatsUnits: Bool { followsDemand && !layout.live.places.units.isEmpty }

  /// Begins with the units that are wanted on nodes, as they find room there; in the long run nodes have been added for them.
  mutating func seatUnits() {
    guard followsDemand else { return }
    demand.nodes.begin(isNew: plan.start == .new, &live.places)
    for place in demand.scheduledAtFirst(units) { live.enter(place, at: 0) }
    if plan.start != .new {
      for node in demand.nodes.runWanted(live.places) { live.places.setThere(node, true) }
      live.leaveForFreeNodes(at: 0)
    }
    for node in demand.nodes.placesAside {
      live.layout.processesOfNode[node].forEach { live.restAtFirst($0) }
    }
    applyLiveChanges()
    told = demand.ordered
    toldNodes = demand.nodes.toBeTold
  }

  /// Units that nobody wants when a replication begins take no crew from others.
  mutating func restUnitsAside() {
    guard followsDemand else { return }
    for (slot, own) in demand.layout.slots.enumerated() where !demand.slots[slot].isOrdered {
      own.processes.forEach { live.restAtFirst($0) }
    }
  }

  /// A unit that was ordered looks for a node.
  mutating func enter(_ place: Int, at time: Int64) {
    live.enter(place, at: Ticks.hours(Double(time)))
    applyLiveChanges(at: time)
    // A node that takes no time is there before this instant is over.
    if demand.nodes.areAnyAtOnce { demand.nodes.balance(at: time, live.places, &events) }
  }

  /// A unit leaves: its place is free.
  mutating func withdraw(slot: Int, at time: Int64) {
    rest(slot, true, at: time)
    guard let place = demand.place(ofSlot: slot, units) else { return }
    live.withdraw(place, at: Ticks.hours(Double(time)))
    applyLiveChanges(at: time)
  }

  /// Failures of a unit that is not there do not come; one that waits for a crew does not take it from others.
  mutating func rest(_ slot: Int, _ isAside: Bool, at time: Int64) {
    for process in demand.layout.slots[slot].processes {
      live.setIdle(process, isAside, at: Ticks.hours(Double(time)))
    }
    followClocks(ofUnit: Int(units.unitsOfSlots[slot]), at: time)
    if !demand.layout.slots[slot].processes.isEmpty || !layout.live.operating.isEmpty {
      liveTime = live.nextTime
    }
  }

  /// Whether all nodes that a process takes down are not there.
  func isOfNodesAside(_ process: Int) -> Bool {
    guard let reach = layout.live.places.reach(of: process) else { return false }
    return !reach.covers.indices.contains { reach.covers[$0] && live.places.isThere($0) }
  }

  mutating func setNode(_ node: Int, isThere: Bool, at time: Int64) {
    live.setNode(node, isThere: isThere, at: Ticks.hours(Double(time)))
    applyLiveChanges(at: time)
  }

  /// Applies what happens to live processes from outside, at a time.
  mutating func applyLiveChanges(at time: Int64) {
    liveTime = time
    applyLiveChanges()
    liveTime = live.nextTime
  }
}
