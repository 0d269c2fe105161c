/// Which nodes run in a replication, which are on their way, and for how many units.
struct NodeStates {
  private struct Node {
    var isOrdered = false
    var isRunning = false
    var isLeaving = false
    /// The latest wait before it leaves; events of older ones are void.
    var leave: Int32 = 0
    /// When it was last ordered, and the change of units that it was ordered for; −1: never.
    var orderedAt: Int64 = -1
    var orderedFor = -1
  }

  let layout: NodeLayout
  private var nodes: [Node]
  /// The change of places that nodes were last ordered for; −1: never.
  private var seenChanges = -1
  /// By pool: the nodes ordered, those of them that run, and the units that wait for one.
  private(set) var ordered: [Int]
  private(set) var running: [Int]
  private(set) var waiting: [Int]
  var account: NodeAccount

  init(_ layout: NodeLayout) {
    self.layout = layout
    nodes = layout.poolOfNode.map { _ in Node() }
    ordered = layout.pools.map { _ in 0 }
    (running, waiting) = (ordered, ordered)
    account = NodeAccount(pools: layout.pools.count)
  }

  // MARK: Start

  /// Begins with the nodes that run at first, or with the fewest and those that have units.
  mutating func begin(isNew: Bool, _ places: inout UnitPlaces) {
    for place in nodes.indices { nodes[place] = Node() }
    for pool in layout.pools.indices { (ordered[pool], running[pool], waiting[pool]) = (0, 0, 0) }
    account.begin()
    seenChanges = -1
    for (number, pool) in layout.pools.enumerated() {
      if isNew || !pool.isScaled {
        for node in pool.nodes.prefix(pool.first) { run(node) }
      } else {
        for node in pool.nodes where isWanted(node, places) { run(node) }
        for node in pool.nodes where !nodes[node].isRunning && ordered[number] < pool.fewest { run(node) }
      }
    }
    for node in nodes.indices where !nodes[node].isRunning && layout.placeOfNode[node] >= 0 {
      places.setThere(layout.placeOfNode[node], false)
    }
  }

  private mutating func run(_ node: Int) {
    nodes[node].isOrdered = true
    nodes[node].isRunning = true
    ordered[layout.poolOfNode[node]] += 1
    running[layout.poolOfNode[node]] += 1
  }

  /// The nodes that are not there when a replication begins, as places.
  var placesAside: [Int] {
    nodes.indices.filter { !nodes[$0].isRunning }.map { layout.placeOfNode[$0] }.filter { $0 >= 0 }
  }

  /// Whether nodes that take no time are there as soon as they are ordered.
  var areAnyAtOnce: Bool { layout.pools.contains { $0.isScaled && $0.delay == 0 } }

  private func isWanted(_ node: Int, _ places: UnitPlaces) -> Bool {
    layout.isNeeded[node] || (layout.placeOfNode[node] >= 0 && places.isUsed(layout.placeOfNode[node]))
  }

  // MARK: Nodes

  /// The nodes that units which wait for one would come to, once they are there.
  private func wantedNodes(_ places: UnitPlaces) -> [Int] {
    guard !places.waiting.isEmpty || places.isAnyClosed else { return [] }
    let scaled = nodes.indices.filter {
      layout.placeOfNode[$0] >= 0 && layout.pools[layout.poolOfNode[$0]].isScaled
    }
    return places.nodesWanted(
      ordered: scaled.filter { nodes[$0].isOrdered && !nodes[$0].isRunning }.map { layout.placeOfNode[$0] },
      orderable: scaled.filter { !nodes[$0].isOrdered }.map { layout.placeOfNode[$0] }
    ).map { layout.nodeOfPlace[$0] }
  }

  /// Lets nodes that are wanted when a replication begins run at once.
  ///
  /// - Returns: these, as places.
  mutating func runWanted(_ places: UnitPlaces) -> [Int] {
    let wanted = wantedNodes(places)
    for node in wanted { run(node) }
    return wanted.map { layout.placeOfNode[$0] }
  }

