/// The most valuable pods that one node of each type takes, whatever pods are worth.
///
/// Rules beyond a node are left out, which only makes nodes take more.
struct NodeFillings {
  /// Pods on one node.
  struct Filling {
    /// For each group.
    var counts: [Int]
    var worth: Double
    /// No filling is worth more.
    var atMost: Double
  }

  private let problem: PlacementProblem
  private let types: [NodeType]
  private let refused: [[Int]]
  private let perNode: [Int]
  /// For each type and group, the most on one node.
  private let most: [[Int]]
  private let requests: [[[Int]]]
  private let size: [[Double]]

  init(_ problem: PlacementProblem, types: [NodeType]) {
    (self.problem, self.types) = (problem, types)
    refused = problem.apps.indices.map { app in
      problem.separations.filter { $0.topology == .node }.compactMap { $0.other(than: app) }
    }
    perNode = problem.apps.map { $0.mostPerNode ?? Int.max }
    most = types.map { type in problem.groups.map { NodeFillings.capacity(of: $0, on: type, in: problem) } }
    requests = types.map { type in problem.groups.map { NodeFillings.withMixtures($0.requests, type) } }
    size = types.map { type in problem.groups.map { NodeFillings.share(of: $0, type) } }
  }

  /// The most pods of a group on one node of a type.
  func capacity(of group: Int, on type: Int) -> Int { most[type][group] }

  /// The most valuable filling of a node of a type; short of steps, a good one with a bound.
  func best(of type: Int, worth: [Double], steps: Int) -> Filling {
    let groups = worth.indices.filter { worth[$0] > 0 && most[type][$0] > 0 }.sorted {
      (-worth[$0] / size[type][$0], $0) < (-worth[$1] / size[type][$1], $1)
    }
    var counts = [Int](repeating: 0, count: worth.count)
    guard !groups.isEmpty else { return Filling(counts: counts, worth: 0, atMost: 0) }
    var search = FillingSearch(
      order: Array(groups.indices), worth: groups.map { worth[$0] },
      requests: groups.map { requests[type][$0] },
      most: groups.map { most[type][$0] }, app: groups.map { problem.groups[$0].app }, perNode: perNode,
      refused: refused, steps: steps)
    search.run(
      types[type].room + NodeFillings.mixtures.map { $0.reduce(0, +) * NodeFillings.whole })
    for (position, group) in groups.enumerated() { counts[group] = search.best[position] }
    return Filling(counts: counts, worth: search.bestWorth, atMost: search.atMost)
  }

  private static func capacity(of pod: PodGroup, on type: NodeType, in problem: PlacementProblem) -> Int {
    if let kinds = pod.kinds, !kinds.contains(type.kind) { return 0 }
    var most = min(pod.count, problem.apps[pod.app].mostPerNode ?? Int.max)
    for (asked, left) in zip(pod.requests, type.room) where asked > 0 { most = min(most, left / asked) }
    return max(0, most)
  }

  /// Weights of sums of the first resources, which bound a filling more tightly than each of them (a surrogate constraint;
  /// Glover 1968).
  private static let mixtures = [[1, 1], [2, 1], [1, 2], [4, 1], [1, 4]]
  private static let whole = 1 << 20

  /// What a pod asks for, with shares of a node in weighted sums, rounded down.
  private static func withMixtures(_ requests: [Int], _ type: NodeType) -> [Int] {
    let shares = zip(requests, type.room).map { asked, room in
      room > 0 ? Int(min(2, Double(asked) / Double(room)) * Double(whole)) : 0
    }
    return requests + mixtures.map { weights in zip(weights, shares).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private static func share(of pod: PodGroup, _ type: NodeType) -> Double {
    let shares = zip(pod.requests, type.room).map { $1 > 0 ? Double($0) / Double($1) : 0 }
    return max(shares.max() ?? 1, 1e-12)
  }
}
