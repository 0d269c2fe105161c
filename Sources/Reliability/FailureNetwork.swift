internal import ServiceGraph
internal import ServiceModel

/// The structure function of a graph as a Boolean network of failure: true means down.
struct FailureNetwork {
  typealias Literal = BooleanNetwork.Literal

  let graph: CompiledGraph
  /// The network; what else is asked of it may be added.
  var network = BooleanNetwork()
  /// What is behind each variable.
  private(set) var events: [BasicEvent] = []
  /// For each variable: the variables of the roles that have not moved yet when it becomes true.
  private(set) var moves: [[Int]] = []
  /// For each variable: the variables of units that still start after it, soonest first.
  private(set) var starts: [[Int]] = []
  /// The failure of each gate; the gate of a unit has the unit's number.
  private(set) var gateFailures: [Literal] = []
  /// The variables that hold each unit down, those that hit many units first.
  private var eventsOfUnit: [[Int]]
  /// For each unit that leaves places which fail: variables that all hold while it is not up elsewhere.
  private var leavingOfUnit: [[[Int]]]
  /// For each moving role: pairs of the event that drives it away and the event that it has not moved yet.
  private var movesOfRole: [[(cause: Int, moving: Int)]]
  /// The groups of processes that depend on each other, solved, and their variables.
  let modules: [DependentModule]
  private(set) var variablesOfModule: [DependentVariables] = []
  /// The part of a module that holds a unit down, when it is the only one and hits that unit alone.
  private var partOfUnit: [Int: (module: Int, part: Int)] = [:]
  /// What of the modules holds each unit down.
  private var dependentsOfUnit: [[Literal]]

  /// The components whose roles move by a Markov chain.
  let failovers: [FailoverModule]
  /// For each of them and each situation, the variables that say which outcome there is.
  private(set) var variablesOfFailovers: [[[Int]]] = []
  /// The failure of each role of such a component.
  private var failuresOfRoles: [Int: Literal] = [:]
  /// The variable of each process that takes units down.
  private var variableOfProcess: [Int?]

  /// How the roles move that no chain was solved for.
  enum Moves {
    /// With the mean role outage, inside the outage that causes it.
    case approximate
    /// As if every move had worked and taken no time.
    case settled
    /// By shares of the outages that cause them, read off the chains; units of a dependent group fail by themselves.
    case shares(FailureShares)
  }
  /// Components with spares: when a spare does not take over, by itself.
  private var waiting: [(units: [Int], spares: Int, literals: [Literal])] = []
  /// The roles of which one failure is told by its share alone.
  private var lent: Set<Int> = []
  /// For the variables that say that roles have not moved yet: the roles.
  private(set) var rolesOfMove: [Int: [Int]] = [:]
  /// For the variables that say so: whose spare has not taken over, and after which process.
  private(set) var waits: [Int: (component: Int, process: Int)] = [:]

  /// The network of all gates; `modules` are the graph's dependent groups and `failovers` its components whose roles
  /// move, solved.
  init(
    _ graph: CompiledGraph, modules: [DependentModule], failovers: [FailoverModule] = [],
    moves approach: Moves = .approximate
  ) {
    self.graph = graph
    self.modules = modules
    self.failovers = failovers
    variableOfProcess = [Int?](repeating: nil, count: graph.processes.count)
    dependentsOfUnit = [[Literal]](repeating: [], count: graph.unitNames.count)
    eventsOfUnit = [[Int]](repeating: [], count: graph.unitNames.count)
    leavingOfUnit = [[[Int]]](repeating: [], count: graph.unitNames.count)
    movesOfRole = [[(cause: Int, moving: Int)]](repeating: [], count: graph.movingRoles.count)
    let roleMoves = approach.moves(graph, solved: failovers)
    addProcesses(apart: approach.apart(roleMoves, graph.processesThatUnitsLeave))
    for module in modules { add(module) }
    for move in roleMoves {
      if let cause = variableOfProcess[move.process] { add(move, cause: cause) }
    }
    if case .shares(let shares) = approach {
      lent = shares.lent
      for pool in shares.pools { add(pool) }
    }
    for failover in failovers.indices { addOutcomes(ofFailover: failover) }
    for gate in graph.gates { gateFailures.append(failure(of: gate)) }
  }