  /// Orders nodes for the units that wait for one, and lets those go that have none, once all that happens at an instant
  /// has happened.
  mutating func balance(at time: Int64, _ places: UnitPlaces, _ events: inout EventHeap) {
    guard places.changes != seenChanges else { return }
    seenChanges = places.changes
    for pool in waiting.indices { waiting[pool] = 0 }
    for unit in places.waiting where layout.poolOfUnit[unit] >= 0 { waiting[layout.poolOfUnit[unit]] += 1 }
    guard layout.isScaled else { return }
    let wanted = wantedNodes(places).filter { !wasInVain($0, at: time, places) }
    for number in layout.pools.indices where layout.pools[number].isScaled {
      let pool = layout.pools[number]
      var kept = pool.nodes.count { isWanted($0, places) || wanted.contains($0) }
      for node in pool.nodes {
        if isWanted(node, places) || wanted.contains(node) {
          nodes[node].isLeaving = false
          if !nodes[node].isOrdered { order(node, of: number, at: time, places, &events) }
        } else if nodes[node].isOrdered, kept < pool.fewest {
          // The first ones without a unit stay, so that there are never fewer.
          kept += 1
          nodes[node].isLeaving = false
        } else if nodes[node].isRunning, !nodes[node].isLeaving {
          leave(node, at: time + pool.downDelay, &events)
        }
      }
    }
  }

  private mutating func leave(_ node: Int, at time: Int64, _ events: inout EventHeap) {
    nodes[node].isLeaving = true
    nodes[node].leave += 1
    events.insert(
      PendingEvent(time: time, kind: .nodeRemoved, subject: Int32(node), attempt: nodes[node].leave))
  }

  /// Whether a node that is not ordered has been at this very instant, and left again since no unit came to it: a unit on a
  /// node that is worked on may have nobody who lets it leave. It would come and go for ever.
  private func wasInVain(_ node: Int, at time: Int64, _ places: UnitPlaces) -> Bool {
    !nodes[node].isOrdered && nodes[node].orderedAt == time
      && nodes[node].orderedFor == places.changesOfUnits
  }

  private mutating func order(
    _ node: Int, of pool: Int, at time: Int64, _ places: UnitPlaces, _ events: inout EventHeap
  ) {
    nodes[node].isOrdered = true
    (nodes[node].orderedAt, nodes[node].orderedFor) = (time, places.changesOfUnits)
    ordered[pool] += 1
    account.counts[pool].ordered += 1
    events.insert(
      PendingEvent(time: time + layout.pools[pool].delay, kind: .nodeAdded, subject: Int32(node), attempt: 0))
  }

  /// A node that was ordered is there.
  ///
  /// - Returns: its place among those that units may come to.
  mutating func added(_ event: PendingEvent) -> Int? {
    let node = Int(event.subject)
    nodes[node].isRunning = true
    running[layout.poolOfNode[node]] += 1
    seenChanges = -1
    return place(of: node)
  }

  /// A node has been without units for as long as it takes to leave.
  ///
  /// - Returns: its place, if it leaves.
  mutating func removed(_ event: PendingEvent, _ places: UnitPlaces) -> Int? {
    let node = Int(event.subject)
    guard nodes[node].isLeaving, nodes[node].leave == event.attempt, !isWanted(node, places) else {
      return nil
    }
    nodes[node].isLeaving = false
    nodes[node].isOrdered = false
    nodes[node].isRunning = false
    ordered[layout.poolOfNode[node]] -= 1
    running[layout.poolOfNode[node]] -= 1
    seenChanges = -1
    return place(of: node)
  }

  private func place(of node: Int) -> Int? {
    layout.placeOfNode[node] < 0 ? nil : layout.placeOfNode[node]
  }

  /// By pool, how many nodes have been ordered so far, and how many run.
  var toBeTold: (ordered: [Int64], running: [Int]) { (account.counts.map(\.ordered), running) }

  /// Adds a stretch of time.
  mutating func charge(from start: Int64, to end: Int64) {
    account.charge(running: running, waiting: waiting, from: start, to: end)
  }
}
