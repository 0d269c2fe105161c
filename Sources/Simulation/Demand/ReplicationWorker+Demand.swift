extension ReplicationWorker {
  /// Begins with the demand of time 0 and the units that run for it.
  mutating func beginDemand(_ replication: UInt32) {
    demand.begin(plan: plan, replication: replication, units, &events)
    demandTime = demand.nextChange
    hiddenOutages.removeAll(keepingCapacity: true)
    told = demand.ordered
    toldNodes = demand.nodes.toBeTold
  }

  /// The demand changes.
  mutating func changeDemand(at time: Int64) {
    demand.change(at: time, units, &events)
    demandTime = demand.nextChange
  }

  /// Something that follows the demand happens.
  mutating func followDemand(_ event: PendingEvent) {
    switch event.kind {
    case .scaledUp:
      demand.scaledUp(event, units)
      rest(Int(event.subject), !demand.slots[Int(event.subject)].isRunning, at: event.time)
      cameBack(Int(units.unitsOfSlots[Int(event.subject)]), at: event.time)
    case .scaledDown:
      if demand.scaledDown(event, units) { withdraw(slot: Int(event.subject), at: event.time) }
    case .overloaded: if let outage = demand.overload(event, units, evaluator) { begin(outage) }
    case .scheduled: if let place = demand.scheduled(event, units) { enter(place, at: event.time) }
    case .nodeAdded: if let node = demand.nodes.added(event) { setNode(node, isThere: true, at: event.time) }
    case .nodeRemoved:
      if let node = demand.nodes.removed(event, live.places) { setNode(node, isThere: false, at: event.time) }
    case .end, .noticed, .move, .started: break
    }
    guard !demand.layout.spareSlots.isEmpty else { return }
    followSpares(atHours: Ticks.hours(Double(event.time)))
    applyLiveChanges(at: event.time)
  }

  /// Looks at what there is for what is asked, once all that happens at an instant has happened.
  mutating func weighDemand(at time: Int64) {
    let before = Observer.isTold ? demand.account.running : []
    demand.follow(at: time, units, evaluator, &events)
    demand.nodes.balance(at: time, live.places, &events)
    guard Observer.isTold else { return }
    for load in told.indices {
      if told[load] != demand.ordered[load] {
        observer.note(
          .scales(load: load, from: told[load], to: demand.ordered[load], asked: demand.asked[load]), at: time
        )
        told[load] = demand.ordered[load]
      }
      if demand.running[load] > before[load], demand.running[load] == demand.ordered[load], time > 0 {
        observer.note(.scaled(load: load, running: demand.running[load]), at: time)
      }
    }
    tellOfNodes(at: time)
  }

  private mutating func tellOfNodes(at time: Int64) {
    let nodes = demand.nodes.toBeTold
    for pool in nodes.ordered.indices {
      let added = Int(nodes.ordered[pool] - toldNodes.ordered[pool])
      if added > 0 {
        observer.note(
          .addsNodes(
            pool: pool, count: added, waiting: demand.nodes.waiting[pool],
            loads: demand.loadsWaiting(for: pool, units)), at: time)
      }
      if nodes.running[pool] != toldNodes.running[pool] {
        observer.note(.nodesRun(pool: pool, running: nodes.running[pool]), at: time)
      }
    }
    toldNodes = nodes
  }

  /// Adds a stretch of time to what was asked and what there was for it.
  mutating func chargeDemand(from start: Int64, to end: Int64) {
    demand.account.charge(from: start, to: end)
    demand.nodes.charge(from: start, to: end)
  }

  /// Ends the replication.
  mutating func closeDemand() {
    for load in demand.account.counts.indices { tally.capacities[load].add(demand.account.counts[load]) }
    for (pool, counts) in demand.nodes.account.counts.enumerated() { tally.nodePools[pool].add(counts) }
  }

  // MARK: Telling

  /// Tells of a failure, unless all that it hits is not there: a unit that nobody wants does not fail for anybody.
  @inline(__always)
  mutating func tellFailed(process: Int, at time: Int64, outage: OutageInterval?) {
    if Observer.isTold, followsDemand, isAside(process) {
      hiddenOutages.insert(Int32(process))
      return
    }
    observer.failed(process: process, at: time, outage: outage)
  }

  /// Tells that somebody knows of it.
  @inline(__always)
  mutating func tellNoticed(process: Int, at time: Int64) {
    if Observer.isTold, hiddenOutages.contains(Int32(process)) { return }
    observer.noticed(process: process, at: time)
  }

  /// Tells of its end.
  @inline(__always)
  mutating func tellRestored(process: Int, at time: Int64) {
    if Observer.isTold, hiddenOutages.remove(Int32(process)) != nil { return }
    observer.restored(process: process, at: time)
  }

  private func isAside(_ process: Int) -> Bool {
    let facts = facts[process]
    if facts.hitsComers, isOfNodesAside(process) { return true }
    guard !facts.units.isEmpty else { return false }
    return facts.units.allSatisfy { demand.isAside(Int(unitList[$0]), units) }
  }
}
