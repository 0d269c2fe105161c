/// How many pods wait at least, whatever anybody does.
///
/// Each count is true by itself; the largest is taken.
struct PackingBound {
  let problem: PlacementProblem

  /// Of some groups, beside what is placed: those that no node has openings for, those above what anti-affinity leaves,
  /// and those above what there is of a resource when the largest wait first.
  func waiting(of groups: [Int], in state: PackingState) -> Int {
    max(openings(groups, state), apps(groups, state), resources(groups, state))
  }

  private func missing(_ group: Int, _ state: PackingState) -> Int {
    problem.groups[group].count - state.packing.placed(of: group)
  }

  private func openings(_ groups: [Int], _ state: PackingState) -> Int {
    groups.reduce(0) { sum, group in
      let open = problem.nodes.indices.reduce(0) { $0 + state.openings(for: group, on: $1) }
      return sum + max(0, missing(group, state) - open)
    }
  }

  private func apps(_ groups: [Int], _ state: PackingState) -> Int {
    var asked = [Int](repeating: 0, count: problem.apps.count)
    for group in groups { asked[problem.groups[group].app] += missing(group, state) }
    return problem.apps.indices.reduce(0) { sum, app in
      guard asked[app] > 0 else { return sum }
      return sum + max(0, asked[app] - places(app, groups, state))
    }
  }

  /// How many more pods of an app anti-affinity leaves places for.
  private func places(_ app: Int, _ groups: [Int], _ state: PackingState) -> Int {
    let own = groups.filter { problem.groups[$0].app == app }
    var inZone = [Int](repeating: 0, count: problem.zoneCount)
    for (node, place) in problem.nodes.enumerated() {
      let open = own.map { state.openings(for: $0, on: node) }.reduce(0) { $0 + min($1, 1_000_000) }
      let most = problem.apps[app].mostPerNode.map { $0 - state.onNode[app][node] } ?? open
      inZone[place.zone] += min(open, max(0, most))
    }
    return inZone.enumerated().reduce(0) { sum, entry in
      let most = problem.apps[app].mostPerZone.map { $0 - state.inZone[app][entry.offset] } ?? entry.element
      return sum + min(entry.element, max(0, most))
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
