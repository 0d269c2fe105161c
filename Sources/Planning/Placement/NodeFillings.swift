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
  /// By type: the table of all types that take the same pods.
  private var tables: [FillingTable]
  private let table: [Int?]

  /// - Parameter isOpen: for each type, whether pods of each group may be on it; by its kind, unless it is told.
  init(_ problem: PlacementProblem, types: [NodeType], isOpen: [[Bool]]? = nil) {
    (self.problem, self.types) = (problem, types)
    let open =
      isOpen ?? types.map { type in problem.groups.map { $0.kinds?.contains(type.kind) ?? true } }
    refused = problem.apps.indices.map { app in
      problem.separations.filter { $0.topology == .node }.compactMap { $0.other(than: app) }
    }
    perNode = problem.apps.map { $0.mostPerNode ?? Int.max }
    most = types.indices.map { type in
      problem.groups.indices.map { open[type][$0] ? problem.most(of: $0, in: types[type].room) : 0 }
    }
    requests = types.map { type in problem.groups.map { NodeFillings.withMixtures($0.requests, type) } }
    size = types.map { type in problem.groups.map { NodeFillings.share(of: $0, type) } }
    (tables, table) = NodeFillings.tables(problem, types, most, open)
  }

  /// A table for each set of groups that nodes are open to.
  private static func tables(
    _ problem: PlacementProblem, _ types: [NodeType], _ most: [[Int]], _ open: [[Bool]]
  ) -> ([FillingTable], [Int?]) {
    var (tables, table) = ([FillingTable](), [Int?](repeating: nil, count: types.count))
    for type in types.indices where !open[..<type].contains(open[type]) {
      let alike = types.indices.filter { open[$0] == open[type] }
      let made = FillingTable(
        problem.groups.map(\.requests),
        most: problem.groups.indices.map { group in alike.map { most[$0][group] }.max() ?? 0 },
        room: types[type].room.indices.map { resource in alike.map { types[$0].room[resource] }.max() ?? 0 })
      guard let made else { continue }
      for other in alike { table[other] = tables.count }
      tables.append(made)
    }
    return (tables, table)
  }

  /// The most pods of a group on one node of a type.
  func capacity(of group: Int, on type: Int) -> Int { most[type][group] }

  /// The most valuable filling of a node of each type; short of steps, a good one with a bound.
  mutating func best(worth: [Double], steps: Int) -> [Filling] {
    for place in tables.indices { tables[place].fill(worth) }
    return types.indices.map { type in
      guard let table = table[type] else { return searched(type, worth, steps) }
      let (atMost, pieces) = tables[table].best(in: types[type].room)
      var counts = [Int](repeating: 0, count: worth.count)
      for piece in pieces { counts[piece.group] += piece.count }
      if hasRoom(type, counts) { return Filling(counts: counts, worth: atMost, atMost: atMost) }
      var found = searched(type, worth, steps)
      found.atMost = min(found.atMost, atMost)
      return found
    }
  }

  /// Whether a node of a type takes some pods together.
  private func hasRoom(_ type: Int, _ counts: [Int]) -> Bool {
    var left = types[type].room
    var apps = [Int](repeating: 0, count: perNode.count)
    for (group, count) in counts.enumerated() where count > 0 {
      apps[problem.groups[group].app] += count
      for resource in left.indices { left[resource] -= count * problem.groups[group].requests[resource] }
    }
    return left.allSatisfy { $0 >= 0 }
      && apps.indices.allSatisfy { app in
        apps[app] <= perNode[app] && (apps[app] == 0 || refused[app].allSatisfy { apps[$0] == 0 })
      }
  }

  private func searched(_ type: Int, _ worth: [Double], _ steps: Int) -> Filling {
    let groups = worth.indices.filter { worth[$0] > 0 && most[type][$0] > 0 }.sorted {
      (-worth[$0] / size[type][$0], $0) < (-worth[$1] / size[type][$1], $1)
    }
    var counts = [Int](repeating: 0, count: worth.count)
    guard !groups.isEmpty else { return Filling(counts: counts, worth: 0, atMost: 0) }
    let items = FillingSearch.Items(
      worth: groups.map { worth[$0] }, requests: groups.flatMap { requests[type][$0] },
      most: groups.map { most[type][$0] }, app: groups.map { problem.groups[$0].app })
    let room = types[type].room + NodeFillings.mixtures.map { $0.reduce(0, +) * NodeFillings.whole }
    var search = FillingSearch(
      items, resources: room.count, perNode: perNode, refused: refused, steps: steps)
    search.run(room)
    for (position, group) in groups.enumerated() { counts[group] = search.best[position] }
    return Filling(counts: counts, worth: search.bestWorth, atMost: search.atMost)
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

extension PlacementProblem {
  /// The most pods of a group that an empty node with some room takes.
  fileprivate func most(of group: Int, in room: [Int]) -> Int {
    var most = min(groups[group].count, apps[groups[group].app].mostPerNode ?? Int.max)
    for (asked, left) in zip(groups[group].requests, room) where asked > 0 { most = min(most, left / asked) }
    return max(0, most)
  }
}
