public import ServiceModel

/// Where the pods of a model can be: now, when a node or a zone is lost, while a node is drained.
public struct PlacementPlan: Sendable {
  /// The pods and nodes.
  public let placement: PlacementModel
  /// The best packing of them.
  public private(set) var best: BestPlacement
  /// Where the scheduler puts them, one after the other.
  public let scheduled: SchedulerOrder
  /// Constraints that leave pods waiting, none of which could be left out; `nil` where none wait, or it is not known.
  public let conflict: PlacementConflict?
  /// What the drawn placement breaks; empty where it keeps all rules, or nothing is drawn.
  public let breaches: [PlacementBreach]
  /// Where pods are, for what follows: as drawn where that keeps all rules, else where the scheduler puts them.
  public let current: Packing
  /// Whether that is as drawn.
  public let isAsDrawn: Bool
  /// The loss of each node, in the order of the model.
  public let nodeLosses: [PlacementLoss]
  /// The loss of each zone.
  public let zoneLosses: [PlacementLoss]
  /// A drain of each node, one at a time.
  public let drains: [NodeDrain]

  /// The plan of a model.
  ///
  /// - Parameter steps: how many nodes a search tree may have; what is not proved within them is said.
  public init(_ model: Model, steps: Int = BestPlacement.usualSteps) {
    let placement = PlacementModel(model)
    let problem = placement.problem
    let scheduled = SchedulerOrder(problem)
    let breaches = placement.drawn.map { PlacementBreach.all(of: $0, in: problem) } ?? []
    let isAsDrawn = breaches.isEmpty && placement.drawn != nil
    var answers = PlacementAnswers(steps: steps)
    let best = answers.best(problem)
    let current = isAsDrawn ? placement.drawn ?? scheduled.packing : scheduled.packing
    (self.placement, self.scheduled, self.breaches) = (placement, scheduled, breaches)
    (self.isAsDrawn, self.best, self.current) = (isAsDrawn, best, current)
    conflict = best.fits == .no ? PlacementConflict(problem, steps: steps) : nil
    nodeLosses = problem.nodes.indices.map { node in
      PlacementLoss(
        of: [node], named: problem.nodes[node].name, in: problem, placed: current, &answers)
    }
    zoneLosses = placement.zones.indices.compactMap { zone in
      guard let domain = placement.zones[zone] else { return nil }
      return PlacementLoss(
        of: problem.nodes.indices.filter { problem.nodes[$0].zone == zone },
        named: model.domains[domain].name,
        in: problem, placed: current, &answers)
    }
    drains = problem.nodes.indices.map { NodeDrain(of: $0, in: problem, placed: current) }
  }

  /// Takes what somebody else found where fewer pods wait in it.
  public mutating func improve(by packing: Packing) {
    best = best.improved(by: packing, in: placement.problem)
  }

  /// How many pods of an app there are.
  public func count(of app: Int) -> Int { sum(placement.problem.groups.map(\.count), of: app) }

  /// The sum of something over the groups of an app.
  public func sum(_ values: [Int], of app: Int) -> Int {
    placement.problem.groups.indices.reduce(0) {
      $0 + (placement.problem.groups[$1].app == app ? values[$1] : 0)
    }
  }
}

/// A rule that pods break where they are drawn.
public struct PlacementBreach: Hashable, Sendable {
  /// The rule.
  public let constraint: PlacementConstraint
  /// How many nodes or zones break it; of a spread rule 1.
  public let places: Int

  /// Everything that a packing breaks.
  static func all(of packing: Packing, in problem: PlacementProblem) -> [PlacementBreach] {
    let state = PackingState(problem, packing)
    return problem.constraints.compactMap { constraint in
      let places = state.breaches(of: constraint)
      return places > 0 ? PlacementBreach(constraint: constraint, places: places) : nil
    }
  }
}
