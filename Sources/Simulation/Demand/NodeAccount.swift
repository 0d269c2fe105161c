/// What came of the nodes of each pool in a replication.
struct NodeAccount {
  /// What is counted of one pool.
  struct Counts {
    var runningNodeHours = 0.0
    /// Hours of units that waited for a node.
    var waitingUnitHours = 0.0
    /// Nodes that were ordered.
    var ordered: Int64 = 0
    /// The most that ran.
    var most = 0
  }

  var counts: [Counts]

  init(pools: Int) { counts = [Counts](repeating: Counts(), count: pools) }

  mutating func begin() {
    for pool in counts.indices { counts[pool] = Counts() }
  }

  /// Adds a stretch of time in which so many nodes ran and units waited.
  mutating func charge(running: [Int], waiting: [Int], from start: Int64, to end: Int64) {
    guard end > start else { return }
    let hours = Ticks.hours(Double(end - start))
    for pool in counts.indices {
      counts[pool].runningNodeHours += Double(running[pool]) * hours
      counts[pool].waitingUnitHours += Double(waiting[pool]) * hours
      counts[pool].most = max(counts[pool].most, running[pool])
    }
  }
}
