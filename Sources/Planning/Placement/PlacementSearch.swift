/// Looks for a packing in which no more than so many pods wait, through all of them if need be.
///
/// Group after group it takes every way of spreading equal pods over the nodes, equal nodes only once, and remembers from
/// which states nothing was found: what is left of each node, in no order, decides about the groups that follow.
struct PlacementSearch {
  /// What a search found.
  enum Outcome {
    /// A packing.
    case found(Packing)
    /// There is none.
    case none
    /// It was given up.
    case givenUp
  }

  private let problem: PlacementProblem
  private let bound: PackingBound
  private let groups: [Int]
  private let most: Int
  private var steps: Int
  private var failed: Set<[Int]> = []
  private let hasPins: Bool
  /// The apps that refuse another one.
  private let refusing: [Int]

  /// A search.
  ///
  /// - Parameters:
  ///   - most: the most pods that may wait.
  ///   - steps: how many nodes of the search tree it visits before it gives up.
  init(_ problem: PlacementProblem, waitingAtMost most: Int, steps: Int) {
    self.problem = problem
    (self.most, self.steps) = (most, steps)
    bound = PackingBound(problem: problem)
    hasPins = problem.groups.contains { $0.zone != nil }
    refusing = problem.apps.indices.filter { app in
      problem.separations.contains { $0.other(than: app) != nil }
    }
    groups = PlacementSearch.order(of: problem)
  }

  /// Apps with their groups together, the largest pods first: what fits nowhere is seen early.
  private static func order(of problem: PlacementProblem) -> [Int] {
    guard let first = problem.nodes.first else { return Array(problem.groups.indices) }
    let room = first.room.indices.map { resource in problem.nodes.map { $0.room[resource] }.max() ?? 0 }
    let size = problem.groups.map { pod in
      zip(pod.requests, room).map { $1 > 0 ? Double($0) / Double($1) : 0 }.max() ?? 0
    }
    var largest = [Double](repeating: 0, count: problem.apps.count)
    for (group, pod) in problem.groups.enumerated() { largest[pod.app] = max(largest[pod.app], size[group]) }
    return problem.groups.indices.sorted { left, right in
      let (one, other) = (problem.groups[left].app, problem.groups[right].app)
      return (-largest[one], one, -size[left], left) < (-largest[other], other, -size[right], right)
    }
  }

  mutating func run() -> Outcome {
    var state = PackingState(problem)
    switch descend(0, &state, waiting: 0) {
    case .some(true): return .found(state.packing)
    case .some(false): return .none
    case nil: return .givenUp
    }
  }

  /// Places the groups from one on; whether it could, `nil` when it gave up.
  private mutating func descend(_ position: Int, _ state: inout PackingState, waiting: Int) -> Bool? {
    guard position < groups.count else { return true }
    steps -= 1
    if steps < 0 { return nil }
    let rest = Array(groups[position...])
    if waiting + bound.waiting(of: rest, in: state) > most { return false }
    let key = stateKey(position, state, waiting)
    if failed.contains(key) { return false }
    let nodes = sortedNodes(state, app: problem.groups[groups[position]].app)
    var spread = NodeSpread(
      group: groups[position], nodes: nodes, missing: problem.groups[groups[position]].count)
    let found = distribute(&spread, 0, position, &state, waiting: waiting)
    if found == false { failed.insert(key) }
    return found
  }

  /// Pods of one group on their way over the nodes.
  private struct NodeSpread {
    let group: Int
    /// The nodes, equal ones beside each other, with a number for each kind of equal ones.
    let nodes: [(node: Int, kind: Int)]
    var missing: Int
    var last = (kind: -1, count: Int.max)
  }

  private mutating func distribute(
    _ spread: inout NodeSpread, _ place: Int, _ position: Int, _ state: inout PackingState, waiting: Int
  ) -> Bool? {
    guard place < spread.nodes.count, spread.missing > 0 else {
      let total = waiting + spread.missing
      guard total <= most, isAppSound(position, state) else { return false }
      return descend(position + 1, &state, waiting: total)
    }
    steps -= 1
    if steps < 0 { return nil }
    if waiting + spread.missing - openings(from: place, spread, state) > most { return false }
    let (node, kind) = spread.nodes[place]
    let limit = kind == spread.last.kind ? spread.last.count : Int.max
    let open = min(state.openings(for: spread.group, on: node), spread.missing, limit)
    let before = spread.last
    for count in stride(from: open, through: 0, by: -1) {
      if count > 0 { state.place(spread.group, on: node, count) }
      (spread.missing, spread.last) = (spread.missing - count, (kind, count))
      let found = distribute(&spread, place + 1, position, &state, waiting: waiting)
      if found == true { return true }
      if count > 0 { state.place(spread.group, on: node, -count) }
      (spread.missing, spread.last) = (spread.missing + count, before)
      if found == nil { return nil }
    }
    return false
  }

  /// How many more pods the nodes from a place on are open to.
  private func openings(from place: Int, _ spread: NodeSpread, _ state: PackingState) -> Int {
    var sum = 0
    for entry in spread.nodes[place...] {
      sum += state.openings(for: spread.group, on: entry.node)
      if sum >= spread.missing { return spread.missing }
    }
    return sum
  }

  /// Whether the spread rules of an app hold, once all its groups are placed.
  private func isAppSound(_ position: Int, _ state: PackingState) -> Bool {
    let app = problem.groups[groups[position]].app
    let isLast = position + 1 == groups.count || problem.groups[groups[position + 1]].app != app
    return !isLast || state.spreadsHold(app)
  }

  // MARK: What is equal

  /// What later groups can tell of a node.
  private func traits(_ node: Int, _ state: PackingState, app: Int) -> [Int] {
    let place = problem.nodes[node]
    return [place.isOpen ? 1 : 0, place.kind, state.onNode[app][node]] + state.left[node]
      + refusing.map { min(1, state.onNode[$0][node]) }
  }

  private func sortedNodes(_ state: PackingState, app: Int) -> [(node: Int, kind: Int)] {
    let facts = problem.nodes.indices.map { node in
      [problem.nodes[node].zone] + traits(node, state, app: app)
    }
    let order = problem.nodes.indices.sorted { left, right in
      facts[left] == facts[right] ? left < right : facts[left].lexicographicallyPrecedes(facts[right])
    }
    var kind = 0
    return order.enumerated().map { offset, node in
      if offset > 0, facts[order[offset - 1]] != facts[node] { kind += 1 }
      return (node, kind)
    }
  }

  /// The state as those groups see it that are still to be placed: nodes of a zone in no order, and zones, unless a volume
  /// is in one.
  private func stateKey(_ position: Int, _ state: PackingState, _ waiting: Int) -> [Int] {
    let app = problem.groups[groups[position]].app
    let isFirst = position == 0 || problem.groups[groups[position - 1]].app != app
    var zones = [[[Int]]](repeating: [], count: problem.zoneCount)
    for node in problem.nodes.indices {
      var facts = traits(node, state, app: app)
      if isFirst { facts[2] = 0 }
      zones[problem.nodes[node].zone].append(facts)
    }
    var flat = zones.enumerated().map { zone, nodes in
      nodes.sorted { $0.lexicographicallyPrecedes($1) }.reduce(into: hasPins ? [zone] : []) { $0 += $1 } + [
        -1
      ]
    }
    flat.sort { $0.lexicographicallyPrecedes($1) }
    return flat.reduce(into: [position, waiting]) { $0 += $1 }
  }
}
