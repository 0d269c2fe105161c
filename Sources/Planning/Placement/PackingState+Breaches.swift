extension PackingState {
  /// How many nodes or zones break a constraint.
  func breaches(of constraint: PlacementConstraint) -> Int {
    switch constraint {
    case .apartOnNodes(let app):
      return onNodes(app).count { $0 > problem.apps[app].mostPerNode ?? Int.max }
    case .apartInZones(let app):
      return inZones(app).count { $0 > problem.apps[app].mostPerZone ?? Int.max }
    case .separate(let rule): return breaches(of: rule)
    case .spread(let app, let rule): return holds(rule, of: app) ? 0 : 1
    case .room(let resource): return problem.nodes.indices.count { left(resource, on: $0) < 0 }
    case .volumes(let group), .kinds(let group):
      return problem.nodes.indices.count { count(group, on: $0) > 0 && !problem.allows(group, on: $0) }
    }
  }
}
