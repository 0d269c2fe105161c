/// What is taken on each node by the units that are on it.
struct NodePacking {
  /// The nodes, by domain; `nil`: as much as anybody asks for.
  private let room: [ComputeResources?]
  private(set) var taken: [ComputeResources]

  init(_ domains: [Domain]) {
    room = domains.map { $0.kind == .node ? $0.allocatable : nil }
    taken = domains.map { _ in .none }
  }

  /// Whether a node has room for so much more.
  func fits(_ requests: ComputeResources, on node: Int) -> Bool {
    room[node].map { (taken[node] + requests).fits(in: $0) } ?? true
  }

  mutating func take(_ requests: ComputeResources, on node: Int) { taken[node] = taken[node] + requests }

  /// The node on which an elastic unit is: the one whose turn it is, else the next in turn that has room, else the first
  /// further one that has.
  ///
  /// - Parameter turn: a place among the declared nodes.
  mutating func place(
    _ requests: ComputeResources, turn: Int, declared: [Int], further: [Int]
  ) -> Int? {
    let inTurn = declared[turn...] + declared[..<turn]
    guard
      let node = inTurn.first(where: { fits(requests, on: $0) })
        ?? further.first(where: { fits(requests, on: $0) })
    else { return nil }
    take(requests, on: node)
    return node
  }
}
