internal import ServiceGraph

/// A part of a model with a Markov chain of its own, as the parameters move it.
struct ResponseModule: Sendable {
  private enum Kind: Sendable {
    case failover(FailoverModule)
    case dependent(DependentModule, group: Int)
  }

  private let kind: Kind
  /// The parameters that its chain depends on, ascending.
  let parameters: [Int]
  /// The variables of the network that it drives.
  let selections: [ModuleCurve.Selection]
  /// The long-run probabilities of its outcomes as stated.
  let nominal: [Double]
  /// How many states its chain has.
  let stateCount: Int

  /// Roles that move.
  init(_ module: FailoverModule, variables: [[Int]], _ revaluation: ModelRevaluation) {
    kind = .failover(module)
    let graph = revaluation.graph
    let hasNeeds = module.roles.contains { graph.movingRoles[$0].failover?.needs.isEmpty == false }
    let own = revaluation.parameters(ofProcesses: module.processes).union(
      revaluation.parameters(ofRoles: module.roles))
    // What a move needs is up by the numbers of anything.
    parameters = hasNeeds ? Array(revaluation.table.parameters.indices) : own.sorted()
    nominal = module.weights
    stateCount = module.source.space.states.count
    var first = 0
    selections = zip(variables, module.module.outcomes).map { variables, outcomes in
      defer { first += outcomes.count }
      return ModuleCurve.Selection(variables: variables, weights: Array(first..<first + outcomes.count))
    }
  }

  /// A dependent group.
  init(_ module: DependentModule, group: Int, variables: [Int], _ revaluation: ModelRevaluation) {
    kind = .dependent(module, group: group)
    let own = revaluation.graph.dependentGroups[group]
    parameters = revaluation.parameters(ofProcesses: own.processes).union(
      revaluation.parameters(ofPools: own)
    ).sorted()
    nominal = module.probabilities
    stateCount = module.source.space.states.count
    selections = [ModuleCurve.Selection(variables: variables, weights: Array(module.outcomes.indices))]
  }

  /// The probabilities of its outcomes with some values; `nil` where its chain has no answer.
  func weights(_ values: [Double], _ revaluation: ModelRevaluation, _ cache: inout ResponseCache) -> [Double]?
  {
    let stated = revaluation.table.parameters
    if parameters.allSatisfy({ values[$0] == stated[$0].value }) { return nominal }
    let key = ResponseCache.Key(places: parameters, values: parameters.map { values[$0] })
    if let known = cache.weights[key] { return known }
    let graph = revaluation.graph(values)
    let weights =
      switch kind {
      case .failover(let module): module.weights(in: graph)
      case .dependent(let module, let group): module.weights(of: graph.dependentGroups[group], in: graph)
      }
    cache.weights[key] = .some(weights)
    return weights
  }
}

/// What was worked out for some values, so that it is worked out once.
struct ResponseCache {
  /// Some parameters and their values.
  struct Key: Hashable {
    let places: [Int]
    let values: [Double]
  }

  /// The probabilities of the outcomes of modules.
  var weights: [Key: [Double]?] = [:]
  /// The mean role outages of moves.
  var moves: [Key: MoveFormula.Means] = [:]
}
