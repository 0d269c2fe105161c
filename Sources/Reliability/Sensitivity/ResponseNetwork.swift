internal import ServiceGraph

/// The decision diagrams of a service's capabilities with what moves the probabilities of their variables.
struct ResponseNetwork: Sendable {
  /// One variable of the diagram.
  private enum EventFormula: Sendable {
    case processes([ProcessFormula])
    case starting([ProcessFormula], place: Int)
    case move(MoveFormula)
    case fixed(Double)
  }

  let modules: [ResponseModule]
  private let events: [EventFormula]
  private let diagram: NetworkDiagram
  private let support: [[Int]]

  init(_ failure: FailureNetwork, _ revaluation: ModelRevaluation) throws(SteadyState.TooLarge) {
    diagram = try NetworkDiagram.ofCapabilities(failure)
    let diagram = diagram
    support = failure.graph.capabilities.indices.map { diagram.support(ofRoot: $0) }
    modules =
      zip(failure.failovers, failure.variablesOfFailovers).map {
        ResponseModule($0, variables: $1, revaluation)
      }
      + zip(failure.modules, failure.variablesOfModule).enumerated().map {
        ResponseModule($1.0, group: $0, variables: $1.1.outcomeVariables, revaluation)
      }
    let nominal = revaluation.table.parameters.map(\.value)
    events = failure.events.map { event in
      switch event.kind {
      case .processes(let numbers): .processes(numbers.compactMap { revaluation.formulas[$0] })
      case .starting(let numbers, let place):
        .starting(numbers.compactMap { revaluation.formulas[$0] }, place: place)
      case .moving(let role, let process, let share):
        Self.move(role, process, revaluation, nominal).map { .move($0) } ?? .fixed(share)
      case .leaving, .dependent, .outcome: .fixed(event.unavailability(in: failure.graph))
      }
    }
  }

  private static func move(
    _ role: Int, _ process: Int, _ revaluation: ModelRevaluation, _ nominal: [Double]
  ) -> MoveFormula? {
    guard let formula = revaluation.formulas[process], let failover = revaluation.table.failovers[role]
    else { return nil }
    return MoveFormula(
      failover: failover, outage: formula.mode.outage,
      streamName: "\(revaluation.graph.processes[process].name)/failover-mean", nominalValues: nominal)
  }

  // MARK: Answers

  /// The long-run share of time that each capability is down; NaN where a chain has no answer.
  func unavailabilities(
    _ values: [Double], _ revaluation: ModelRevaluation, _ cache: inout ResponseCache
  ) -> [Double] {
    guard let probabilities = probabilities(values, revaluation, &cache) else {
      return support.map { _ in .nan }
    }
    return support.indices.map { diagram.probability(ofRoot: $0, probabilities) }
  }

  /// The derivatives of each capability's unavailability by the parameters of its events, by the chain rule over the
  /// Birnbaum importance of the events; `nil` for parameters that it does not depend on. Those of modules are left out.
  func slopes(
    _ values: [Double], _ revaluation: ModelRevaluation, _ cache: inout ResponseCache
  ) -> [[Double?]] {
    let none = [Double?](repeating: nil, count: values.count)
    guard let probabilities = probabilities(values, revaluation, &cache) else {
      return support.map { _ in none }
    }
    let slopes = events.map { self.slopes(of: $0, values) }
    return support.enumerated().map { root, variables in
      let importance = diagram.birnbaumImportance(ofRoot: root, probabilities)
      var derivative = none
      for variable in variables {
        for (parameter, slope) in slopes[variable] {
          derivative[parameter] = (derivative[parameter] ?? 0) + importance[variable] * slope
        }
      }
      return derivative
    }
  }

  /// The modules that a capability depends on.
  func modules(ofCapability index: Int) -> [ResponseModule] {
    let used = Set(support[index])
    return modules.filter { module in
      module.selections.contains { !used.isDisjoint(with: $0.variables) }
    }
  }

  // MARK: Events

  private func probabilities(
    _ values: [Double], _ revaluation: ModelRevaluation, _ cache: inout ResponseCache
  ) -> [Double]? {
    var probabilities: [Double] = []
    probabilities.reserveCapacity(events.count)
    for event in events {
      switch event {
      case .processes(let formulas):
        probabilities.append(combined(formulas.map { $0.unavailability(values) }))
      case .starting(let formulas, let place):
        probabilities.append(combined(formulas.map { $0.startingShare(place, values) }))
      case .move(let formula): probabilities.append(formula.share(values, &cache))
      case .fixed(let share): probabilities.append(share)
      }
    }
    for module in modules {
      guard let weights = module.weights(values, revaluation, &cache) else { return nil }
      for selection in module.selections {
        ModuleCurve.set(
          selection.variables, weights: selection.weights.map { weights[$0] }, in: &probabilities)
      }
    }
    return probabilities
  }

  private func slopes(of event: EventFormula, _ values: [Double]) -> [(parameter: Int, slope: Double)] {
    switch event {
    case .processes(let formulas):
      slopes(ofAny: formulas.map { $0.unavailability(values) }, formulas.map { $0.slopes(values) })
    case .starting(let formulas, let place):
      slopes(
        ofAny: formulas.map { $0.startingShare(place, values) },
        formulas.map { $0.slopesOfStarting(place, values) })
    case .move(let formula): formula.slopes(values)
    case .fixed: []
    }
  }

  /// The derivatives of P(A or B or …) of independent events from those of each.
  private func slopes(
    ofAny probabilities: [Double], _ slopes: [[(parameter: Int, slope: Double)]]
  ) -> [(parameter: Int, slope: Double)] {
    slopes.indices.flatMap { place in
      let others = probabilities.indices.reduce(1.0) { $1 == place ? $0 : $0 * (1 - probabilities[$1]) }
      return slopes[place].map { ($0.parameter, $0.slope * others) }
    }
  }
}
