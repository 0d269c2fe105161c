internal import ServiceGraph

/// The modules with chains of their own that a capability depends on, as parts of its chain until the first failure.
struct FirstFailureModules {
  /// One module: its moves between the states of its own chain, and what each state says of the network's variables.
  private struct Part {
    let rates: RateMatrix
    /// For each state: the variables that are true.
    let trueVariables: [[Int]]
  }

  private let parts: [Part]
  /// The variables that the modules drive, those of shared outages among them.
  let driven: Set<Int>
  /// What the modules approximate.
  let approximations: [String]

  /// No module.
  static let none = FirstFailureModules()

  private init() {
    parts = []
    driven = []
    approximations = []
  }

  /// The modules of a capability; `nil` when a state of one does not say which of its units are down, or two share an
  /// outage.
  init?(_ failure: FailureNetwork, support: [Int]) {
    let groups = failure.groups(support)
    let failovers = Self.failovers(failure, support)
    var parts: [Part] = []
    var driven: Set<Int> = []
    for group in groups {
      let variables = failure.variablesOfModule[group]
      guard variables.choices.allSatisfy({ !support.contains($0.variable) }) else { return nil }
      guard let part = Self.part(failure.modules[group], variables.outcomeVariables) else { return nil }
      parts.append(part)
      driven.formUnion(variables.outcomeVariables)
    }
    for number in failovers {
      let shared = failure.failovers[number].shared.flatMap { failure.variables(ofShared: $0) }
      guard driven.isDisjoint(with: shared) else { return nil }
      parts.append(Self.part(failure, failover: number))
      driven.formUnion(shared)
      driven.formUnion(failure.variablesOfFailovers[number].joined())
    }
    self.parts = parts
    self.driven = driven
    approximations =
      groups.flatMap { failure.modules[$0].approximations }
      + failovers.flatMap { failure.failovers[$0].module.approximations }
  }

  /// The modules of roles that move behind some variables, ascending.
  private static func failovers(_ failure: FailureNetwork, _ support: [Int]) -> [Int] {
    var modules: Set<Int> = []
    for variable in support {
      if case .outcome(let outcome) = failure.events[variable].kind { modules.insert(outcome.module) }
    }
    return modules.sorted()
  }

  private static func part(_ module: DependentModule, _ variables: [Int]) -> Part? {
    module.outcomePlaces.map { places in
      Part(
        rates: module.source.space.chain.rates,
        trueVariables: places.map { $0 < variables.count ? [variables[$0]] : [] })
    }
  }

  private static func part(_ failure: FailureNetwork, failover number: Int) -> Part {
    let module = failure.failovers[number]
    let shared = module.shared.map { failure.variables(ofShared: $0) }
    return Part(
      rates: module.source.space.chain.rates,
      trueVariables: module.source.space.states.map { state in
        let place = module.place(state)
        var variables = shared.enumerated().flatMap { bit, group in
          place.situation >> bit & 1 == 1 ? Array(group.prefix(1)) : []
        }
        let outcome = module.module.outcomes[place.situation].firstIndex(of: place.outcome) ?? 0
        let own = failure.variablesOfFailovers[number][place.situation]
        if outcome < own.count { variables.append(own[outcome]) }
        return variables
      })
  }

  /// How many there are.
  var count: Int { parts.count }

  /// Sets the variables that are true when the modules are in some states.
  func set(_ states: ArraySlice<Int32>, in values: inout [Bool]) {
    for (part, state) in zip(parts, states) {
      for variable in part.trueVariables[Int(state)] { values[variable] = true }
    }
  }

  /// The moves of the modules, which stand in a state of the whole from a place on.
  func moves(from state: [Int32], at first: Int) -> [StateSpace<[Int32]>.Move] {
    var moves: [StateSpace<[Int32]>.Move] = []
    for (number, part) in parts.enumerated() {
      for place in part.rates.row(Int(state[first + number])) {
        var next = state
        next[first + number] = Int32(part.rates.columns[place])
        moves.append(StateSpace<[Int32]>.Move(to: next, rate: part.rates.values[place]))
      }
    }
    return moves
  }
}
