/// How many pods wait at least, whatever anybody does.
///
/// Each count is true by itself; the largest is taken.
struct PackingBound {
  let problem: PlacementProblem

  /// Of some groups, beside what is placed: those that no node has openings for and those above what anti-affinity leaves,
  /// app by app, and those above what there is of a resource when the largest wait first.
  func waiting(of groups: [Int], in state: PackingState) -> Int {
    max(apps(groups, state), resources(groups, state))
  }

  private func missing(_ group: Int, _ state: PackingState) -> Int {
    problem.groups[group].count - state.packing.placed(of: group)
  }

  private func apps(_ groups: [Int], _ state: PackingState) -> Int {
    var unopened = [Int](repeating: 0, count: problem.apps.count)
    var asked = unopened
    for group in groups {
      let (app, missing) = (problem.groups[group].app, missing(group, state))
      var open = 0
      for node in problem.nodes.indices where open < missing { open += state.openings(for: group, on: node) }
      unopened[app] += max(0, missing - open)
      asked[app] += missing
    }
    return asked.indices.reduce(0) { sum, app in
      let isLimited = problem.apps[app].mostPerNode != nil || problem.apps[app].mostPerZone != nil
      guard asked[app] > 0, isLimited else { return sum + unopened[app] }
      return sum + max(unopened[app], asked[app] - places(app, groups, state))
    }
  }

  /// How many more pods of an app anti-affinity leaves places for.
  private func places(_ app: Int, _ groups: [Int], _ state: PackingState) -> Int {
    var inZone = [Int](repeating: 0, count: problem.zoneCount)
    for node in problem.nodes.indices {
      var open = 0
      for group in groups where problem.groups[group].app == app {
        open += min(state.openings(for: group, on: node), 1_000_000)
      }
      let most = problem.apps[app].mostPerNode.map { $0 - state.onNode[app][node] } ?? open
      inZone[problem.nodes[node].zone] += min(open, max(0, most))
    }
    return inZone.indices.reduce(0) { sum, zone in
      let most = problem.apps[app].mostPerZone.map { $0 - state.inZone[app][zone] } ?? inZone[zone]
      return sum + min(inZone[zone], max(0, most))
    }
  }

  private func resources(_ groups: [Int], _ state: PackingState) -> Int {
    guard let first = problem.nodes.first else { return groups.reduce(0) { $0 + missing($1, state) } }
    return first.room.indices.map { resource in
      var room = 0.0
      for node in problem.nodes.indices where problem.nodes[node].isOpen {
        room += Double(max(0, state.left[node][resource]))
      }
      let bySize = groups.sorted {
        problem.groups[$0].requests[resource] < problem.groups[$1].requests[resource]
      }
      var waiting = 0
      for group in bySize {
        let (each, count) = (Double(problem.groups[group].requests[resource]), missing(group, state))
        let fitting = each > 0 ? Int(min(Double(count), room / each)) : count
        room -= each * Double(fitting)
        waiting += count - fitting
      }
      return waiting
    }.max() ?? 0
  }
}
