/// A placement as an integer programme, for a solver of one's own.
///
/// Variable `x_g_n` is the pods of group g on node n; the sum of all of them is to be as large as it can, so that the fewest
/// pods wait. Rows bound resources of nodes, pods of groups, and apps on nodes and in zones. A spread rule has a variable
/// for the fewest pods of any place; apps that refuse each other have one for which of them may have a place. Names are
/// numbers of groups, nodes, apps and zones, in the order of the problem, from 1.
public struct PlacementProgramme: Sendable {
  /// What a solver is given.
  public private(set) var programme = IntegerProgramme("placement", objective: "pods", isForMost: true)
  private let problem: PlacementProblem
  private let facts: PackingFacts

  /// The programme of a problem.
  public init(_ problem: PlacementProblem) {
    self.problem = problem
    facts = PackingFacts(problem)
    for (group, pods) in problem.groups.enumerated() {
      for (node, place) in problem.nodes.enumerated() {
        let isOpen = place.isOpen && problem.allows(group, on: node)
        _ = programme.unknown("x_\(group + 1)_\(node + 1)", worth: 1, atMost: isOpen ? pods.count : 0)
      }
    }
    addRoom()
    for app in problem.apps.indices { addRules(of: app) }
    for index in problem.separations.indices { addSides(of: index) }
  }

  /// The packing that an answer stands for; `nil` where it breaks a bound or a rule.
  public func packing(of values: [Int]) -> Packing? {
    guard programme.worth(of: values) != nil else { return nil }
    let nodes = problem.nodes.count
    let packing = Packing(
      counts: problem.groups.indices.map { Array(values[($0 * nodes)..<(($0 + 1) * nodes)]) })
    return packing.keeps(problem) ? packing : nil
  }

  // MARK: Room and anti-affinity

  private func pods(_ group: Int, _ node: Int) -> Int { group * problem.nodes.count + node }

  /// All pods of an app on some nodes.
  private func pods(of app: Int, where isMeant: (Int) -> Bool) -> [IntegerProgramme.Term] {
    problem.groups.indices.filter { problem.groups[$0].app == app }.flatMap { group in
      problem.nodes.indices.filter(isMeant).map { (pods(group, $0), 1) }
    }
  }

  /// All pods of an app on a node or in a zone.
  private func pods(of app: Int, in place: Int, _ topology: SpreadRule.Topology) -> [IntegerProgramme.Term] {
    pods(of: app) { (topology == .node ? $0 : problem.nodes[$0].zone) == place }
  }

  private mutating func addRoom() {
    for (group, own) in problem.groups.enumerated() {
      let terms = problem.nodes.indices.map { (column: pods(group, $0), value: 1) }
      programme.bound("g\(group + 1)", terms, .atMost, own.count)
    }
    for (node, place) in problem.nodes.enumerated() {
      for (resource, room) in place.room.enumerated() where room < PlacementNode.unlimited {
        let terms = problem.groups.indices.map {
          (column: pods($0, node), value: problem.groups[$0].requests[resource])
        }
        programme.bound("n\(node + 1)_r\(resource + 1)", terms, .atMost, max(0, room))
      }
    }
  }

  private mutating func addRules(of app: Int) {
    if let most = problem.apps[app].mostPerNode {
      for node in problem.nodes.indices {
        programme.bound("a\(app + 1)_n\(node + 1)", pods(of: app, in: node, .node), .atMost, most)
      }
    }
    if let most = problem.apps[app].mostPerZone {
      for zone in 0..<problem.zoneCount {
        programme.bound("a\(app + 1)_z\(zone + 1)", pods(of: app, in: zone, .zone), .atMost, most)
      }
    }
    for (index, rule) in problem.apps[app].spreads.enumerated() where rule.isRequired {
      addSpread(rule, "\(app + 1)_\(index + 1)", of: app)
    }
  }

  // MARK: Spread rules and apps that refuse each other

  /// count − fewest ≤ maxSkew, and count − fewest ≥ 0, in every place that counts.
  private mutating func addSpread(_ rule: SpreadRule, _ name: String, of app: Int) {
    let places = facts.places(of: rule, app)
    let fewest = programme.unknown("m_\(name)", atMost: places.count < rule.minDomains ? 0 : problem.podCount)
    for place in places {
      let terms = pods(of: app, in: place, rule.topology) + [(fewest, -1)]
      programme.bound("s\(name)_\(place + 1)_up", terms, .atMost, rule.maxSkew)
      programme.bound("s\(name)_\(place + 1)_lo", terms, .atLeast, 0)
    }
  }

  /// With u = 1 a place is open to the left app, else to the right: left ≤ most · u, right ≤ most · (1 − u).
  private mutating func addSides(of index: Int) {
    let rule = problem.separations[index]
    for place in 0..<(rule.topology == .node ? problem.nodes.count : problem.zoneCount) {
      let name = "\(index + 1)_\(place + 1)"
      let side = programme.unknown("u_\(name)", atMost: 1)
      let (left, right) = (problem.podCount(of: rule.left), problem.podCount(of: rule.right))
      programme.bound(
        "p\(name)_l", pods(of: rule.left, in: place, rule.topology) + [(side, -left)], .atMost, 0)
      programme.bound(
        "p\(name)_r", pods(of: rule.right, in: place, rule.topology) + [(side, right)], .atMost, right)
    }
  }
}

extension Packing {
  /// Whether a packing has no more pods than there are, each where it may be, and keeps every rule of a problem.
  public func keeps(_ problem: PlacementProblem) -> Bool {
    guard counts.count == problem.groups.count,
      counts.allSatisfy({ $0.count == problem.nodes.count && $0.allSatisfy { $0 >= 0 } }),
      pending(of: problem).allSatisfy({ $0 >= 0 })
    else { return false }
    let isOpen = problem.nodes.indices.allSatisfy { node in
      problem.nodes[node].isOpen || counts.allSatisfy { $0[node] == 0 }
    }
    let state = PackingState(problem, self)
    return isOpen && problem.constraints.allSatisfy { state.breaches(of: $0) == 0 }
  }
}
