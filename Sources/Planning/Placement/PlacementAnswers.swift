/// The best packings of problems, each found once, whatever its nodes are called and in which order they stand.
struct PlacementAnswers {
  private let steps: Int
  private var known: [PlacementProblem: BestPlacement] = [:]

  /// - Parameter steps: how many nodes of a search tree are visited before it is given up.
  init(steps: Int) { self.steps = steps }

  /// The best packing of a problem.
  mutating func best(_ problem: PlacementProblem) -> BestPlacement {
    let order = PlacementAnswers.order(of: problem)
    var alike = problem
    alike.nodes = order.map { $0.node }
    let best = known[alike] ?? BestPlacement(alike, steps: steps)
    known[alike] = best
    var places = [Int](repeating: 0, count: order.count)
    for (place, own) in order.enumerated() { places[own.index] = place }
    return best.reordered(places)
  }

  /// The nodes without names in an order of what they have, zones too unless a volume is in one.
  private static func order(of problem: PlacementProblem) -> [(index: Int, node: PlacementNode)] {
    let facts = problem.nodes.map { [$0.kind, $0.isOpen ? 1 : 0] + $0.room }
    func precedes(_ one: Int, _ other: Int) -> Bool {
      facts[one] == facts[other] ? one < other : facts[one].lexicographicallyPrecedes(facts[other])
    }
    var zones = (0..<problem.zoneCount).map { zone in
      (
        zone: zone,
        nodes: problem.nodes.indices.filter { problem.nodes[$0].zone == zone }.sorted(by: precedes)
      )
    }
    if !problem.groups.contains(where: { $0.zone != nil }) {
      zones.removeAll { $0.nodes.isEmpty }
      zones.sort { one, other in
        let (left, right) = (one.nodes.flatMap { facts[$0] }, other.nodes.flatMap { facts[$0] })
        return left == right ? one.zone < other.zone : left.lexicographicallyPrecedes(right)
      }
      for place in zones.indices { zones[place].zone = place }
    }
    // The zones take turns, as they do where nodes are spread.
    let most = zones.map(\.nodes.count).max() ?? 0
    return (0..<most).flatMap { turn in
      zones.filter { $0.nodes.count > turn }.map { zone, nodes in
        var node = problem.nodes[nodes[turn]]
        (node.name, node.zone) = ("", zone)
        return (nodes[turn], node)
      }
    }
  }
}

extension BestPlacement {
  /// The same of a problem whose nodes stand in another order.
  ///
  /// - Parameter places: where each of its nodes is in this one's.
  fileprivate func reordered(_ places: [Int]) -> BestPlacement {
    let counts = packing.counts.map { counts in places.map { counts[$0] } }
    return BestPlacement(packing: Packing(counts: counts), waiting: waiting, waitingAtLeast: waitingAtLeast)
  }
}
