/// One thing that keeps pods from nodes.
public enum PlacementConstraint: Hashable, Sendable {
  /// No two pods of an app, or no more than so many, share a node.
  case apartOnNodes(app: Int)
  /// The same of zones.
  case apartInZones(app: Int)
  /// No pods of two apps share a node, or a zone.
  case separate(PodSeparation)
  /// The numbers of an app's pods are even.
  case spread(app: Int, SpreadRule)
  /// The pods of a group are where their volumes are.
  case volumes(group: Int)
  /// The pods of a group are on some kinds of node only.
  case kinds(group: Int)
  /// Pods share what nodes have of a resource.
  case room(resource: Int)
}

extension PlacementProblem {
  /// Everything that keeps pods from nodes.
  public var constraints: [PlacementConstraint] {
    let rules = apps.indices.flatMap { app -> [PlacementConstraint] in
      let own = apps[app]
      return (own.mostPerNode == nil ? [] : [.apartOnNodes(app: app)])
        + (own.mostPerZone == nil ? [] : [.apartInZones(app: app)])
        + own.spreads.filter(\.isRequired).map { .spread(app: app, $0) }
    }
    let places = groups.indices.flatMap { group -> [PlacementConstraint] in
      (groups[group].zone == nil ? [] : [.volumes(group: group)])
        + (groups[group].kinds == nil ? [] : [.kinds(group: group)])
    }
    let resources = nodes.first?.room.indices.filter { resource in
      groups.contains { $0.requests[resource] > 0 }
    }
    return rules + separations.map { .separate($0) } + places + (resources ?? []).map { .room(resource: $0) }
  }

  /// The same without one of its constraints.
  public func without(_ constraint: PlacementConstraint) -> PlacementProblem {
    var left = self
    switch constraint {
    case .apartOnNodes(let app): left.apps[app].mostPerNode = nil
    case .apartInZones(let app): left.apps[app].mostPerZone = nil
    case .separate(let rule): left.separations.removeAll { $0 == rule }
    case .spread(let app, let rule): left.apps[app].spreads.removeAll { $0 == rule }
    case .volumes(let group): left.groups[group].zone = nil
    case .kinds(let group): left.groups[group].kinds = nil
    case .room(let resource):
      for group in left.groups.indices { left.groups[group].requests[resource] = 0 }
    }
    return left
  }
}

/// Constraints that together leave pods waiting, none of which could be left out: an irreducible infeasible set.
public struct PlacementConflict: Hashable, Sendable {
  /// The constraints, in the order of the problem.
  public let constraints: [PlacementConstraint]
  /// Whether each of them was proved to be needed.
  public let isProved: Bool

  /// The conflict of a problem whose pods do not all fit; `nil` where that is not proved.
  ///
  /// A deletion filter (Chinneck, *Feasibility and infeasibility in optimization*, 2008): what is still infeasible without a
  /// constraint does not need it.
  /// - Complexity: one search for each constraint.
  public init?(_ problem: PlacementProblem, steps: Int = BestPlacement.usualSteps) {
    guard BestPlacement.fits(problem, steps: steps) == .no else { return nil }
    var (left, needed, isProved) = (problem, [PlacementConstraint](), true)
    for constraint in problem.constraints {
      let relaxed = left.without(constraint)
      switch BestPlacement.fits(relaxed, steps: steps) {
      case .no: left = relaxed
      case .yes: needed.append(constraint)
      case .unknown:
        needed.append(constraint)
        isProved = false
      }
    }
    (constraints, self.isProved) = (needed, isProved)
  }
}
