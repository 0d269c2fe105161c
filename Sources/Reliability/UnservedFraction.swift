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
///
/// Where a group has too many units or levels for that, its units are counted (`CountedGroups`). Unnoticed failures of the
/// groups that this leaves are taken one outage at a time (`SingleUnnoticedFailures`), with a bound on the error.
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
  /// The most nodes of a diagram with unnoticed failures.
  private let noticeNodeLimit = 1_000_000
  /// The most nodes of a diagram without.
  private let nodeLimit = 3_000_000

  init(_ failure: FailureNetwork) {
    graph = failure.graph
    self.failure = failure
  }

  /// The formula of a capability, or why there is none.
  mutating func formula(ofCapability index: Int) -> (formula: Formula?, reason: String?) {
    let recipe = graph.fractions[graph.capabilities[index].fraction]
    if let reason = obstacle(recipe) { return (nil, reason) }
    let works = recipe.capacities.map { SharedWork($0, in: failure) }
    let patterns = softPatterns(recipe, ofCapability: index, failure.gateFailures)
    var groups = levelled(works, patterns: patterns.count)
    let isInReach = groups.map { !$0.isOpen || $0.countsUnnoticed }.allSatisfy { $0 }
    let hasFewLevels = works.distinctLevels.count <= levelLimit
    if hasFewLevels, isInReach, let found = formula(groups, patterns) { return (found, nil) }
    if let found = countedFormula(ofCapability: index, works) { return (found, nil) }
    guard hasFewLevels else { return (nil, "more than \(levelLimit) levels of capacity need a simulation") }
    if !isInReach, let found = formula(groups, patterns) { return (found, nil) }
    // Without unnoticed failures among the levels, the same was asked before.
    let wasAsked = !groups.contains(where: \.countsUnnoticed)
    for place in groups.indices { groups[place].countsUnnoticed = false }
    if !wasAsked, let found = formula(groups, patterns) { return (found, nil) }
    return (nil, "the levels of capacity outgrow the decision diagram and need a simulation")
  }

  /// The formula with the units of all groups counted that can be.
  private mutating func countedFormula(ofCapability index: Int, _ works: [SharedWork]) -> Formula? {
    let places = graph.countable(works, ofCapability: index, in: failure)
    guard !places.isEmpty, let counted = CountedGroups(places.map { works[$0] }, in: failure) else {
      return nil
    }
    let rest = works.indices.filter { !places.contains($0) }.map { works[$0] }
    guard rest.distinctLevels.count <= levelLimit else { return nil }
    let recipe = graph.fractions[graph.capabilities[index].fraction]
    // Whether enough of their units are up is counted, not asked of the diagram.
    let units = Set(counted.groups.flatMap(\.work.capacity.units))
    let patterns = softPatterns(
      recipe, ofCapability: index, failure.gateFailures(constants: [:], up: units))
    var groups = levelled(rest, patterns: patterns.count)
    if let found = formula(groups, patterns, counted) { return found }
    guard groups.contains(where: \.countsUnnoticed) else { return nil }
    for place in groups.indices { groups[place].countsUnnoticed = false }
    return formula(groups, patterns, counted)
  }

  /// The unserved fraction of a capability that is down with probability `unavailability`.
  mutating func outcome(ofCapability index: Int, unavailability: Double, _ probabilities: [Double]) -> Outcome
  {
    let (formula, reason) = formula(ofCapability: index)
    guard let formula else { return .unknown(reason ?? "it is not known") }
    let (value, approximations) = formula.outcome(unavailability: unavailability, probabilities)
    return .value(value, approximations: approximations)
  }

  /// The formula of some groups by the levels of the diagram, beside those whose units are counted.
  private mutating func formula(
    _ groups: [SharedWork], _ patterns: [Pattern], _ counted: CountedGroups? = nil
  ) -> Formula? {
    var terms: [Formula.Term] = []
    for pattern in patterns {
      if pattern.weight < 1 {
        terms.append(Formula.Term(weight: 1 - pattern.weight, levels: nil, function: pattern.function))
      }
      terms += shortage(groups, within: pattern)
    }
    let single = SingleUnnoticedFailures(groups, beside: counted?.groups.map(\.work) ?? [], in: failure)
    let needsPatterns = counted != nil || !single.isEmpty
    let roots = terms.map(\.function) + (needsPatterns ? patterns.map(\.function) : [])
    let limit = groups.contains(where: \.countsUnnoticed) ? noticeNodeLimit : nodeLimit
    guard let diagram = try? NetworkDiagram(failure.network, roots: roots, nodeLimit: limit) else {
      return nil
    }
    let felt = Set(roots.indices.flatMap { diagram.support(ofRoot: $0) })
    var numbered: CountedGroups?
    if let counted {
      let unnoticed = notices.variables.filter { felt.contains($1) }.keys
      guard counted.ownVariables.isDisjoint(with: felt) else { return nil }
      numbered = counted.numbered(besides: felt.union(unnoticed), failure.probabilities)
      if numbered == nil { return nil }
    }
    return Formula(
      terms: terms, patternWeights: needsPatterns ? patterns.map(\.weight) : [], diagram: diagram,
      notices: notices, counted: numbered, single: single)
  }

  /// What the levels of capacity can not express.
  private func obstacle(_ recipe: ServedFraction) -> String? {
    if !recipe.alternatives.isEmpty { return "alternatives with fractions of their own need a simulation" }
    if recipe.softLosses.count > softLimit {
      return "more than \(softLimit) soft dependencies need a simulation"
    }
    let degraded = Set(graph.processes.filter { !$0.takesDown }.flatMap(\.units))
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

  /// Every pattern of soft dependencies that are down or up while the capability is up.
  private mutating func softPatterns(
    _ recipe: ServedFraction, ofCapability index: Int, _ gateFailures: [Literal]
  ) -> [Pattern] {
    var patterns: [Pattern] = [(1, gateFailures[graph.capabilities[index].gate].negated)]
    for soft in recipe.softLosses {
      let isDown = gateFailures[soft.gate]
      var split: [Pattern] = []
      for pattern in patterns {
        split.append((pattern.weight, failure.network.and([pattern.function, isDown.negated])))
        split.append((pattern.weight * (1 - soft.loss), failure.network.and([pattern.function, isDown])))
      }
      patterns = split.filter { $0.function != .never }
    }
    return patterns
  }

  /// Of which groups unnoticed failures are among the levels: of those with few levels first, as many as the limits allow.
  private func levelled(_ works: [SharedWork], patterns: Int) -> [SharedWork] {
    var groups = works
    let open = groups.indices.filter { groups[$0].isOpen && groups[$0].capacity.units.count <= unitLimit }
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

  /// v_j, v_{j+1} and the function that the share is at most v_j, over the levels below 1. A role that moves has all
  /// it is asked for while it is up.
  private mutating func shortage(_ groups: [SharedWork], within pattern: Pattern) -> [Formula.Term] {
    let levels = groups.distinctLevels
    var terms: [Formula.Term] = []
    for (level, next) in zip(levels, levels.dropFirst() + [1]) {
      let short = failure.network.or(
        groups.filter { $0.capacity.movingRole == nil }.map { atMost(level, $0) })
      let function = failure.network.and([pattern.function, short])
      guard function != .never else { continue }
      terms.append(Formula.Term(weight: pattern.weight, levels: (level, next), function: function))
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
