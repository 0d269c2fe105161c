internal import ServiceGraph

/// The ways in which capabilities fail because a dependent module changes, with how often each change happens.
///
/// A change from outcome a to b takes a capability down when it is up given a and down given b: the failure frequency
/// is Σ flow(a, b) P(up given a and down given b) over the rest of the model, which is independent of the module
/// given the shared outages. A shared outage that begins changes every module that it hits at once.
struct FailoverTransitions {
  typealias Literal = BooleanNetwork.Literal

  /// One change.
  struct Change {
    /// How often it happens in the long run, per hour.
    let frequency: Double
    /// What it is.
    let origin: Origin
    /// For each capability: the failure that the change brings, given the change.
    let failures: [Literal]
  }

  /// What a change is.
  enum Origin {
    /// A flow inside a module, by the module and its place among the module's flows.
    case flow(module: Int, place: Int)
    /// The start of a shared outage.
    case start(of: [Int])
  }

  /// Variables that say which of a module's flows a shared outage begins with, from one situation.
  struct StartChoice {
    let module: Int
    /// The shared outage, by its place among the module's.
    let bit: Int
    /// The flows, by their places among those that begin with it.
    let flows: [Int]
    let variables: [Int]
  }

  private(set) var failure: FailureNetwork
  /// The variables beyond those of the model.
  private(set) var choices: [StartChoice] = []
  private(set) var changes: [Change] = []
  /// The shared outages of all modules, each once.
  private var shared: [[Int]] = []

  init(_ failure: FailureNetwork) {
    self.failure = failure
    for module in failure.failovers {
      for group in module.shared where !shared.contains(group) { shared.append(group) }
    }
    for module in failure.failovers.indices { addFlows(ofModule: module) }
    for group in shared { addStart(of: group) }
  }

  /// The variables whose frequency the changes count.
  var sharedVariables: Set<Int> { Set(shared.flatMap { failure.variables(ofShared: $0) }) }

  // MARK: Inside a module

  private mutating func addFlows(ofModule index: Int) {
    let module = failure.failovers[index]
    var known: [OutcomeModule.Flow: [Literal]] = [:]
    for (place, (flow, rate)) in module.module.flows.enumerated() {
      let from = OutcomeModule.Flow(situation: flow.situation, from: flow.from, to: flow.from)
      let to = OutcomeModule.Flow(situation: flow.situation, from: flow.to, to: flow.to)
      let before = known[from] ?? failures(module, situation: flow.situation, outcome: flow.from)
      let after = known[to] ?? failures(module, situation: flow.situation, outcome: flow.to)
      known[from] = before
      known[to] = after
      add(.flow(module: index, place: place), frequency: rate, before: before, after: after)
    }
  }

  private mutating func failures(_ module: FailoverModule, situation: Int, outcome: Int) -> [Literal] {
    var constants: [Int: Bool] = [:]
    for (bit, group) in module.shared.enumerated() {
      // When several variables stand for one shared outage, the first stands for all.
      for (place, variable) in failure.variables(ofShared: group).enumerated() {
        constants[variable] = place == 0 && situation >> bit & 1 == 1
      }
    }
    var roles: [Int: Literal] = [:]
    for (bit, role) in module.roles.enumerated() {
      roles[role] = outcome >> bit & 1 == 1 ? .always : .never
    }
    return failure.capabilityFailures(constants: constants, roles: roles)
  }

  private mutating func add(_ origin: Origin, frequency: Double, before: [Literal], after: [Literal]) {
    let failures = zip(before, after).map { failure.network.and([$0.negated, $1]) }
    guard failures.contains(where: { $0 != .never }) else { return }
    changes.append(Change(frequency: frequency, origin: origin, failures: failures))
  }

  // MARK: A shared outage begins

  private mutating func addStart(of group: [Int]) {
    guard let frequency = BasicEvent(kind: .processes(group)).frequencyPerHour(in: failure.graph) else {
      return
    }
    var before: [Int: Bool] = [:]
    var after: [Int: Bool] = [:]
    for (place, variable) in failure.variables(ofShared: group).enumerated() {
      before[variable] = false
      after[variable] = place == 0
      if place == 0 { for moving in failure.moves[variable] { after[moving] = true } }
    }
    var rolesBefore: [Int: Literal] = [:]
    var rolesAfter: [Int: Literal] = [:]
    for (index, module) in failure.failovers.enumerated() {
      guard let bit = module.shared.firstIndex(of: group) else { continue }
      let pairs = roleFailures(index, startOf: bit)
      for (gate, role) in module.roles.enumerated() {
        rolesBefore[role] = pairs.before[gate]
        rolesAfter[role] = pairs.after[gate]
      }
    }
    add(
      .start(of: group), frequency: frequency,
      before: failure.capabilityFailures(constants: before, roles: rolesBefore),
      after: failure.capabilityFailures(constants: after, roles: rolesAfter))
  }

  /// The failures of a module's roles before and after a shared outage begins, jointly.
  private mutating func roleFailures(_ index: Int, startOf bit: Int) -> (before: [Literal], after: [Literal])
  {
    let module = failure.failovers[index]
    let outcomes = module.module.outcomes
    let gates = module.roles.indices
    var before = [[Literal]](repeating: [], count: module.roles.count)
    var after = before
    for situation in outcomes.indices {
      let starts = module.module.starts[bit]
      let places = starts.indices.filter { starts[$0].flow.situation == situation }.sorted {
        starts[$0].rate < starts[$1].rate
      }
      let flows = places.map { starts[$0] }
      let rest = outcomes[situation].last ?? 0
      let restAfter = outcomes[situation | 1 << bit].last ?? 0
      let pairs = flows.isEmpty ? [(rest, restAfter)] : flows.map { ($0.flow.from, $0.flow.to) }
      let variables = OutcomeModule.chained(flows.map(\.rate)).map { chance in
        failure.add(
          BasicEvent(
            kind: .outcome(
              BasicEvent.FailoverOutcome(
                module: index, processes: module.processes, probability: chance, without: [:]))))
      }
      choices.append(StartChoice(module: index, bit: bit, flows: places, variables: variables))
      for gate in gates {
        before[gate].append(failure.choice(variables, pairs.map { $0.0 >> gate & 1 == 1 }))
        after[gate].append(failure.choice(variables, pairs.map { $0.1 >> gate & 1 == 1 }))
      }
    }
    let literals = module.shared.enumerated().map { place, group in
      place == bit
        ? Literal.never
        : failure.network.or(failure.variables(ofShared: group).map { failure.network.variable($0) })
    }
    return (
      gates.map { failure.select(before[$0], by: literals) },
      gates.map { failure.select(after[$0], by: literals) }
    )
  }
}
