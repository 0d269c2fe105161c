/// Looks for a packing in which no pod waits by filling one node after the other, where no rule looks beyond a node.
///
/// The largest pod left goes to a node of each kind in turn; the node then takes every set of further pods to which none
/// could be added, and is closed (Korf, *A new algorithm for optimal bin packing*, 2002, bin completion). A set that could
/// take one more pod is no better than one that has it, since that pod would only leave its own node emptier.
struct NodeFilling {
  private let problem: PlacementProblem
  /// The groups, largest pods first.
  private let groups: [Int]
  /// For each node, the first one that is equal to it.
  private let twin: [Int]
  private var steps: Int
  private var missing: [Int]
  private var isClosed: [Bool]
  private var packing: Packing
  private var failed: Set<[Int]> = []

  /// A search; `nil` where some rule looks beyond a node.
  init?(_ problem: PlacementProblem, steps: Int) {
    guard !problem.apps.contains(where: { $0.hasZoneRules }), !problem.nodes.isEmpty,
      !problem.separations.contains(where: { $0.topology == .zone })
    else { return nil }
    self.problem = problem
    self.steps = steps
    twin = problem.nodes.indices.map { node in
      problem.nodes.indices.first { NodeFilling.areTwins($0, node, problem) } ?? node
    }
    groups = NodeFilling.bySize(problem)
    missing = problem.groups.map(\.count)
    isClosed = problem.nodes.map { !$0.isOpen }
    packing = Packing(problem)
  }

  private static func areTwins(_ left: Int, _ right: Int, _ problem: PlacementProblem) -> Bool {
    let (one, other) = (problem.nodes[left], problem.nodes[right])
    return one.room == other.room && one.isOpen == other.isOpen
      && problem.groups.indices.allSatisfy { problem.allows($0, on: left) == problem.allows($0, on: right) }
  }

  private static func bySize(_ problem: PlacementProblem) -> [Int] {
    let room = problem.nodes[0].room.indices.map { resource in
      problem.nodes.reduce(0.0) { $0 + Double($1.room[resource]) }
    }
    let asked = problem.nodes[0].room.indices.map { resource in
      problem.groups.reduce(0.0) { $0 + Double($1.count) * Double($1.requests[resource]) }
    }
    let size = problem.groups.map { pod in
      pod.requests.indices.reduce(0.0) { sum, resource in
        guard room[resource] > 0 else { return sum }
        return sum + Double(pod.requests[resource]) / room[resource] * (asked[resource] / room[resource])
      }
    }
    return problem.groups.indices.sorted { (-size[$0], $0) < (-size[$1], $1) }
  }

  mutating func run() -> PlacementSearch.Outcome {
    switch descend() {
    case .some(true): return .found(packing)
    case .some(false): return .none
    case nil: return .givenUp
    }
  }

  /// Whether all pods left have room on the nodes that are not closed; `nil` when it gave up.
  private mutating func descend() -> Bool? {
    guard let largest = groups.first(where: { missing[$0] > 0 }) else { return true }
    steps -= 1
    if steps < 0 { return nil }
    guard hasRoom else { return false }
    let key = missing + [-1] + problem.nodes.indices.filter { !isClosed[$0] }.map { twin[$0] }.sorted()
    if failed.contains(key) { return false }
    var tried: Set<Int> = []
    for node in problem.nodes.indices where !isClosed[node] && problem.allows(largest, on: node) {
      guard tried.insert(twin[node]).inserted else { continue }
      isClosed[node] = true
      var fill = Fill(node: node, left: problem.nodes[node].room, apps: problem.apps.map(\.mostPerNode))
      if capacity(of: largest, fill) > 0 {
        take(largest, 1, &fill)
        let found = complete(&fill, 0)
        if found != false { return found }
        take(largest, -1, &fill)
      }
      isClosed[node] = false
    }
    failed.insert(key)
    return false
  }

  /// A node that is being filled.
  private struct Fill {
    let node: Int
    var left: [Int]
    /// How many more pods of each app it may have; `nil`: any number.
    var apps: [Int?]

    func capacity(of pod: PodGroup) -> Int {
      var most = apps[pod.app] ?? Int.max
      for (asked, left) in zip(pod.requests, left) where asked > 0 { most = min(most, left / asked) }
      return max(0, most)
    }
  }

  /// How many more pods of a group a node takes, beside those that are on it.
  private func capacity(of group: Int, _ fill: Fill) -> Int {
    let app = problem.groups[group].app
    for rule in problem.separations {
      guard let other = rule.other(than: app) else { continue }
      let isThere = groups.contains {
        problem.groups[$0].app == other && packing.counts[$0][fill.node] > 0
      }
      if isThere { return 0 }
    }
    return fill.capacity(of: problem.groups[group])
  }

  private mutating func take(_ group: Int, _ count: Int, _ fill: inout Fill) {
    let pod = problem.groups[group]
    missing[group] -= count
    packing.counts[group][fill.node] += count
    for resource in pod.requests.indices { fill.left[resource] -= count * pod.requests[resource] }
    fill.apps[pod.app] = fill.apps[pod.app].map { $0 - count }
  }

  private mutating func complete(_ fill: inout Fill, _ position: Int) -> Bool? {
    guard position < groups.count else { return isFull(fill) ? descend() : false }
    let group = groups[position]
    let most =
      problem.allows(group, on: fill.node)
      ? min(missing[group], capacity(of: group, fill)) : 0
    if most == 0 { return complete(&fill, position + 1) }
    for count in stride(from: most, through: 0, by: -1) {
      steps -= 1
      if steps < 0 { return nil }
      if count > 0 { take(group, count, &fill) }
      let found = complete(&fill, position + 1)
      if found != false { return found }
      if count > 0 { take(group, -count, &fill) }
    }
    return false
  }

  /// Whether no pod that is left could be added.
  private func isFull(_ fill: Fill) -> Bool {
    groups.allSatisfy { group in
      missing[group] == 0 || !problem.allows(group, on: fill.node)
        || capacity(of: group, fill) == 0
    }
  }

  /// Whether the nodes that are not closed have as much of each resource as is asked for.
  private var hasRoom: Bool {
    problem.nodes[0].room.indices.allSatisfy { resource in
      var room = 0.0
      for (node, place) in problem.nodes.enumerated() where !isClosed[node] {
        room += Double(place.room[resource])
      }
      let asked = problem.groups.indices.reduce(0.0) {
        $0 + Double(missing[$1]) * Double(problem.groups[$1].requests[resource])
      }
      return asked <= room
    }
  }
}
