internal import ServiceGraph
internal import ServiceModel

/// Reads the state of the service off the state of its units.
struct ServiceStanding {
  let graph: CompiledGraph
  /// The role that each unit starts in.
  let unitRoles: UnitRoles
  /// The components, what is needed hard before what needs it.
  private let order: [Int]

  init(_ graph: CompiledGraph) {
    self.graph = graph
    unitRoles = UnitRoles(graph)
    order = Self.hardOrder(graph.model)
  }

  // MARK: Served fractions

  /// The level of every capability.
  func levels(_ state: OutageState) -> [ServiceLevel] {
    let served = fractions(state)
    return graph.capabilities.map { capability in
      guard state.isUp(capability.gate) else { return .down }
      let fraction = served[capability.fraction]
      return fraction >= 1 ? .up : fraction <= 0 ? .down : .degraded(fraction)
    }
  }

  /// What every recipe serves while what it is for is up.
  private func fractions(_ state: OutageState) -> [Double] {
    var served: [Double] = []
    served.reserveCapacity(graph.fractions.count)
    for recipe in graph.fractions { served.append(fraction(recipe, served, state)) }
    return served
  }

  /// What a recipe serves; earlier ones are known.
  private func fraction(_ recipe: ServedFraction, _ served: [Double], _ state: OutageState) -> Double {
    var least = 1.0
    for capacity in recipe.capacities { least = min(least, share(capacity, state)) }
    for group in recipe.alternatives { least = min(least, fraction(ofBest: group, served, state)) }
    for soft in recipe.softLosses where !state.isUp(soft.gate) { least *= 1 - soft.loss }
    return least
  }

  /// What the best members of a choice serve together that are needed.
  private func fraction(
    ofBest group: ServedFraction.Alternatives, _ served: [Double], _ state: OutageState
  ) -> Double {
    let members = group.members.map {
      (share: state.isUp($0.gate) ? served[$0.fraction] : 0, fraction: $0.fraction)
    }
    let best = members.sorted { $0.share > $1.share }.prefix(group.count)
    let share = best.last?.share ?? 1
    let parts = best.filter { $0.share < 1 }.map { graph.fractions[$0.fraction] }
    guard parts.count > 1, share > 0, parts.contains(where: \.hasLosses) else { return share }
    return min(share, fraction(ServedFraction.union(parts), served, state))
  }

  private func share(_ capacity: ServedFraction.Capacity, _ state: OutageState) -> Double {
    guard capacity.demand > 0 else { return 1 }
    let up =
      capacity.movingRole.map { state.upInRole[$0] } ?? capacity.units.count { state.isUnitUp[$0] }
    return min(1, Double(up) / capacity.demand)
  }

  // MARK: What is missing

  /// The roles that are short below a gate that is down, in the order in which they are met.
  func missing(below gate: Int, _ state: OutageState) -> [String] {
    unitRoles.missing(below: gate, of: graph, isUp: state.isUp)
  }

  /// The moving roles that are down below a gate that is down.
  func movingRoles(below gate: Int, _ state: OutageState) -> Set<Int> {
    Set(
      graph.lacks(below: gate, isUp: state.isUp).compactMap { lack in
        if case .movingRole(let role) = lack { role } else { nil }
      })
  }

  // MARK: Components

  /// The components whose own roles have units enough and that lack something they need hard.
  func stoppedComponents(_ state: OutageState) -> [String] {
    var ownUp: [[Bool]] = graph.model.components.map { $0.roles.map { _ in true } }
    for role in unitRoles.roles {
      let required = graph.model.components[role.component].roles[role.role].required
      let moving = state.roleOfUnit[role.units.lowerBound]
      let up =
        moving >= 0
        ? upInMovingRole(named: role.name, ofComponent: role.component, state)
        : role.units.count { state.isUnitUp[$0] }
      ownUp[role.component][role.role] = up >= required
    }
    var needsUp = [Bool](repeating: true, count: graph.model.components.count)
    for component in order {
      for dependency in graph.model.components[component].dependencies where dependency.strength == .hard {
        if !isUp(dependency.requirement, ownUp, needsUp) { needsUp[component] = false }
      }
    }
    return graph.model.components.indices.filter { !needsUp[$0] && ownUp[$0].allSatisfy { $0 } }
      .map { graph.model.components[$0].name }
  }

  private func upInMovingRole(named name: String, ofComponent component: Int, _ state: OutageState) -> Int {
    let role = state.rolesOfComponent[component]?.first { graph.movingRoles[$0].name == name }
    return role.map { state.upInRole[$0] } ?? 0
  }

  private func isUp(_ requirement: Requirement<Target>, _ ownUp: [[Bool]], _ needsUp: [Bool]) -> Bool {
    switch requirement {
    case .one(let target):
      let own = ownUp[target.component]
      return needsUp[target.component] && (target.role.map { own[$0] } ?? own.allSatisfy { $0 })
    case .atLeast(let count, let members):
      return members.count { isUp($0, ownUp, needsUp) } >= count
    }
  }

  /// Components ordered so that what one needs hard comes before it.
  private static func hardOrder(_ model: Model) -> [Int] {
    let needs = model.components.map { component in
      component.dependencies.filter { $0.strength == .hard }.flatMap(\.requirement.references)
        .map(\.component)
    }
    return DependencyOrder.order(of: needs)
  }
}
