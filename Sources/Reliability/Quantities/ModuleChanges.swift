internal import ServiceGraph

/// How often a capability fails because a module with a chain of its own changes, at any time.
///
/// The flows of the chain at that time, each times the probability that the change takes the capability down: see
/// `FailoverTransitions` for roles that move, and the steps of `DependentModule` to worse outcomes.
struct ModuleChanges: Sendable {
  /// One change of a module of roles that move, or the start of an outage that several share.
  private enum Change: Sendable {
    case flow(module: Int, place: Int)
    case start(variables: [Int])
  }

  /// A dependent group that the capability depends on.
  private struct Group: Sendable {
    let module: Int
    let variables: [Int]
    let outcomeCount: Int
    let steps: [DependentModule.Step]
  }

  /// The variables whose failures are counted here.
  let counted: Set<Int>
  private let changes: [Change]
  /// The failures that the changes bring, in their order.
  private let failures: NetworkDiagram
  private let choices: [FailoverTransitions.StartChoice]
  private let variableCount: Int
  private let groups: [Group]

  /// Those of every capability; `nil` where no module matters.
  static func all(
    _ failure: FailureNetwork, diagram: NetworkDiagram
  ) throws(SteadyState.TooLarge) -> [ModuleChanges?] {
    let indices = failure.graph.capabilities.indices
    guard !(failure.failovers.isEmpty && failure.modules.isEmpty) else { return indices.map { _ in nil } }
    let transitions = FailoverTransitions(failure)
    var all: [ModuleChanges?] = []
    do throws(BinaryDecisionDiagram.TooLarge) {
      for index in indices {
        let groups = failure.groups(diagram.support(ofRoot: index))
        all.append(try ModuleChanges(transitions, capability: index, groups: groups))
      }
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
    return all
  }

  private init(
    _ transitions: FailoverTransitions, capability: Int, groups: [Int]
  ) throws(BinaryDecisionDiagram.TooLarge) {
    let failure = transitions.failure
    let used = transitions.changes.filter { $0.failures[capability] != .never }
    changes = used.map { change in
      switch change.origin {
      case .flow(let module, let place): .flow(module: module, place: place)
      case .start(let group): .start(variables: failure.variables(ofShared: group))
      }
    }
    failures = try NetworkDiagram(failure.network, roots: used.map { $0.failures[capability] })
    counted = transitions.sharedVariables
    choices = transitions.choices
    variableCount = failure.events.count
    self.groups = groups.map { group in
      Group(
        module: failure.failovers.count + group, variables: failure.variablesOfModule[group].outcomeVariables,
        outcomeCount: failure.modules[group].outcomes.count, steps: failure.modules[group].steps)
    }
  }

  /// How often the capability fails by changes of modules, per hour; `nil` when the frequency of a shared outage is not
  /// known.
  ///
  /// - Parameters:
  ///   - diagram: of the capability.
  ///   - root: its root there.
  func frequency(_ moment: EventCurves.Moment, diagram: NetworkDiagram, root: Int, modules: [ModuleCurve])
    -> Double?
  {
    var total = 0.0
    let brought = failures.probabilitiesOfRoots(probabilities(moment, modules))
    for (change, probability) in zip(changes, brought) where probability > 0 {
      switch change {
      case .flow(let module, let place):
        total += moment.sums[module][modules[module].firstFlow + place] * probability
      case .start(let variables):
        guard let own = Self.frequency(ofAny: variables, moment) else { return nil }
        total += own * probability
      }
    }
    for group in groups { total += frequency(group, moment, diagram, root, modules) }
    return total
  }

  /// The probabilities of the variables, with those that say how a shared outage begins.
  private func probabilities(_ moment: EventCurves.Moment, _ modules: [ModuleCurve]) -> [Double] {
    var probabilities = moment.probabilities
    probabilities += [Double](repeating: 0, count: variableCount - probabilities.count)
    for choice in choices {
      let first = modules[choice.module].firstStarts[choice.bit]
      ModuleCurve.set(
        choice.variables, weights: choice.flows.map { moment.sums[choice.module][first + $0] },
        in: &probabilities)
    }
    return probabilities
  }

  /// How often the first of some variables becomes true.
  private static func frequency(ofAny variables: [Int], _ moment: EventCurves.Moment) -> Double? {
    var total = 0.0
    for variable in variables {
      guard let own = moment.failures[variable] else { return nil }
      total += variables.reduce(own) { $1 == variable ? $0 : $0 * (1 - moment.probabilities[$1]) }
    }
    return total
  }

  /// Σ (frequency of a step to a worse outcome) × (what it adds to the probability of being down).
  private func frequency(
    _ group: Group, _ moment: EventCurves.Moment, _ diagram: NetworkDiagram, _ root: Int,
    _ modules: [ModuleCurve]
  ) -> Double {
    var certain = moment.probabilities
    let down = (0..<group.outcomeCount).map { outcome in
      for (number, variable) in group.variables.enumerated() { certain[variable] = number == outcome ? 1 : 0 }
      return diagram.probability(ofRoot: root, certain)
    }
    let sums = moment.sums[group.module]
    let first = modules[group.module].firstFlow
    return group.steps.enumerated().reduce(0) { total, step in
      total + sums[first + step.offset] * max(0, down[step.element.to] - down[step.element.from])
    }
  }
}
