internal import ServiceGraph

/// The long-run share of service that is not served: down, short of capacity, asked of units whose failure nobody has
/// noticed, or without something needed softly.
///
/// With levels v₁ < … < 1 of the share that is left and patterns S of soft dependencies that are down,
///
///     unserved = P(down) + Σ_S [(1 − w_S) P(up, S) + w_S Σ_j (v_{j+1} − v_j) P(up, S, share ≤ v_j)]
///
/// where w_S = Π (1 − loss), and the share is the least of min(1, k / demand) · k / (k + q) over the groups, k of their
/// units up and q down unnoticed. Every term is a probability of a function of the diagram, so nothing is subtracted.
struct UnservedFraction {
  /// An answer and what was approximated in it, or why there is none.
  enum Outcome {
    case value(Double, approximations: [String])
    case unknown(String)
  }

  typealias Literal = BooleanNetwork.Literal

  let graph: CompiledGraph
  /// The failures of gates; levels and patterns are added to it.
  private(set) var failure: FailureNetwork
  /// What is not noticed yet of these failures.
  private var notices = NoticeVariables()
  /// Patterns double with every soft dependency.
  private let softLimit = 8
  /// Every level of capacity is a function of its own.
  private let levelLimit = 64
  /// Levels times patterns, where unnoticed failures are among the levels.
  private let functionLimit = 128
  /// The most units of a group whose unnoticed failures are among the levels.
  private let unitLimit = 20
  /// The most nodes of a diagram with unnoticed failures; beyond, these are counted one at a time.
  private let noticeNodeLimit = 1_000_000

  init(_ failure: FailureNetwork) {
    graph = failure.graph
    self.failure = failure
  }

  /// What is not served while a capability is up, as functions of the diagram.
  struct Formula {
    /// The weight of each of the first roots; the soft patterns come after them.
    fileprivate let weights: [Double]
    fileprivate let diagram: NetworkDiagram
    fileprivate let noticeShares: [Double]
    fileprivate let single: SingleUnnoticedFailures

    /// The unserved fraction of a capability that is down with probability `unavailability`.
    func value(unavailability: Double, _ probabilities: [Double]) -> Double {
      outcome(unavailability: unavailability, probabilities).value
    }

    /// The same, and what was approximated in it.
    func outcome(
      unavailability: Double, _ probabilities: [Double]
    ) -> (value: Double, approximations: [String]) {
      let probabilities = probabilities + noticeShares
      let roots = diagram.probabilitiesOfRoots(probabilities)
      let exact = zip(weights, roots).reduce(unavailability) { $0 + $1.0 * $1.1 }
      guard !single.isEmpty else { return (min(1, exact), []) }
      let lost = single.lost(diagram, firstPattern: weights.count, probabilities)
      let total = exact + lost
      let others = unavailability + single.probability(probabilities)
      return (min(1, total), lost * others > 1e-3 * total ? [single.approximation] : [])
    }
  }

  /// The formula of a capability, or why there is none.
  mutating func formula(ofCapability index: Int) -> (formula: Formula?, reason: String?) {
    let recipe = graph.fractions[graph.capabilities[index].fraction]
    if let reason = obstacle(recipe) { return (nil, reason) }
    let up = failure.gateFailures[graph.capabilities[index].gate].negated
    let patterns = softPatterns(recipe, within: up)
    var groups = groups(recipe, patterns: patterns.count)
    if groups.contains(where: \.countsUnnoticed) {
      if let found = formula(groups, patterns, nodeLimit: noticeNodeLimit) { return (found, nil) }
      for place in groups.indices { groups[place].countsUnnoticed = false }
    }
    if let found = formula(groups, patterns, nodeLimit: 12_000_000) { return (found, nil) }
    return (nil, "the levels of capacity outgrow the decision diagram and need a simulation")
  }

  /// The unserved fraction of a capability that is down with probability `unavailability`.
  mutating func outcome(ofCapability index: Int, unavailability: Double, _ probabilities: [Double]) -> Outcome
  {
    let (formula, reason) = formula(ofCapability: index)
    guard let formula else { return .unknown(reason ?? "it is not known") }
    let (value, approximations) = formula.outcome(unavailability: unavailability, probabilities)
    return .value(value, approximations: approximations)
  }

