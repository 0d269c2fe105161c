/// A packing under way, with what the rules need to know of it.
struct PackingState {
  let facts: PackingFacts
  /// What is left of each node, by node, then resource.
  private(set) var left: [Int]
  /// How many pods of each group are on each node, of each app on each node, and in each zone.
  private var counts: [Int]
  private var appCounts: [Int]
  private var zoneCounts: [Int]

  init(_ problem: PlacementProblem, _ packing: Packing? = nil) { self.init(PackingFacts(problem), packing) }

  init(_ facts: PackingFacts, _ packing: Packing? = nil) {
    self.facts = facts
    left = facts.problem.nodes.flatMap(\.room)
    counts = [Int](repeating: 0, count: facts.app.count * facts.nodes)
    appCounts = [Int](repeating: 0, count: facts.mostPerNode.count * facts.nodes)
    zoneCounts = [Int](repeating: 0, count: facts.mostPerNode.count * facts.zones)
    for (group, counts) in (packing?.counts ?? []).enumerated() {
      for (node, count) in counts.enumerated() where count > 0 { place(group, on: node, count) }
    }
  }

  var problem: PlacementProblem { facts.problem }

  /// What is where.
  var packing: Packing {
    Packing(counts: facts.app.indices.map { Array(counts[($0 * facts.nodes)..<(($0 + 1) * facts.nodes)]) })
  }

  /// How many pods of a group are on a node.
  func count(_ group: Int, on node: Int) -> Int { counts[group * facts.nodes + node] }

  /// How many pods of a group are anywhere.
  func placed(of group: Int) -> Int {
    counts[(group * facts.nodes)..<((group + 1) * facts.nodes)].reduce(0, +)
  }

  /// How many pods have no node.
  var pendingCount: Int { facts.counts.reduce(0, +) - counts.reduce(0, +) }

  /// How many pods of an app are on each node.
  func onNodes(_ app: Int) -> ArraySlice<Int> { appCounts[(app * facts.nodes)..<((app + 1) * facts.nodes)] }

  /// How many pods of an app are in each zone.
  func inZones(_ app: Int) -> ArraySlice<Int> { zoneCounts[(app * facts.zones)..<((app + 1) * facts.zones)] }

  /// How many pods of an app are on a node.
  func pods(of app: Int, on node: Int) -> Int { appCounts[app * facts.nodes + node] }

  /// How many pods of an app are in the zone of a node.
  func pods(of app: Int, around node: Int) -> Int { zoneCounts[app * facts.zones + facts.zone[node]] }

  /// What is left of a node of a resource; below 0 where pods are drawn on it that it has no room for.
  func left(_ resource: Int, on node: Int) -> Int { left[node * facts.resources + resource] }

  mutating func place(_ group: Int, on node: Int, _ count: Int = 1) {
    let app = facts.app[group]
    counts[group * facts.nodes + node] += count
    appCounts[app * facts.nodes + node] += count
    zoneCounts[app * facts.zones + facts.zone[node]] += count
    for resource in 0..<facts.resources {
      let place = node * facts.resources + resource
      left[place] = PackingState.difference(
        left[place], count, facts.requests[group * facts.resources + resource])
    }
  }

  /// What is left without so many times an amount; where pods are drawn on a node, that may be less than any number.
  private static func difference(_ left: Int, _ count: Int, _ amount: Int) -> Int {
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: amount)
    let (difference, isTooSmall) = left.subtractingReportingOverflow(product)
    return isTooLarge || isTooSmall ? Int.min / 2 : difference
  }

  /// Whether a node takes one more pod of a group by room and anti-affinity, spread rules aside.
  func isOpen(_ node: Int, to group: Int) -> Bool {
    guard facts.isOpen(node, to: group) else { return false }
    for resource in 0..<facts.resources
    where left[node * facts.resources + resource] < facts.requests[group * facts.resources + resource] {
      return false
    }
    let app = facts.app[group]
    return pods(of: app, on: node) < facts.mostPerNode[app]
      && pods(of: app, around: node) < facts.mostPerZone[app] && refuser(of: app, on: node) == nil
  }

  // MARK: Spread rules

  /// Whether the scheduler's spread rules let the next pod of an app onto a node: the count there, with it, no more than
  /// `maxSkew` above the fewest of all places (Kubernetes, *Pod Topology Spread Constraints*, PodTopologySpread filter).
  func spreadsAllow(_ app: Int, on node: Int) -> Bool {
    facts.spreads[app].allSatisfy { skew($0, of: app, after: node) <= $0.maxSkew }
  }

  /// What the skew of a place would be with one more pod of an app on a node.
  func skew(_ rule: SpreadRule, of app: Int, after node: Int) -> Int {
    let here = rule.topology == .node ? pods(of: app, on: node) : pods(of: app, around: node)
    return here + 1 - range(of: rule, app).fewest
  }

  /// Whether what is placed obeys the required spread rules of an app: then there is an order in which the scheduler
  /// could have placed it, place by place from the lowest up.
  func spreadsHold(_ app: Int) -> Bool {
    facts.spreads[app].allSatisfy { holds($0, of: app) }
  }

  /// Whether what is placed obeys a spread rule of an app.
  func holds(_ rule: SpreadRule, of app: Int) -> Bool {
    let range = range(of: rule, app)
    return range.most - range.fewest <= rule.maxSkew
  }

  private func range(of rule: SpreadRule, _ app: Int) -> (fewest: Int, most: Int) {
    rule.topology == .node
      ? facts.range(of: rule, app, appCounts, from: app * facts.nodes)
      : facts.range(of: rule, app, zoneCounts, from: app * facts.zones)
  }
}
