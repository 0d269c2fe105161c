internal import Quantities
internal import ServiceGraph

/// The nodes that autoscaled units ask for room on, laid out for the event loop.
struct NodeLayout: Sendable {
  /// Nodes that come and go together.
  struct Pool: Sendable {
    /// Its nodes, as places among those of all pools.
    let nodes: Range<Int>
    let first: Int
    let fewest: Int
    let delay: Int64
    let downDelay: Int64
    let isScaled: Bool
  }

  private(set) var pools: [Pool] = []
  /// For each node of all pools, its pool, and whether units are on it that are always wanted.
  private(set) var poolOfNode: [Int] = []
  private(set) var isNeeded: [Bool] = []

  init(_ demand: CompiledDemand) {
    for (number, own) in demand.nodePools.enumerated() {
      let from = poolOfNode.count
      poolOfNode += own.nodes.map { _ in number }
      isNeeded += own.isNeeded
      pools.append(
        Pool(
          nodes: from..<poolOfNode.count, first: own.first, fewest: own.fewest,
          delay: Ticks.from(hours: own.delay.hours), downDelay: Ticks.from(hours: own.downDelay.hours),
          isScaled: own.isScaled))
    }
  }
}
