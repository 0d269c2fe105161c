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

  let graph: CompiledGraph
  let failure: FailureDiagram
  let probabilities: [Double]
  /// Patterns double with every soft dependency.
  private let softLimit = 8
  /// Every level of capacity is a diagram of its own.
  private let levelLimit = 64

  /// The unserved fraction of a capability.
  func outcome(ofCapability index: Int) throws(BinaryDecisionDiagram.TooLarge) -> Outcome {
    let recipe = graph.fractions[graph.capabilities[index].fraction]
    if let reason = obstacle(recipe) { return .unknown(reason) }
    let down = failure.functions[index]
    let up = try failure.diagram.not(down)
    var total = probability(down) + unnoticed(recipe)
    for pattern in try softPatterns(recipe, within: up) {
      if pattern.weight < 1 { total += (1 - pattern.weight) * probability(pattern.function) }
      total += pattern.weight * (try shortage(recipe, within: pattern.function))
    }
    return .value(min(1, total))
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
      if capacity.units.contains(where: { degraded.contains($0) }) {
        return "units that are degraded to a fraction need a simulation"
      }
    }
    return nil
  }

  private func probability(_ function: BinaryDecisionDiagram.Function) -> Double {
    FlatFunction(function, in: failure.diagram).probability(probabilities)
  }

  private typealias Pattern = (weight: Double, function: BinaryDecisionDiagram.Function)

  /// Every pattern of soft dependencies that are down or up, inside a function.
  private func softPatterns(
    _ recipe: ServedFraction, within up: BinaryDecisionDiagram.Function
  ) throws(BinaryDecisionDiagram.TooLarge) -> [Pattern] {
    var patterns: [Pattern] = [(1, up)]
    for soft in recipe.softLosses {
      guard let isDown = failure.gateFunctions[soft.gate] else { continue }
      let isUp = try failure.diagram.not(isDown)
      var split: [Pattern] = []
      for pattern in patterns {
        split.append((pattern.weight, try failure.diagram.and(pattern.function, isUp)))
        split.append((pattern.weight * (1 - soft.loss), try failure.diagram.and(pattern.function, isDown)))
      }
      patterns = split.filter { $0.function != BinaryDecisionDiagram.never }
    }
    return patterns
  }

  /// Σ (v_{j+1} − v_j) P(function, capacity ≤ v_j) over the levels below 1. A role that moves has all it is asked
  /// for while it is up.
  private func shortage(
    _ recipe: ServedFraction, within function: BinaryDecisionDiagram.Function
  ) throws(BinaryDecisionDiagram.TooLarge) -> Double {
    let capacities = recipe.capacities.filter { $0.movingRole == nil }
    let levels = Set(capacities.flatMap(levels)).sorted()
    var total = 0.0
    for (level, next) in zip(levels, levels.dropFirst() + [1]) {
      var short = BinaryDecisionDiagram.never
      for capacity in capacities {
        short = try failure.diagram.or(short, atMost(level, capacity))
      }
      total += (next - level) * probability(try failure.diagram.and(function, short))
    }
    return total
  }

  /// The fractions below 1 that are left while the role is up.
  private func levels(_ capacity: ServedFraction.Capacity) -> [Double] {
    guard capacity.demand > Double(capacity.required) else { return [] }
    return (capacity.required...capacity.units.count).map { Double($0) / capacity.demand }.filter { $0 < 1 }
  }

  /// The function that a capacity is at most this fraction of its demand.
  private func atMost(
    _ level: Double, _ capacity: ServedFraction.Capacity
  ) throws(BinaryDecisionDiagram.TooLarge) -> BinaryDecisionDiagram.Function {
    guard capacity.demand > 0 else { return BinaryDecisionDiagram.never }
    let units = capacity.units.compactMap { failure.gateFunctions[$0] }
    let most = Int((level * capacity.demand * (1 + 1e-12)).rounded(.down))
    return try failure.diagram.atLeast(units.count - most, of: units)
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
