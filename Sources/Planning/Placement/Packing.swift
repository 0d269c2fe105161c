/// Which pods are on which nodes.
public struct Packing: Hashable, Sendable {
  /// For each group, how many of its pods are on each node.
  public var counts: [[Int]]

  /// Nothing is anywhere.
  init(_ problem: PlacementProblem) {
    counts = problem.groups.map { _ in [Int](repeating: 0, count: problem.nodes.count) }
  }

  /// So many pods of each group on each node.
  public init(counts: [[Int]]) { self.counts = counts }

  /// How many pods of a group are anywhere.
  public func placed(of group: Int) -> Int { counts[group].reduce(0, +) }

  /// How many pods of each group have no node.
  public func pending(of problem: PlacementProblem) -> [Int] {
    problem.groups.indices.map { problem.groups[$0].count - placed(of: $0) }
  }

  /// How many pods have no node.
  func pendingCount(of problem: PlacementProblem) -> Int {
    problem.podCount - counts.reduce(0) { $0 + $1.reduce(0, +) }
  }
}
