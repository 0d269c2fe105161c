internal import ServiceGraph

/// Components whose roles move, solved as a Markov chain: mostly one, several when the same outages hit them.
struct FailoverModule: Sendable {
  /// Their moving roles, by their numbers in the graph; the gates of the module in this order.
  let roles: [Int]
  /// The outages that others depend on too, as processes that hit the same units.
  let shared: [[Int]]
  /// All processes that hit their units.
  let processes: [Int]
  /// What the rest of the model sees.
  private(set) var module: OutcomeModule
  /// The states behind it.
  let census: FailoverCensus
  /// What all that was read from.
  let source: Source

  /// The chain of a module, explored and solved.
  struct Source: Sendable {
    let chain: FailoverChain
    /// The shared outages, by their places among those of the chain.
    let shared: [Int]
    let space: StateSpace<FailoverChain.State>
    /// The long-run probability of each state.
    let probabilities: [Double]
    /// How it was solved.
    let elimination: EliminationMemory
    /// What the chain was made from, and how closely.
    let design: FailoverDesign
    let detail: FailoverDetail
    let components: [Int]
  }

  /// Up to so many states a chain takes some tenths of a second.
  static let stateLimit = 20_000
  /// The most outages shared with others; situations double with each.
  private static let sharedLimit = 7
  /// The most variables that may say which outcome there is.
  private static let variableLimit = 400

  /// Solves components in the closest detail whose chain is small enough.
  ///
  /// - Parameters:
  ///   - details: the details allowed, from exact to coarse.
  ///   - others: components with failover that the same outages hit, taken as independent given those.
  ///   - isFromNew: whether states count that are left for good after the start.
  ///   - memory: chains that were solved before.
  /// - Returns: `nil` when the frequency of an outage is not known, or every chain is too large.
  init?(
    _ graph: CompiledGraph, components: [Int], details: ArraySlice<FailoverDetail>, others: [Int] = [],
    stateLimit: Int, isFromNew: Bool = false, memory: SolvedChains? = nil
  ) {
    let isShared = SharedProcesses(graph, components: components).isShared
    let design = FailoverDesign(graph: graph, components: components, isShared: isShared, others: others)
    let dependent = Set(graph.dependentGroups.flatMap(\.processes))
    for detail in details {
      guard let outages = design.processes.outages(detail) else { return nil }
      // What waits for a crew or stands by has a chain of its own.
      guard outages.allSatisfy({ dependent.isDisjoint(with: $0.processes) }) else { return nil }
      guard detail.suits(outages) else { continue }
      // More stages for laws that are not exponential anyway are worth a part of the time only.
      let isWorthAll = detail.outageStages <= 2 || design.isExponential(outages, detail)
      let limit = isWorthAll ? stateLimit : stateLimit / 4
      guard Self.mayFit(outages, detail, limit: limit / design.assignments) else { continue }
      guard outages.count(where: \.isShared) <= Self.sharedLimit else { return nil }
      let chain = design.chain(outages, detail)
      let solution =
        memory.map { $0.solution(of: chain, limit: limit) } ?? SolvedChains.solve(chain, limit: limit)
      guard let solution else { continue }
      let solved = Self.read(solution, of: chain, design, detail, components, isFromNew)
      guard solved.module.variableCount <= Self.variableLimit else { continue }
      roles = design.roles
      shared = outages.filter(\.isShared).map(\.processes)
      processes = outages.flatMap(\.processes).sorted()
      module = solved.module
      census = solved.census
      source = solved.source
      return
    }
    return nil
  }

  /// Whether the outages alone have at most so many states.
  private static func mayFit(_ outages: [FailoverProcess], _ detail: FailoverDetail, limit: Int) -> Bool {
    // The states with so many outages under way.
    var counts = [1.0]
    for outage in outages {
      var next = counts + (counts.count <= detail.mostOutages ? [0] : [])
      for number in 1..<max(1, next.count) {
        next[number] += counts[number - 1] * Double(outage.stageRates.count)
      }
      counts = next
    }
    return counts.reduce(0, +) <= Double(limit)
  }