  /// The network of a graph in which every process is independent, for questions that no chain answers yet.
  ///
  /// - Throws: what is not independent.
  init(independent graph: CompiledGraph) throws(SteadyState.TooLarge) {
    if let group = graph.dependentGroups.first {
      let crews = group.crews.map { "the crew \(graph.model.crews[$0].name)" }
      let pools = group.pools.map { graph.model.components[$0.component].name }
      throw SteadyState.TooLarge(
        nodeLimit: 0,
        unsolvedChain: "\((crews + pools).joined(separator: " and ")) can only be solved for the long run")
    }
    self.init(graph, modules: [])
  }

  /// The groups of dependent processes behind some variables, ascending.
  func groups(_ support: [Int]) -> [Int] {
    var groups: Set<Int> = []
    for variable in support {
      if case .dependent(let group, _) = events[variable].kind { groups.insert(group) }
    }
    return groups.sorted()
  }

  /// The probability of each variable.
  var probabilities: [Double] { events.map { $0.unavailability(in: graph) } }

  /// The failure of each capability.
  var capabilityFailures: [Literal] { graph.capabilities.map { gateFailures[$0.gate] } }

  /// One variable for all processes that hit the same units and are not kept apart by different marks.
  private mutating func addProcesses(apart: [Int: Int]) {
    struct Key: Hashable {
      let units: [Int]
      let mark: Int?
    }
    var groups: [Key: [Int]] = [:]
    var order: [Key] = []
    let dependent = Set(modules.isEmpty ? [] : graph.dependentGroups.flatMap(\.processes))
    for (index, process) in graph.processes.enumerated()
    where process.takesDown && !dependent.contains(index) {
      let key = Key(units: process.units, mark: apart[index])
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(index)
    }
    for key in order.sorted(by: { $0.units.count > $1.units.count }) {
      let members = groups[key] ?? []
      let variable = add(BasicEvent(kind: .processes(members)))
      let left = addLeaving(members, cause: variable)
      for unit in key.units where !left.contains(unit) { eventsOfUnit[unit].append(variable) }
      starts[variable] = addLaterStarts(members, besides: left)
      for process in members { variableOfProcess[process] = variable }
    }
  }

  /// Adds that units still start after processes that hit the same units, each given that those before them have started.
  private mutating func addLaterStarts(_ members: [Int], besides left: Set<Int>) -> [Int] {
    let starting = members.filter { !graph.processes[$0].laterStarts.isEmpty }
    guard let first = starting.first else { return [] }
    return graph.processes[first].laterStarts.enumerated().map { place, later in
      let variable = add(BasicEvent(kind: .starting(starting, place: place)))
      for unit in later.units where !left.contains(unit) { eventsOfUnit[unit].append(variable) }
      return variable
    }
  }

  /// Adds that units have not left yet the place whose failure a process is, each wait given the longer ones.
  ///
  /// - Returns: these units, which the process holds down only together with that.
  private mutating func addLeaving(_ members: [Int], cause: Int) -> Set<Int> {
    guard let process = members.first, members.count == 1 else { return [] }
    var (held, left) = ([cause], Set<Int>())
    for (units, share) in graph.processes[process].sharesOfLeaving {
      let variable = add(BasicEvent(kind: .leaving(process: process, units: units, share: share)))
      moves[cause].append(variable)
      held.append(variable)
      for unit in units { leavingOfUnit[unit].append(held) }
      left.formUnion(units)
    }
    return left
  }

  /// The failure of a unit, with some variables constant.
  private mutating func failure(ofUnit unit: Int, constants: [Int: Bool] = [:]) -> Literal {
    let leaving = leavingOfUnit[unit].map { held in network.and(held.map { literal($0, constants) }) }
    return network.or(eventsOfUnit[unit].map { literal($0, constants) } + leaving + dependentsOfUnit[unit])
  }

  /// The variables that each hold a unit down, when these are all that does; `nil` otherwise.
  func independentEvents(ofUnit unit: Int) -> [Int]? {
    leavingOfUnit[unit].isEmpty && dependentsOfUnit[unit].isEmpty ? eventsOfUnit[unit] : nil
  }

  /// The units that an event of processes hits, or that start after it.
  func units(ofVariable variable: Int) -> [Int] {
    guard let process = events[variable].processes.first.map({ graph.processes[$0] }) else { return [] }
    if case .starting(_, let place) = events[variable].kind { return process.laterStarts[place].units }
    return process.units
  }

  /// What holds a unit down has been noticed: for each event of these, when its literal is true.
  mutating func failure(ofUnit unit: Int, noticed: [Int: Literal]) -> Literal {
    let held = eventsOfUnit[unit].map { [$0] } + leavingOfUnit[unit]
    let literals = held.map { variables in
      network.and(variables.map { network.variable($0) } + variables.compactMap { noticed[$0] })
    }
    return network.or(literals + dependentsOfUnit[unit])
  }

