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

/// A packing under way, with what the rules need to know of it.
struct PackingState {
  let problem: PlacementProblem
  private(set) var packing: Packing
  /// What is left of each node, by resource.
  private(set) var left: [[Int]]
  /// For each app, how many of its pods are on each node and in each zone.
  private(set) var onNode: [[Int]]
  private(set) var inZone: [[Int]]
  /// For each app, the nodes and zones that its spread rules count.
  let eligibleNodes: [[Bool]]
  let eligibleZones: [[Bool]]

  init(_ problem: PlacementProblem, _ packing: Packing? = nil) {
    self.problem = problem
    self.packing = Packing(problem)
    left = problem.nodes.map(\.room)
    onNode = problem.apps.map { _ in [Int](repeating: 0, count: problem.nodes.count) }
    let zones = problem.zoneCount
    inZone = problem.apps.map { _ in [Int](repeating: 0, count: zones) }
    eligibleNodes = problem.apps.indices.map { app in PackingState.eligibleNodes(of: app, in: problem) }
    eligibleZones = eligibleNodes.map { nodes in
      var isEligible = [Bool](repeating: false, count: zones)
      for (node, place) in problem.nodes.enumerated() where nodes[node] { isEligible[place.zone] = true }
      return isEligible
    }
    for (group, counts) in (packing?.counts ?? []).enumerated() {
      for (node, count) in counts.enumerated() where count > 0 { place(group, on: node, count) }
    }
  }

  /// The nodes that pods of an app select; those that are cordoned count (nodeTaintsPolicy: Ignore).
  private static func eligibleNodes(of app: Int, in problem: PlacementProblem) -> [Bool] {
    let groups = problem.groups.indices.filter { problem.groups[$0].app == app }
    return problem.nodes.indices.map { node in groups.contains { problem.allows($0, on: node) } }
  }

  mutating func place(_ group: Int, on node: Int, _ count: Int = 1) {
    let pod = problem.groups[group]
    packing.counts[group][node] += count
    for resource in pod.requests.indices {
      left[node][resource] = PackingState.difference(left[node][resource], count, pod.requests[resource])
    }
    onNode[pod.app][node] += count
    inZone[pod.app][problem.nodes[node].zone] += count
  }

  /// What is left without so many times an amount; where pods are drawn on a node, that may be less than any number.
  private static func difference(_ left: Int, _ count: Int, _ amount: Int) -> Int {
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: amount)
    let (difference, isTooSmall) = left.subtractingReportingOverflow(product)
    return isTooLarge || isTooSmall ? Int.min / 2 : difference
  }

  /// How many more pods of a group have room on a node, the rules aside.
  func room(for group: Int, on node: Int) -> Int {
    guard problem.nodes[node].isOpen, problem.allows(group, on: node) else { return 0 }
    var most = Int.max
    for (asked, left) in zip(problem.groups[group].requests, left[node]) {
      if left < 0 { return 0 }
      if asked > 0 { most = min(most, left / asked) }
    }
    return most
  }

  /// How many more pods of a group may be on a node by room and anti-affinity, spread rules aside.
  func openings(for group: Int, on node: Int) -> Int {
    let pod = problem.groups[group]
    let app = problem.apps[pod.app]
    var most = min(pod.count, room(for: group, on: node))
    if let limit = app.mostPerNode { most = min(most, limit - onNode[pod.app][node]) }
    if let limit = app.mostPerZone { most = min(most, limit - inZone[pod.app][problem.nodes[node].zone]) }
    return most > 0 && refuser(of: pod.app, on: node) == nil ? most : 0
  }

  /// Whether the scheduler's spread rules let the next pod of an app onto a node: the count there, with it, no more than
  /// `maxSkew` above the fewest of all places (Kubernetes, *Pod Topology Spread Constraints*, PodTopologySpread filter).
  func spreadsAllow(_ app: Int, on node: Int) -> Bool {
    problem.apps[app].spreads.allSatisfy { rule in
      !rule.isRequired || skew(rule, of: app, after: node) <= rule.maxSkew
    }
  }

  /// What the skew of a place would be with one more pod of an app on a node.
  func skew(_ rule: SpreadRule, of app: Int, after node: Int) -> Int {
    switch rule.topology {
    case .node:
      return onNode[app][node] + 1 - fewest(onNode[app], eligibleNodes[app], rule.minDomains)
    case .zone:
      return inZone[app][problem.nodes[node].zone] + 1
        - fewest(inZone[app], eligibleZones[app], rule.minDomains)
    }
  }

  /// Whether what is placed obeys the required spread rules of an app: then there is an order in which the scheduler
  /// could have placed it, place by place from the lowest up.
  func spreadsHold(_ app: Int) -> Bool {
    problem.apps[app].spreads.allSatisfy { !$0.isRequired || holds($0, of: app) }
  }

  /// Whether what is placed obeys a spread rule of an app.
  func holds(_ rule: SpreadRule, of app: Int) -> Bool {
    let (counts, eligible) =
      rule.topology == .node ? (onNode[app], eligibleNodes[app]) : (inZone[app], eligibleZones[app])
    let most = zip(counts, eligible).filter { $0.1 }.map(\.0).max() ?? 0
    return most - fewest(counts, eligible, rule.minDomains) <= rule.maxSkew
  }

  private func fewest(_ counts: [Int], _ isEligible: [Bool], _ minDomains: Int) -> Int {
    var (fewest, domains) = (Int.max, 0)
    for (count, isIn) in zip(counts, isEligible) where isIn {
      (fewest, domains) = (min(fewest, count), domains + 1)
    }
    return domains < minDomains || domains == 0 ? 0 : fewest
  }
}
