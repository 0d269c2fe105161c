/// How many pods of each group are in some of the zones, at least, wherever all pods are.
struct ZoneShares {
  private let problem: PlacementProblem
  /// The zones that have nodes.
  private let zones: [Int]
  /// How many pods of each group need a node.
  private let counts: [Int]

  /// - Parameter zones: those that have nodes, all of which spread rules count.
  init(_ problem: PlacementProblem, zones: [Int], without lost: Int?) {
    self.problem = problem
    self.zones = zones.filter { $0 != lost }
    counts = problem.groups.map { $0.zone != nil && $0.zone == lost ? 0 : $0.count }
  }

  /// Whether no rule leaves places for all pods.
  var isImpossible: Bool { least(in: zones) == nil }

  /// What the pods are worth at least that must be in some of the zones; `nil` where pods can not be placed.
  func worth(of pods: [Double], in some: [Int]) -> Double? {
    guard let least = least(in: some) else { return nil }
    var worth = 0.0
    for app in problem.apps.indices {
      let own = problem.groups.indices.filter { problem.groups[$0].app == app }
      var (left, pinned) = (least[app], 0)
      for group in own where problem.groups[group].zone.map(some.contains) ?? false {
        worth += pods[group] * Double(counts[group])
        pinned += counts[group]
      }
      left -= pinned
      // The pods of an app may be of several groups: those that are worth least are there.
      for group in own.filter({ problem.groups[$0].zone == nil }).sorted(by: { pods[$0] < pods[$1] }) {
        let taken = max(0, min(left, counts[group]))
        worth += pods[group] * Double(taken)
        left -= taken
      }
    }
    return worth
  }

  /// How many pods of each group are in some of the zones for certain; of an app with several groups, pinned ones.
  func certain(in some: [Int]) -> [Int] {
    guard let least = least(in: some) else { return counts.map { _ in 0 } }
    return problem.groups.enumerated().map { index, group in
      if let zone = group.zone { return some.contains(zone) ? counts[index] : 0 }
      let isAlone = problem.groups.count { $0.app == group.app } == 1
      return isAlone ? min(counts[index], least[group.app]) : 0
    }
  }

  /// The fewest pods of each app in some of the zones.
  private func least(in some: [Int]) -> [Int]? {
    let inside = zones.count { some.contains($0) }
    var least: [Int] = []
    for app in problem.apps.indices {
      let pods = problem.groups.indices.reduce(0) { $0 + (problem.groups[$1].app == app ? counts[$1] : 0) }
      guard let own = fewest(pods, problem.apps[app], inside: inside, isSelective: isSelective(app)) else {
        return nil
      }
      least.append(own)
    }
    return least
  }

  /// Whether pods of an app may not be on every node, so that spread rules may not count every zone.
  private func isSelective(_ app: Int) -> Bool {
    problem.groups.contains { $0.app == app && ($0.kinds != nil || $0.zone != nil) }
  }

  /// Of so many pods, those in so many of all zones, with all numbers between some f and f + maxSkew.
  private func fewest(_ pods: Int, _ app: PodApp, inside: Int, isSelective: Bool) -> Int? {
    let outside = zones.count - inside
    var fewest = outside == 0 ? pods : 0
    func raise(_ most: Int) -> Bool {
      fewest = max(fewest, pods - outside * most)
      return pods <= zones.count * most
    }
    if zones.isEmpty { return pods == 0 ? 0 : nil }
    if let most = app.mostPerZone, !raise(min(most, pods)) { return nil }
    for rule in app.spreads where rule.isRequired && rule.topology == .zone && !isSelective {
      if zones.count < rule.minDomains {
        guard raise(min(rule.maxSkew, pods)) else { return nil }
        continue
      }
      let bases = (0...(pods / zones.count)).lazy.filter { base in
        pods <= zones.count * (base + min(rule.maxSkew, pods))
      }
      let each = bases.map { max(inside * $0, pods - outside * ($0 + min(rule.maxSkew, pods))) }
      guard let least = each.min() else { return nil }
      fewest = max(fewest, least)
    }
    return fewest
  }
}
