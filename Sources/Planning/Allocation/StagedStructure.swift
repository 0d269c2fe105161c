/// When a system works, asked place by place: a decision diagram whose levels are the places of a plan.
///
/// Several chains stand side by side: a capability, or one in a scenario such as a zone that is down. Each begins with a
/// weight, and what of it arrives at the end without having worked is unavailable.
package struct StagedStructure: Sendable {
  /// Where a step leads.
  package enum Next: Sendable, Hashable {
    /// It works, whatever the rest does.
    case works
    /// It does not, whatever the rest does.
    case fails
    /// It depends on the rest: a node of the next level.
    case node(Int)
  }

  /// What it depends on at a level.
  struct Node: Sendable {
    let chain: Int
    let up: Next
    let down: Next
  }

  /// A diagram on its own.
  package struct Chain: Sendable {
    /// Which objective it adds to.
    package let objective: Int
    /// Which of an option's unavailabilities counts in it.
    package let scenario: Int
    /// The probability of the scenario.
    package let weight: Double

    /// A chain.
    package init(objective: Int, scenario: Int, weight: Double) {
      (self.objective, self.scenario, self.weight) = (objective, scenario, weight)
    }
  }

  /// The nodes of each level.
  let levels: [[Node]]
  /// The chains.
  let chains: [Chain]
  /// Where each chain begins.
  let roots: [Next]
  /// Sets of nodes of each level from which no better node can be told apart: what counts when plans are compared.
  let worse: [[[Int]]]

  /// Places in series, in each of several chains.
  package init(series places: Int, chains: [Chain]) {
    self.chains = chains
    levels = (0..<places).map { place in
      chains.indices.map { chain in
        Node(chain: chain, up: place + 1 < places ? .node(chain) : .works, down: .fails)
      }
    }
    roots = chains.indices.map { places > 0 ? .node($0) : .works }
    worse = [[[Int]]](repeating: chains.indices.map { _ in [] }, count: places + 1)
  }

  /// A system that works when all places of one of its path sets do.
  ///
  /// - Returns: `nil` when the diagram outgrows `nodeLimit` nodes in a level.
  package init?(paths: [[Int]], places: Int, nodeLimit: Int = 4_000) {
    var builder = PathDiagram(paths: paths, places: places)
    guard builder.build(nodeLimit: nodeLimit) else { return nil }
    chains = [Chain(objective: 0, scenario: 0, weight: 1)]
    levels = builder.levels
    roots = [builder.root]
    worse = builder.families.map { PathDiagram.downSets(of: $0) } + [[[]]]
  }

  /// How many objectives there are.
  var objectives: Int { (chains.map(\.objective).max() ?? 0) + 1 }
}

/// A decision diagram level by level from minimal path sets; a node is the family of paths that are left.
private struct PathDiagram {
  private let places: Int
  private var index: [[[Int]]: Int] = [:]
  private(set) var families: [[[[Int]]]] = []
  private(set) var levels: [[StagedStructure.Node]] = []
  private(set) var root: StagedStructure.Next
  private let first: [[Int]]

  init(paths: [[Int]], places: Int) {
    self.places = places
    first = PathDiagram.minimal(paths.map { Array(Set($0)).sorted() })
    root = .fails
  }

  mutating func build(nodeLimit: Int) -> Bool {
    root = PathDiagram.next(first) { _ in 0 }
    var here = root == .node(0) ? [first] : []
    for place in 0..<places {
      families.append(here)
      var following: [[[Int]]] = []
      index = [:]
      var nodes: [StagedStructure.Node] = []
      for family in here {
        let up = PathDiagram.minimal(family.map { $0.filter { $0 != place } })
        let down = family.filter { !$0.contains(place) }
        nodes.append(
          StagedStructure.Node(chain: 0, up: enter(up, &following), down: enter(down, &following)))
      }
      levels.append(nodes)
      here = following
      if here.count > nodeLimit { return false }
    }
    return true
  }

  private mutating func enter(_ family: [[Int]], _ following: inout [[[Int]]]) -> StagedStructure.Next {
    PathDiagram.next(family) { family in
      if let known = index[family] { return known }
      index[family] = following.count
      following.append(family)
      return following.count - 1
    }
  }

  private static func next(_ family: [[Int]], number: ([[Int]]) -> Int) -> StagedStructure.Next {
    if family.isEmpty { return .fails }
    if family[0].isEmpty { return .works }
    return .node(number(family))
  }

  /// The sets that hold no other, shortest first.
  private static func minimal(_ family: [[Int]]) -> [[Int]] {
    var kept: [[Int]] = []
    for path in family.sorted(by: {
      $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
    }) {
      if !kept.contains(where: { isInside($0, path) }) { kept.append(path) }
    }
    return kept
  }

  private static func isInside(_ small: [Int], _ large: [Int]) -> Bool { small.allSatisfy(large.contains) }

  /// The sets of nodes that hold with a node each one that works only when it does, without the empty set; only the
  /// empty set and all when there are more than 64.
  static func downSets(of families: [[[Int]]]) -> [[Int]] {
    let isWorse = families.map { one in
      families.map { other in one.allSatisfy { path in other.contains { isInside($0, path) } } }
    }
    var sets: Set<[Int]> = [[]]
    var pending: [[Int]] = [[]]
    while let set = pending.popLast() {
      for node in families.indices where !set.contains(node) {
        let larger = families.indices.filter { set.contains($0) || isWorse[$0][node] }
        if sets.insert(larger).inserted { pending.append(larger) }
      }
      if sets.count > 64 { return families.indices.map { [$0] } + families.indices.map { [-1 - $0] } + [[]] }
    }
    return sets.sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
  }
}
