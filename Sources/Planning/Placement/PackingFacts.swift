/// A problem laid out flat, for searches that ask the same of it again and again.
struct PackingFacts {
  let problem: PlacementProblem
  let resources: Int
  let nodes: Int
  let zones: Int
  /// By group, then resource.
  let requests: [Int]
  /// By group.
  let app: [Int]
  let counts: [Int]
  /// By node.
  let zone: [Int]
  /// The nodes zone by zone, and by zone where they begin there, with the end.
  let byZone: [Int]
  let zoneStart: [Int]
  /// By app; `Int.max`: any number.
  let mostPerNode: [Int]
  let mostPerZone: [Int]
  /// By app: its required spread rules.
  let spreads: [[SpreadRule]]
  /// By app: the apps that may not share a place with it, with the place.
  let refusers: [[(app: Int, topology: SpreadRule.Topology)]]
  /// By app: whether any of them may not share a zone with it.
  let isRefusedInZones: [Bool]
  /// By group, then node: whether its pods may be there, before anything else is.
  let allows: [Bool]
  /// By app, then node or zone: those that its spread rules count.
  let eligibleNodes: [Bool]
  let eligibleZones: [Bool]

  init(_ problem: PlacementProblem) {
    self.problem = problem
    (nodes, zones) = (problem.nodes.count, problem.zoneCount)
    resources = problem.nodes.first?.room.count ?? problem.groups.first?.requests.count ?? 0
    requests = problem.groups.flatMap(\.requests)
    (app, counts) = (problem.groups.map(\.app), problem.groups.map(\.count))
    zone = problem.nodes.map(\.zone)
    let inZones = (0..<zones).map { zone in problem.nodes.indices.filter { problem.nodes[$0].zone == zone } }
    byZone = inZones.flatMap(\.self)
    zoneStart = inZones.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    mostPerNode = problem.apps.map { $0.mostPerNode ?? Int.max }
    mostPerZone = problem.apps.map { $0.mostPerZone ?? Int.max }
    spreads = problem.apps.map { $0.spreads.filter(\.isRequired) }
    refusers = problem.apps.indices.map { app in
      problem.separations.compactMap { rule in rule.other(than: app).map { ($0, rule.topology) } }
    }
    isRefusedInZones = refusers.map { $0.contains { $0.topology == .zone } }
    allows = problem.groups.indices.flatMap { group in
      problem.nodes.indices.map { problem.allows(group, on: $0) }
    }
    // Nodes that are cordoned count (nodeTaintsPolicy: Ignore).
    var nodesOpen = [Bool](repeating: false, count: problem.apps.count * nodes)
    var zonesOpen = [Bool](repeating: false, count: problem.apps.count * zones)
    for (place, isAllowed) in allows.enumerated() where isAllowed {
      let (app, node) = (app[place / nodes], place % nodes)
      nodesOpen[app * nodes + node] = true
      zonesOpen[app * zones + zone[node]] = true
    }
    (eligibleNodes, eligibleZones) = (nodesOpen, zonesOpen)
  }

  /// Whether pods of a group may come to a node, before anything else is there.
  func isOpen(_ node: Int, to group: Int) -> Bool {
    problem.nodes[node].isOpen && allows[group * nodes + node]
  }

  /// The fewest and the most pods at any place that a spread rule of an app counts; the fewest are 0 where there are too few.
  ///
  /// - Parameter counts: by place, from `start` on.
  func range(of rule: SpreadRule, _ app: Int, _ counts: [Int], from start: Int) -> (fewest: Int, most: Int) {
    let isNode = rule.topology == .node
    let places = isNode ? nodes : zones
    var (fewest, most, domains) = (Int.max, 0, 0)
    for place in 0..<places
    where isNode ? eligibleNodes[app * places + place] : eligibleZones[app * places + place] {
      let count = counts[start + place]
      (fewest, most, domains) = (min(fewest, count), max(most, count), domains + 1)
    }
    return (domains < rule.minDomains || domains == 0 ? 0 : fewest, most)
  }

  /// The places that a spread rule of an app counts.
  func places(of rule: SpreadRule, _ app: Int) -> [Int] {
    switch rule.topology {
    case .node: (0..<nodes).filter { eligibleNodes[app * nodes + $0] }
    case .zone: (0..<zones).filter { eligibleZones[app * zones + $0] }
    }
  }
}