  private mutating func formula(
    _ groups: [SharedWork], _ patterns: [Pattern], nodeLimit: Int
  ) -> Formula? {
    var terms: [Pattern] = []
    for pattern in patterns {
      if pattern.weight < 1 { terms.append((1 - pattern.weight, pattern.function)) }
      terms += shortage(groups, within: pattern.function).map { (pattern.weight * $0.weight, $0.function) }
    }
    let single = SingleUnnoticedFailures(groups, patternWeights: patterns.map(\.weight), in: failure)
    let roots = terms.map(\.function) + (single.isEmpty ? [] : patterns.map(\.function))
    guard let diagram = try? NetworkDiagram(failure.network, roots: roots, nodeLimit: nodeLimit) else {
      return nil
    }
    return Formula(
      weights: terms.map(\.weight), diagram: diagram, noticeShares: notices.shares, single: single)
  }

  /// What the levels of capacity can not express.
  private func obstacle(_ recipe: ServedFraction) -> String? {
    if !recipe.alternatives.isEmpty { return "alternatives with fractions of their own need a simulation" }
    if recipe.softLosses.count > softLimit {
      return "more than \(softLimit) soft dependencies need a simulation"
    }
    let degraded = Set(graph.processes.filter { !$0.takesDown }.flatMap(\.units))
    let shared = recipe.capacities.map { SharedWork($0, in: failure) }
    if shared.distinctLevels.count > levelLimit {
      return "more than \(levelLimit) levels of capacity need a simulation"
    }
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

  /// The groups that share their work, and of which of them unnoticed failures are among the levels: of those with few
  /// levels first, as many as the limits allow.
  private func groups(_ recipe: ServedFraction, patterns: Int) -> [SharedWork] {
    var groups = recipe.capacities.map { SharedWork($0, in: failure) }
    let open = groups.indices.filter {
      groups[$0].capacity.movingRole == nil && groups[$0].canBeUnnoticed
        && groups[$0].capacity.units.count <= unitLimit
    }
    let counts = open.map { groups[$0].levelCount }
    for (place, _) in zip(open, counts).sorted(by: { ($0.1, $0.0) < ($1.1, $1.0) }) {
      groups[place].countsUnnoticed = true
      if groups.distinctLevels.count * patterns > functionLimit {
        groups[place].countsUnnoticed = false
        break
      }
    }
    return groups
  }

  /// (v_{j+1} − v_j) and the function that the share is at most v_j, over the levels below 1. A role that moves has all
  /// it is asked for while it is up.
  private mutating func shortage(_ groups: [SharedWork], within function: Literal) -> [Pattern] {
    let levels = groups.distinctLevels
    var terms: [Pattern] = []
    for (level, next) in zip(levels, levels.dropFirst() + [1]) {
      let short = failure.network.or(
        groups.filter { $0.capacity.movingRole == nil }.map { atMost(level, $0) })
      let term = failure.network.and([function, short])
      if term != .never { terms.append((next - level, term)) }
    }
    return terms
  }

  /// The function that the share of a group is at most this level: at most k units up, and so many down unnoticed.
  private mutating func atMost(_ level: Double, _ group: SharedWork) -> Literal {
    let count = group.capacity.units.count
    var terms: [Literal] = []
    var known = count + 1
    for up in stride(from: count, through: group.capacity.required, by: -1) {
      guard let unnoticed = group.fewestUnnoticed(up: up, level: level), unnoticed < known else { continue }
      known = unnoticed
      let down = count - up
      let isShort = unnoticed < down ? [failure.down(down, of: group.capacity.units)] : []
      terms.append(failure.network.and(isShort + [atLeastUnnoticed(unnoticed, group)]))
    }
    return failure.network.or(terms)
  }

  /// So many units of a group are down, and nobody has noticed.
  private mutating func atLeastUnnoticed(_ count: Int, _ group: SharedWork) -> Literal {
    guard count > 0 else { return .always }
    let units = group.capacity.units.map { notices.unnoticed(unit: $0, of: group.events, in: &failure) }
    return failure.network.atLeast(count, of: units)
  }
}
