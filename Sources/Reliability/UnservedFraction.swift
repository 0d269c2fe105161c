internal import ServiceGraph
internal import Stochastics

/// The long-run share of service that is not served: down, short of capacity, or without something needed softly.
///
/// With levels v₁ < … < 1 of the capacity that is left and patterns S of soft dependencies that are down,
///
///     unserved = P(down) + Σ_S [(1 − w_S) P(up, S) + w_S Σ_j (v_{j+1} − v_j) P(up, S, capacity ≤ v_j)]
///
/// where w_S = Π (1 − loss). Every term is a probability of a function of the diagram, so nothing is subtracted.
struct UnservedFraction {
  /// An answer, or why there is none.
  enum Outcome {
    case value(Double)
    case unknown(String)
  }

  private typealias Literal = BooleanNetwork.Literal

  let graph: CompiledGraph
  /// The failures of gates; levels and patterns are added to it.
  private(set) var failure: FailureNetwork
  /// Patterns double with every soft dependency.
  private let softLimit = 8
  /// Every level of capacity is a function of its own.
  private let levelLimit = 64

  init(_ failure: FailureNetwork) {
    graph = failure.graph
    self.failure = failure
  }

  /// What is not served while a capability is up, as functions of the diagram.
  struct Formula {
    fileprivate let weights: [Double]
    fileprivate let diagram: NetworkDiagram
    fileprivate let unnoticed: Double

    /// The unserved fraction of a capability that is down with probability `unavailability`.
    func value(unavailability: Double, _ probabilities: [Double]) -> Double {
      let total = weights.indices.reduce(unavailability + unnoticed) {
        $0 + weights[$1] * diagram.probability(ofRoot: $1, probabilities)
      }
      return min(1, total)
    }
  }

  /// The formula of a capability, or why there is none.
  mutating func formula(ofCapability index: Int) -> (formula: Formula?, reason: String?) {
    let recipe = graph.fractions[graph.capabilities[index].fraction]
    if let reason = obstacle(recipe) { return (nil, reason) }
    let up = failure.gateFailures[graph.capabilities[index].gate].negated
    var terms: [(weight: Double, function: Literal)] = []
    for pattern in softPatterns(recipe, within: up) {
      if pattern.weight < 1 { terms.append((1 - pattern.weight, pattern.function)) }
      terms += shortage(recipe, within: pattern.function).map { (pattern.weight * $0.weight, $0.function) }
    }
    guard let diagram = try? NetworkDiagram(failure.network, roots: terms.map(\.function)) else {
      return (nil, "the levels of capacity outgrow the decision diagram and need a simulation")
    }
    return (Formula(weights: terms.map(\.weight), diagram: diagram, unnoticed: unnoticed(recipe)), nil)
  }

  /// The unserved fraction of a capability that is down with probability `unavailability`.
  mutating func outcome(ofCapability index: Int, unavailability: Double, _ probabilities: [Double]) -> Outcome
  {
    let (formula, reason) = formula(ofCapability: index)
    guard let formula else { return .unknown(reason ?? "it is not known") }
    return .value(formula.value(unavailability: unavailability, probabilities))
  }

  /// What the levels of capacity can not express.
  private func obstacle(_ recipe: ServedFraction) -> String? {
    if !recipe.alternatives.isEmpty { return "alternatives with fractions of their own need a simulation" }
    if recipe.softLosses.count > softLimit {
      return "more than \(softLimit) soft dependencies need a simulation"
    }
    let degraded = Set(graph.processes.filter { !$0.takesDown }.flatMap(\.units))
    let levels = Set(recipe.capacities.filter { $0.movingRole == nil }.flatMap(levels)).count
    if levels > levelLimit { return "more than \(levelLimit) levels of capacity need a simulation" }
    for capacity in recipe.capacities {
      if capacity.movingRole != nil, capacity.demand > Double(capacity.required) {
        return "the capacity of a role that moves needs a simulation"
      }
      if capacity.units.count > 1, capacity.units.contains(where: { unnoticedDependents.contains($0) }) {
        return "failures of units that wait for a crew or stand by, before they are noticed, are not solved"
      }
      if capacity.units.contains(where: { degraded.contains($0) }) {
        return "units that are degraded to a fraction need a simulation"
      }
    }
    return nil
  }

  /// Units that requests still go to when a failure in a dependent group has not been noticed.
  private var unnoticedDependents: Set<Int> {
    let processes = graph.dependentGroups.flatMap(\.processes).map { graph.processes[$0] }
    return Set(processes.filter { $0.takesDown && $0.detectionParts > 0 }.flatMap(\.units))
  }

  private typealias Pattern = (weight: Double, function: Literal)

  /// Every pattern of soft dependencies that are down or up, inside a function.
  private mutating func softPatterns(_ recipe: ServedFraction, within up: Literal) -> [Pattern] {
    var patterns: [Pattern] = [(1, up)]
    for soft in recipe.softLosses {
      let isDown = failure.gateFailures[soft.gate]
      var split: [Pattern] = []
      for pattern in patterns {
        split.append((pattern.weight, failure.network.and([pattern.function, isDown.negated])))
        split.append((pattern.weight * (1 - soft.loss), failure.network.and([pattern.function, isDown])))
      }
      patterns = split.filter { $0.function != .never }
    }
    return patterns
  }

  /// (v_{j+1} − v_j) and the function that the capacity is at most v_j, over the levels below 1. A role that moves
  /// has all it is asked for while it is up.
  private mutating func shortage(_ recipe: ServedFraction, within function: Literal) -> [Pattern] {
    let capacities = recipe.capacities.filter { $0.movingRole == nil }
    let levels = Set(capacities.flatMap(levels)).sorted()
    var terms: [Pattern] = []
    for (level, next) in zip(levels, levels.dropFirst() + [1]) {
      let short = failure.network.or(capacities.map { atMost(level, $0) })
      terms.append((next - level, failure.network.and([function, short])))
    }
    return terms
  }

  /// The fractions below 1 that are left while the role is up.
  private func levels(_ capacity: ServedFraction.Capacity) -> [Double] {
    guard capacity.demand > Double(capacity.required) else { return [] }
    return (capacity.required...capacity.units.count).map { Double($0) / capacity.demand }.filter { $0 < 1 }
  }

  /// The function that a capacity is at most this fraction of its demand.
  private mutating func atMost(_ level: Double, _ capacity: ServedFraction.Capacity) -> Literal {
    guard capacity.demand > 0 else { return .never }
    let most = Int((level * capacity.demand * (1 + 1e-12)).rounded(.down))
    return failure.down(capacity.units.count - most, of: capacity.units)
  }

  /// Requests that still go to a unit whose failure nobody has noticed, to first order: the frequency of such
  /// failures × the mean time to notice × the unit's share of the requests.
  private func unnoticed(_ recipe: ServedFraction) -> Double {
    var total = 0.0
    for capacity in recipe.capacities where capacity.units.count > 1 {
      for process in graph.processes where process.takesDown && process.detectionParts > 0 {
        let hit = process.units.filter { capacity.units.contains($0) }.count
        guard hit > 0, hit < capacity.units.count, let frequency = process.frequencyPerHour else { continue }
        let noticed = process.outage.prefix(process.detectionParts).reduce(0) { $0 + $1.mean }
        total += frequency * noticed * Double(hit) / Double(capacity.units.count)
      }
    }
    return total
  }
}