  /// Adds the variables of a module, and what they hold down.
  private mutating func add(_ module: DependentModule) {
    let variables = DependentVariables(module, firstVariable: events.count, in: &network)
    var probabilities = [Double](repeating: 0, count: events.count + variables.count)
    variables.set(outcomes: module.probabilities, in: &probabilities)
    for choice in variables.choices { probabilities[choice.variable] = choice.probability }
    let group = variablesOfModule.count
    for probability in probabilities.dropFirst(events.count) {
      _ = add(BasicEvent(kind: .dependent(group: group, probability: probability)))
    }
    for (number, part) in module.parts.enumerated() {
      for (member, literal) in zip(part.members, variables.down[number]) {
        for unit in member.units {
          partOfUnit[unit] =
            dependentsOfUnit[unit].isEmpty && member.units.count == 1 ? (group, number) : nil
          dependentsOfUnit[unit].append(literal)
        }
      }
    }
    variablesOfModule.append(variables)
  }

  /// Adds a variable.
  mutating func add(_ event: BasicEvent) -> Int {
    events.append(event)
    moves.append([])
    starts.append([])
    return events.count - 1
  }

  private mutating func add(_ move: FailoverOutage.Move, cause: Int) {
    let moving = add(BasicEvent(kind: .moving(role: move.role, process: move.process, share: move.share)))
    moves[cause].append(moving)
    rolesOfMove[moving] = [move.role] + move.others
    for role in [move.role] + move.others { movesOfRole[role].append((cause, moving)) }
  }

  private mutating func add(_ pool: FailureShares.Pool) {
    guard pool.share > 0 else { return }
    var literals: [Literal] = []
    for unit in pool.units {
      guard let cause = eventsOfUnit[unit].first(where: { isOfPool(events[$0], pool) }),
        let process = events[cause].processes.first
      else { continue }
      let own = add(BasicEvent(kind: .dependent(group: pool.group, probability: pool.share)))
      waits[own] = (pool.component, process)
      literals.append(network.and([network.variable(cause), network.variable(own)]))
    }
    waiting.append((pool.units, pool.spares, literals))
  }

  private func isOfPool(_ event: BasicEvent, _ pool: FailureShares.Pool) -> Bool {
    event.processes.contains { pool.processes.contains($0) }
  }

  /// At least so many of some gates are down; the gate of a unit has the unit's number.
  ///
  /// Where the units are all those of one part of a module, and share every other failure, it is enough to count.
  mutating func down(_ count: Int, of gates: [Int]) -> Literal {
    guard (1...max(1, gates.count)).contains(count), let first = gates.first,
      let (module, part) = partOfUnit[first],
      modules[module].parts[part].members.count == gates.count, Set(gates).count == gates.count,
      gates.allSatisfy({ partOfUnit[$0].map { $0 == (module, part) } == true }),
      gates.allSatisfy({ eventsOfUnit[$0] == eventsOfUnit[first] && leavingOfUnit[$0].isEmpty })
    else { return downApart(count, of: gates) }
    let counted = variablesOfModule[module].counted[part]
    return network.or(eventsOfUnit[first].map { network.variable($0) } + counted.dropFirst(count))
  }

  /// So many units are down, or, of a component with spares, so many that no spare replaced yet.
  private mutating func downApart(_ count: Int, of gates: [Int]) -> Literal {
    let down = network.atLeast(count, of: gates.map { gateFailures[$0] })
    guard let pool = waiting.first(where: { $0.units == gates.sorted() }), count > pool.spares else {
      return down
    }
    return network.or([down, network.atLeast(count - pool.spares, of: pool.literals)])
  }

  private mutating func failure(of gate: Gate) -> Literal {
    switch gate {
    case .up: return .never
    case .unit(let unit):
      return failure(ofUnit: unit)
    case .atLeast(let count, let inputs): return down(inputs.count - count + 1, of: inputs)
    case .movingRole(let role, let settled):
      if let failure = failuresOfRoles[role] { return failure }
      let moving = movesOfRole[role].map { move in
        network.and([network.variable(move.cause), network.variable(move.moving)])
      }
      return network.or([atRest(role, settled: settled)] + moving)
    }
  }

  /// A role that lends its units may be held by any of them in the long run: where it stands at rest is in its shares,
  /// and only the loss of all units is beyond them.
  private mutating func atRest(_ role: Int, settled: Int) -> Literal {
    guard lent.contains(role) else { return gateFailures[settled] }
    let component = graph.movingRoles[role].component
    let units = Set(graph.movingRoles.filter { $0.component == component }.flatMap(\.units)).sorted()
    return network.and(units.map { gateFailures[$0] })
  }

