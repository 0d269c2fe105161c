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

  let facts: PackingFacts
  /// The groups in the order in which they are placed, those of an app together.
  let groups: [Int]
  /// By group: its place in that order.
  let position: [Int]
  /// By resource: the groups that ask least of it first.
  let bySize: [[Int]]
  /// Whether volumes tell zones from each other.
  let hasPins: Bool
  private let most: Int
  private var steps: Int
  private var failed: Set<[Int32]> = []
  /// The states of nodes, and that of each node.
  var states: PackedNodeStates
  var nodes: [Int]
  /// By position, then node: what was there before, and the nodes zone by zone, equal ones beside each other.
  private var before: [Int]
  var order: [Int]
  /// By position, then place in that order: how many pods that node and those after it are open to.
  private var rest: [Int]
  /// How many pods of each group are on each node, and of each app in each zone.
  private var counts: [Int]
  private var zoneCounts: [Int]

  /// A search.
  ///
  /// - Parameters:
  ///   - most: the most pods that may wait.
  ///   - steps: how many nodes of the search tree it visits before it gives up.
  init(_ facts: PackingFacts, waitingAtMost most: Int = 0, steps: Int = 0) {
    (self.facts, self.most, self.steps) = (facts, most, steps)
    groups = PlacementSearch.order(of: facts.problem)
    var position = groups
    for (place, group) in groups.enumerated() { position[group] = place }
    self.position = position
    bySize = (0..<facts.resources).map { resource in
      facts.app.indices.sorted {
        facts.requests[$0 * facts.resources + resource] < facts.requests[$1 * facts.resources + resource]
      }
    }
    hasPins = facts.problem.groups.contains { $0.zone != nil }
    var states = PackedNodeStates(facts)
    nodes = facts.zone.indices.map { states.empty($0) }
    self.states = states
    before = [Int](repeating: 0, count: groups.count * facts.nodes)
    rest = before
    order = groups.flatMap { _ in facts.byZone }
    counts = [Int](repeating: 0, count: facts.app.count * facts.nodes)
    zoneCounts = [Int](repeating: 0, count: facts.mostPerNode.count * facts.zones)
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
    switch descend(0, waiting: 0) {
    case .some(true):
      return .found(
        Packing(
          counts: facts.app.indices.map { Array(counts[($0 * facts.nodes)..<(($0 + 1) * facts.nodes)]) })
      )
    case .some(false): return .none
    case nil: return .givenUp
    }
  }

  // MARK: Where nodes are

  /// How many more pods of a group may be on a node by room and anti-affinity, spread rules aside.
  mutating func openings(for group: Int, on node: Int, at position: Int) -> Int {
    guard facts.allows[group * facts.nodes + node] else { return 0 }
    let (app, zone) = (facts.app[group], facts.zone[node])
    let own = facts.app[groups[position]]
    let most = min(
      states.openings(in: nodes[node], for: group, isOwn: app == own), mostInZone(app, zone))
    if most <= 0 { return 0 }
    return facts.isRefusedInZones[app] && isRefused(app, in: zone) ? 0 : most
  }

  /// Whether an app that is in a zone keeps another one away from it.
  private func isRefused(_ app: Int, in zone: Int) -> Bool {
    facts.refusers[app].contains { $0.topology == .zone && inZone($0.app, zone) > 0 }
  }

  func inZone(_ app: Int, _ zone: Int) -> Int { zoneCounts[app * facts.zones + zone] }

  /// How many more pods of an app anti-affinity leaves places for in a zone.
  func mostInZone(_ app: Int, _ zone: Int) -> Int { max(0, facts.mostPerZone[app] - inZone(app, zone)) }

  /// How many pods of the app that is being placed are on a node.
  func here(_ node: Int) -> Int { states.pods(in: nodes[node]) }

  /// What is left of a resource, of all nodes.
  func left(_ resource: Int) -> Double {
    var left = 0.0
    for state in nodes { left += Double(max(0, states.left(resource, in: state))) }
    return left
  }

  private mutating func note(_ group: Int, on node: Int, _ count: Int) {
    counts[group * facts.nodes + node] += count
    zoneCounts[facts.app[group] * facts.zones + facts.zone[node]] += count
  }

  // MARK: Through the groups

  /// Places the groups from one on; whether it could, `nil` when it gave up.
  private mutating func descend(_ position: Int, waiting: Int) -> Bool? {
    guard position < groups.count else { return true }
    steps -= 1
    if steps < 0 { return nil }
    for node in 0..<facts.nodes { before[position * facts.nodes + node] = nodes[node] }
    let found = isPlaced(position, waiting: waiting)
    if found != true {
      for node in 0..<facts.nodes { nodes[node] = before[position * facts.nodes + node] }
    }
    return found
  }

  private mutating func isPlaced(_ position: Int, waiting: Int) -> Bool? {
    if isFirst(position) {
      for node in nodes.indices { nodes[node] = states.settled(nodes[node]) }
    }
    if self.waiting(from: position, above: most - waiting) { return false }
    sortNodes(at: position)
    let key = key(position, waiting)
    if failed.contains(key) { return false }
    let group = groups[position]
    var sum = 0
    for place in (0..<facts.nodes).reversed() {
      let entry = position * facts.nodes + place
      sum = min(facts.counts[group], sum + openings(for: group, on: order[entry], at: position))
      rest[entry] = sum
    }
    let spread = NodeSpread(position: position, waiting: waiting)
    let found = distribute(spread, 0, missing: facts.counts[group], last: (state: -1, zone: -1, count: 0))
    if found == false { failed.insert(key) }
    return found
  }

  /// Whether the group at a position is the first of its app.
  private func isFirst(_ position: Int) -> Bool {
    position == 0 || facts.app[groups[position - 1]] != facts.app[groups[position]]
  }

  /// Pods of one group on their way over the nodes.
  private struct NodeSpread {
    let position: Int
    let waiting: Int
  }

  /// Places the pods that are missing on the nodes from a place of their order on.
  ///
  /// - Parameter last: the node before, as it was, and how many pods it took: an equal one takes no more.
  private mutating func distribute(
    _ spread: NodeSpread, _ place: Int, missing: Int, last: (state: Int, zone: Int, count: Int)
  ) -> Bool? {
    guard place < facts.nodes, missing > 0 else {
      let total = spread.waiting + missing
      guard total <= most, isAppSound(spread.position) else { return false }
      return descend(spread.position + 1, waiting: total)
    }
    steps -= 1
    if steps < 0 { return nil }
    let entry = spread.position * facts.nodes + place
    if spread.waiting + missing - rest[entry] > most { return false }
    let (group, node) = (groups[spread.position], order[entry])
    let (state, zone) = (nodes[node], facts.zone[node])
    let limit = state == last.state && zone == last.zone ? min(last.count, missing) : missing
    for count in stride(
      from: min(openings(for: group, on: node, at: spread.position), limit), through: 0, by: -1)
    {
      nodes[node] = states.adding(count, group, to: state)
      note(group, on: node, count)
      let found = distribute(spread, place + 1, missing: missing - count, last: (state, zone, count))
      if found == true { return true }
      nodes[node] = state
      note(group, on: node, -count)
      if found == nil { return nil }
    }
    return false
  }

  /// Whether the spread rules of an app hold, once all its groups are placed.
  private func isAppSound(_ position: Int) -> Bool {
    guard position + 1 == groups.count || isFirst(position + 1) else { return true }
    let app = facts.app[groups[position]]
    for place in facts.spreads[app].indices {
      let rule = facts.spreads[app][place]
      let range =
        rule.topology == .node
        ? facts.range(of: rule, app, nodes.map { states.pods(in: $0) }, from: 0)
        : facts.range(of: rule, app, zoneCounts, from: app * facts.zones)
      if range.most - range.fewest > rule.maxSkew { return false }
    }
    return true
  }
}