  private static func read(
    _ solution: SolvedChains.Solution, of chain: FailoverChain, _ design: FailoverDesign,
    _ detail: FailoverDetail, _ components: [Int], _ isFromNew: Bool
  ) -> (module: OutcomeModule, census: FailoverCensus, source: Source) {
    let (space, probabilities, elimination) = solution
    let shared = chain.outages.indices.filter { chain.outages[$0].isShared }
    let causeOf = design.graph.processes.map(\.cause)
    let causes = Set(chain.outages.flatMap { $0.processes.map { causeOf[$0] } }).sorted()
    let isOf = causes.reduce(into: [Int: [Bool]]()) { table, cause in
      table[cause] = chain.outages.map { $0.processes.allSatisfy { causeOf[$0] == cause } }
    }
    let counted = isFromNew ? probabilities.map { max($0, .leastNormalMagnitude) } : probabilities
    let module = OutcomeModule(
      space, probabilities: counted, gateCount: chain.roles.count, sharedCount: shared.count,
      causes: causes, approximations: design.approximations(chain, detail),
      resting: { situation in
        chain.rolesDownAtRest(
          outages: shared.enumerated().filter { situation >> $0.offset & 1 == 1 }.map(\.element))
      },
      place: { state, cause in
        let ignored = cause.flatMap { isOf[$0] }
        let situation = shared.enumerated().reduce(0) { bits, entry in
          let counts = chain.isHolding(entry.element, state) && ignored?[entry.element] != true
          return counts ? bits | 1 << entry.offset : bits
        }
        return (situation, chain.rolesDown(state) { ignored?[$0] == true })
      })
    return (
      module, FailoverCensus(chain, space.states, probabilities),
      Source(
        chain: chain, shared: shared, space: space, probabilities: probabilities, elimination: elimination,
        design: design, detail: detail, components: components)
    )
  }

  /// The same, with outcomes that some tables know.
  func adding(outcomesOf tables: [FailoverCensus.Table]) -> FailoverModule {
    var other = self
    other.module.addOutcomes(of: tables)
    return other
  }

  /// The modules of a graph: one for all components with failover that the same outages hit, or, when that is too
  /// large, one for each.
  static func all(
    _ graph: CompiledGraph, stateLimit: Int = stateLimit, isFromNew: Bool = false, memory: SolvedChains? = nil
  ) -> [FailoverModule] {
    let details = FailoverDetail.all[...]
    return connected(graph).flatMap { components in
      // Two outages at once are too few for two components.
      let together = FailoverModule(
        graph, components: components, details: components.count > 1 ? details.dropLast() : details,
        stateLimit: stateLimit, isFromNew: isFromNew, memory: memory)
      if let together { return [together] }
      guard components.count > 1 else { return [] }
      return components.compactMap { component in
        FailoverModule(
          graph, components: [component], details: details, others: components.filter { $0 != component },
          stateLimit: stateLimit, isFromNew: isFromNew, memory: memory)
      }
    }
  }

  /// The components with failover, those together that the same outages hit.
  private static func connected(_ graph: CompiledGraph) -> [[Int]] {
    var owner: [Int: Int] = [:]
    for role in graph.movingRoles { for unit in role.units { owner[unit] = role.component } }
    var sets = Set(graph.movingRoles.filter { $0.failover != nil }.map(\.component)).sorted().map { [$0] }
    for process in graph.processes where process.takesDown {
      let hit = Set(process.units.compactMap { owner[$0] })
      let met = sets.filter { !hit.isDisjoint(with: $0) }
      guard met.count > 1 else { continue }
      sets.removeAll { !hit.isDisjoint(with: $0) }
      sets.append(met.flatMap { $0 }.sorted())
    }
    return sets.sorted { $0[0] < $1[0] }
  }
}

/// Which processes something outside the moving roles of some components depends on.
struct SharedProcesses {
  private(set) var isShared: [Bool]

  init(_ graph: CompiledGraph, components: [Int]) {
    var own = [Bool](repeating: false, count: graph.unitNames.count)
    var isUsed = own
    for role in graph.movingRoles {
      for unit in role.units {
        if components.contains(role.component) { own[unit] = true } else { isUsed[unit] = true }
      }
    }
    for unit in Self.unitsUsed(graph) { isUsed[unit] = true }
    isShared = graph.processes.map { process in
      process.units.contains { own[$0] } && process.units.contains { isUsed[$0] }
    }
  }

  /// The units that capabilities and served fractions ask about by themselves, and not through a role that moves.
  private static func unitsUsed(_ graph: CompiledGraph) -> [Int] {
    var stack = graph.capabilities.map(\.gate)
    var units: [Int] = []
    for recipe in graph.fractions {
      stack += recipe.softLosses.map(\.gate) + recipe.alternatives.flatMap { $0.members.map(\.gate) }
      units += recipe.capacities.filter { $0.movingRole == nil }.flatMap(\.units)
    }
    var seen = [Bool](repeating: false, count: graph.gates.count)
    while let gate = stack.popLast() {
      if seen[gate] { continue }
      seen[gate] = true
      switch graph.gates[gate] {
      case .up, .movingRole: break
      case .unit(let unit): units.append(unit)
      case .atLeast(_, let inputs): stack += inputs
      }
    }
    return units
  }
}