  // MARK: Components with failover

  /// The variables of a shared outage.
  func variables(ofShared processes: [Int]) -> [Int] {
    var variables: [Int] = []
    for process in processes {
      if let variable = variableOfProcess[process], !variables.contains(variable) {
        variables.append(variable)
      }
    }
    return variables
  }

  private mutating func addOutcomes(ofFailover index: Int) {
    let module = failovers[index].module
    var failures = [[Literal]](repeating: [], count: module.gateCount)
    variablesOfFailovers.append([])
    for situation in module.outcomes.indices {
      let outcomes = module.outcomes[situation]
      let chances = module.conditionals(situation: situation)
      let without = module.probabilitiesWithout.keys.sorted().map { cause in
        (cause, module.conditionals(situation: situation, without: cause))
      }
      let variables = chances.indices.map { place in
        let changed = without.map { ($0.0, $0.1[place]) }
        return add(
          BasicEvent(
            kind: .outcome(
              BasicEvent.FailoverOutcome(
                module: index, processes: failovers[index].processes, probability: chances[place],
                without: Dictionary(uniqueKeysWithValues: changed)))))
      }
      variablesOfFailovers[index].append(variables)
      for gate in failures.indices {
        failures[gate].append(choice(variables, outcomes.map { $0 >> gate & 1 == 1 }))
      }
    }
    let shared = failovers[index].shared.map { group in
      network.or(variables(ofShared: group).map { network.variable($0) })
    }
    for (gate, role) in failovers[index].roles.enumerated() {
      failuresOfRoles[role] = select(failures[gate], by: shared)
    }
  }

  /// Whether the first variable that is true, or the end, stands at a true value.
  mutating func choice(_ variables: [Int], _ values: [Bool]) -> Literal {
    var result: Literal = values.last == true ? .always : .never
    for (variable, value) in zip(variables, values).reversed() {
      let literal = network.variable(variable)
      result = value ? network.or([literal, result]) : network.and([literal.negated, result])
    }
    return result
  }

  /// The function whose number has the bits that the literals say.
  mutating func select(_ functions: [Literal], by bits: [Literal]) -> Literal {
    var functions = functions
    for bit in bits.reversed() {
      let half = functions.count / 2
      functions = (0..<half).map { place in
        let (low, high) = (functions[place], functions[place + half])
        if low == high { return low }
        return network.or([network.and([bit.negated, low]), network.and([bit, high])])
      }
    }
    return functions[0]
  }

  /// The failure of each capability when some variables are constant and some roles fail by other functions.
  mutating func capabilityFailures(constants: [Int: Bool], roles: [Int: Literal]) -> [Literal] {
    let failures = gateFailures(constants: constants, roles: roles)
    return graph.capabilities.map { failures[$0.gate] }
  }

  /// The failure of each gate when some variables are constant, some roles fail by other functions and some units never.
  mutating func gateFailures(
    constants: [Int: Bool], roles: [Int: Literal] = [:], up: Set<Int> = []
  ) -> [Literal] {
    var failures = gateFailures
    var isChanged = [Bool](repeating: false, count: failures.count)
    for (index, gate) in graph.gates.enumerated() {
      switch gate {
      case .up: continue
      case .unit(let unit) where up.contains(unit): failures[index] = .never
      case .unit(let unit):
        guard (eventsOfUnit[unit] + leavingOfUnit[unit].joined()).contains(where: { constants[$0] != nil })
        else { continue }
        failures[index] = failure(ofUnit: unit, constants: constants)
      case .atLeast(let count, let inputs):
        guard inputs.contains(where: { isChanged[$0] }) else { continue }
        failures[index] = network.atLeast(inputs.count - count + 1, of: inputs.map { failures[$0] })
      case .movingRole(let role, let settled):
        if let failure = roles[role] {
          failures[index] = failure
        } else {
          guard failuresOfRoles[role] == nil else { continue }
          let moving = movesOfRole[role].map { move in
            network.and([literal(move.cause, constants), literal(move.moving, constants)])
          }
          failures[index] = network.or([failures[settled]] + moving)
        }
      }
      isChanged[index] = failures[index] != gateFailures[index]
    }
    return failures
  }

  private mutating func literal(_ variable: Int, _ constants: [Int: Bool]) -> Literal {
    constants[variable].map { $0 ? .always : .never } ?? network.variable(variable)
  }
}
