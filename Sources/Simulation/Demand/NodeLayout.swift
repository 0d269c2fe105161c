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
  /// For each node of all pools, its pool, and whether units are on it that never leave.
  private(set) var poolOfNode: [Int] = []
  private(set) var isNeeded: [Bool] = []
  /// The same node among those that units may come to, or −1; and the other way round.
  private(set) var placeOfNode: [Int] = []
  private(set) var nodeOfPlace: [Int]
  /// For each unit that changes its node, the pool of the first that it may come to, or −1.
  private(set) var poolOfUnit: [Int] = []

  init(_ demand: CompiledDemand, _ places: PlacePlan) {
    nodeOfPlace = places.nodes.map { _ in -1 }
    for (number, own) in demand.nodePools.enumerated() {
      let from = poolOfNode.count
      poolOfNode += own.nodes.map { _ in number }
      isNeeded += own.isNeeded
      for domain in own.domains {
        let place = places.nodes.firstIndex(of: domain)
        if let place { nodeOfPlace[place] = placeOfNode.count }
        placeOfNode.append(place ?? -1)
      }
      pools.append(
        Pool(
          nodes: from..<poolOfNode.count, first: own.first, fewest: own.fewest,
          delay: Ticks.from(hours: own.delay.hours), downDelay: Ticks.from(hours: own.downDelay.hours),
          isScaled: own.isScaled))
    }
    poolOfUnit = places.units.map { unit in
      unit.nodes.first.map { nodeOfPlace[$0] }.flatMap { $0 < 0 ? nil : poolOfNode[$0] } ?? -1
    }
  }

  /// Whether any node comes or goes.
  var isScaled: Bool { pools.contains(where: \.isScaled) }
}
