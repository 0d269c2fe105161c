/// Which nodes run in a replication, which are on their way, and for how many units.
struct NodeStates {
  private struct Node {
    var isOrdered = false
    var isRunning = false
    var isLeaving = false
    /// The latest wait before it leaves; events of older ones are void.
    var leave: Int32 = 0
    /// The units on it that come and go.
    var units = 0
  }

  let layout: NodeLayout
  private var nodes: [Node]
  /// Whether the units of a pool have changed since nodes were last ordered for them.
  private var isStale: [Bool]
  /// By pool: the nodes ordered, those of them that run, and the units that wait for one.
  private(set) var ordered: [Int]
  private(set) var running: [Int]
  private(set) var waiting: [Int]
  var account: NodeAccount

  init(_ layout: NodeLayout) {
    self.layout = layout
    nodes = layout.poolOfNode.map { _ in Node() }
    isStale = layout.pools.map { _ in false }
    ordered = layout.pools.map { _ in 0 }
    (running, waiting) = (ordered, ordered)
    account = NodeAccount(pools: layout.pools.count)
  }

  // MARK: Start

  /// Nothing runs, and no unit is anywhere.
  mutating func clear() {
    for place in nodes.indices { nodes[place] = Node() }
    for pool in layout.pools.indices { (ordered[pool], running[pool], waiting[pool]) = (0, 0, 0) }
    account.begin()
  }

  /// Begins with the nodes that run at first, or with as many as the units that are there have been on for long.
  mutating func begin(isNew: Bool) {
    for (number, pool) in layout.pools.enumerated() {
      if isNew || !pool.isScaled {
        for node in pool.nodes.prefix(pool.first) { run(node) }
      } else {
        for node in pool.nodes where isWanted(node) { run(node) }
        for node in pool.nodes where !nodes[node].isRunning && ordered[number] < pool.fewest { run(node) }
      }
      isStale[number] = pool.isScaled
    }
  }

  private mutating func run(_ node: Int) {
    nodes[node].isOrdered = true
    nodes[node].isRunning = true
    ordered[layout.poolOfNode[node]] += 1
    running[layout.poolOfNode[node]] += 1
  }

  // MARK: Units

  func isRunning(_ node: Int) -> Bool { nodes[node].isRunning }

  /// Whether a node is there as soon as it is ordered.
  func isAtOnce(_ node: Int) -> Bool { layout.pools[layout.poolOfNode[node]].delay == 0 }

  /// A unit is on a node from now on, or wants to be.
  mutating func enter(_ node: Int) {
    nodes[node].units += 1
    isStale[layout.poolOfNode[node]] = true
  }

  /// It is not any more.
  mutating func leave(_ node: Int) {
    nodes[node].units -= 1
    isStale[layout.poolOfNode[node]] = true
  }

  /// A unit waits for a node of a pool, or has waited.
  mutating func wait(_ pool: Int, by units: Int) { waiting[pool] += units }

  private func isWanted(_ node: Int) -> Bool { layout.isNeeded[node] || nodes[node].units > 0 }

  // MARK: Nodes

  /// Orders nodes for the units that have none, and lets those go that have no unit, once all that happens at an instant
  /// has happened.
  mutating func balance(at time: Int64, _ events: inout EventHeap) {
    for number in layout.pools.indices where isStale[number] && layout.pools[number].isScaled {
      isStale[number] = false
      let pool = layout.pools[number]
      var kept = pool.nodes.count { isWanted($0) }
      for node in pool.nodes {
        if isWanted(node) {
          nodes[node].isLeaving = false
          if !nodes[node].isOrdered { order(node, of: number, at: time, &events) }
        } else if nodes[node].isOrdered, kept < pool.fewest {
          // The first ones without a unit stay, so that there are never fewer.
          kept += 1
          nodes[node].isLeaving = false
        } else if nodes[node].isRunning, !nodes[node].isLeaving {
          nodes[node].isLeaving = true
          nodes[node].leave += 1
          events.insert(
            PendingEvent(
              time: time + pool.downDelay, kind: .nodeRemoved, subject: Int32(node),
              attempt: nodes[node].leave))
        }
      }
    }
  }

  private mutating func order(_ node: Int, of pool: Int, at time: Int64, _ events: inout EventHeap) {
    nodes[node].isOrdered = true
    ordered[pool] += 1
    account.counts[pool].ordered += 1
    events.insert(
      PendingEvent(time: time + layout.pools[pool].delay, kind: .nodeAdded, subject: Int32(node), attempt: 0))
  }

  /// A node that was ordered is there.
  mutating func added(_ node: Int) {
    nodes[node].isRunning = true
    running[layout.poolOfNode[node]] += 1
    isStale[layout.poolOfNode[node]] = true
  }

  /// A node has been without units for as long as it takes to leave.
  mutating func removed(_ event: PendingEvent) {
    let node = Int(event.subject)
    guard nodes[node].isLeaving, nodes[node].leave == event.attempt, !isWanted(node) else { return }
    nodes[node].isLeaving = false
    nodes[node].isOrdered = false
    nodes[node].isRunning = false
    ordered[layout.poolOfNode[node]] -= 1
    running[layout.poolOfNode[node]] -= 1
    isStale[layout.poolOfNode[node]] = true
  }

  /// By pool, how many nodes have been ordered so far, and how many run.
  var toBeTold: (ordered: [Int64], running: [Int]) { (account.counts.map(\.ordered), running) }

  /// Adds a stretch of time.
  mutating func charge(from start: Int64, to end: Int64) {
    account.charge(running: running, waiting: waiting, from: start, to: end)
  }
}
