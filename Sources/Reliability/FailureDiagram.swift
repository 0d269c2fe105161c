internal import ServiceGraph

/// The structure function of a graph as a decision diagram of failure: true means down.
struct FailureDiagram {
  let diagram: BinaryDecisionDiagram
  /// The variables, in their order from the top.
  let events: [BasicEvent]
  /// For each variable: the variables of the roles that move when it becomes true.
  let moves: [[Int]]
  /// The failure function of each capability.
  let functions: [BinaryDecisionDiagram.Function]
  /// The failure functions of the gates that served fractions ask about; the gate of a unit has its number.
  let gateFunctions: [Int: BinaryDecisionDiagram.Function]

  /// Builds the diagram for the gates that capabilities and their served fractions stand on.
  init(_ graph: CompiledGraph, nodeLimit: Int = 4_000_000) throws(BinaryDecisionDiagram.TooLarge) {
    var builder = FailureDiagramBuilder(
      graph: graph, diagram: BinaryDecisionDiagram(nodeLimit: nodeLimit))
    let roots = graph.capabilities.map(\.gate)
    let recipes = graph.capabilities.map { graph.fractions[$0.fraction] }
    let others = Set(recipes.flatMap { $0.softLosses.map(\.gate) + $0.capacities.flatMap(\.units) })
    let built = try builder.build(roots + others.sorted())
    functions = Array(built.prefix(roots.count))
    gateFunctions = Dictionary(uniqueKeysWithValues: zip(others.sorted(), built.dropFirst(roots.count)))
    diagram = builder.diagram
    events = builder.events
    moves = builder.moves
  }
}

/// Numbers events and builds the failure functions of gates.
private struct FailureDiagramBuilder {
  typealias Function = BinaryDecisionDiagram.Function

  let graph: CompiledGraph
  let diagram: BinaryDecisionDiagram
  private(set) var events: [BasicEvent] = []
  private var candidates: [BasicEvent] = []
  /// The candidate events that hold each unit down, those that hit many units first.
  private var eventsOfUnit: [[Int]]
  /// For each moving role: pairs of the event that drives it away and the event that it has not moved yet.
  private var movesOfRole: [[(cause: Int, moving: Int)]]
  private var number: [Int?] = []
  /// The candidate event of each process that has one of its own.
  private var eventOfProcess: [Int: Int] = [:]

  init(graph: CompiledGraph, diagram: BinaryDecisionDiagram) {
    self.graph = graph
    self.diagram = diagram
    eventsOfUnit = [[Int]](repeating: [], count: graph.unitNames.count)
    movesOfRole = [[(cause: Int, moving: Int)]](repeating: [], count: graph.movingRoles.count)
    let failovers = FailoverOutage(graph: graph)
    let moves = graph.movingRoles.indices.flatMap { failovers.moves(ofRole: $0) }
    addProcesses(drivingRoles: Set(moves.map(\.process)))
    for move in moves { add(move) }
    number = [Int?](repeating: nil, count: candidates.count)
  }

  /// One event for all processes that hit the same units; one of its own for each that drives a role away.
  private mutating func addProcesses(drivingRoles: Set<Int>) {
    struct Key: Hashable {
      let units: [Int]
      let process: Int?
    }
    var groups: [Key: [Int]] = [:]
    var order: [Key] = []
    for (index, process) in graph.processes.enumerated() where process.takesDown {
      let key = Key(units: process.units, process: drivingRoles.contains(index) ? index : nil)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(index)
    }
    for key in order.sorted(by: { $0.units.count > $1.units.count }) {
      for unit in key.units { eventsOfUnit[unit].append(candidates.count) }
      if let process = key.process { eventOfProcess[process] = candidates.count }
      candidates.append(BasicEvent(kind: .processes(groups[key] ?? [])))
    }
  }

  private mutating func add(_ move: FailoverOutage.Move) {
    guard let cause = eventOfProcess[move.process] else { return }
    movesOfRole[move.role].append((cause, candidates.count))
    candidates.append(
      BasicEvent(kind: .moving(role: move.role, process: move.process, share: move.share)))
  }

  /// For each numbered event: the numbers of the moves that begin with it.
  var moves: [[Int]] {
    var moves = [[Int]](repeating: [], count: events.count)
    for (cause, moving) in movesOfRole.joined() {
      if let from = number[cause], let to = number[moving] { moves[from].append(to) }
    }
    return moves
  }

  /// The failure functions of some gates. Gates are numbered after their inputs, so one pass is enough.
  mutating func build(_ roots: [Int]) throws(BinaryDecisionDiagram.TooLarge) -> [Function] {
    numberEvents(roots)
    var functions = [Function](repeating: BinaryDecisionDiagram.never, count: graph.gates.count)
    let needed = reachable(roots)
    for index in graph.gates.indices where needed[index] {
      functions[index] = try function(of: graph.gates[index], functions)
    }
    return roots.map { functions[$0] }
  }

  private func function(
    of gate: Gate, _ functions: [Function]
  ) throws(BinaryDecisionDiagram.TooLarge) -> Function {
    switch gate {
    case .up: return BinaryDecisionDiagram.never
    case .unit(let unit): return try anyOf(eventsOfUnit[unit].map { variable($0) })
    case .atLeast(let count, let inputs):
      return try diagram.atLeast(inputs.count - count + 1, of: inputs.map { functions[$0] })
    case .movingRole(let role, let settled):
      var function = functions[settled]
      for (cause, moving) in movesOfRole[role] {
        function = try diagram.or(function, diagram.and(variable(cause), variable(moving)))
      }
      return function
    }
  }

  private func variable(_ event: Int) -> Function {
    number[event].map { diagram.variable($0) } ?? BinaryDecisionDiagram.never
  }

  private func anyOf(_ functions: [Function]) throws(BinaryDecisionDiagram.TooLarge) -> Function {
    var any = BinaryDecisionDiagram.never
    for function in functions.reversed() { any = try diagram.or(function, any) }
    return any
  }

  /// Numbers events depth first from the roots, so that what is needed together stands together; events shared
  /// by many units come before those of one.
  private mutating func numberEvents(_ roots: [Int]) {
    var seen = [Bool](repeating: false, count: graph.gates.count)
    var stack = Array(roots.reversed())
    while let gate = stack.popLast() {
      if seen[gate] { continue }
      seen[gate] = true
      switch graph.gates[gate] {
      case .up: break
      case .unit(let unit): for event in eventsOfUnit[unit] { assign(event) }
      case .atLeast(_, let inputs): stack += inputs.reversed()
      case .movingRole(let role, let settled):
        for (cause, moving) in movesOfRole[role] {
          assign(cause)
          assign(moving)
        }
        stack.append(settled)
      }
    }
  }

  private mutating func assign(_ event: Int) {
    guard number[event] == nil else { return }
    number[event] = events.count
    events.append(candidates[event])
  }

  private func reachable(_ roots: [Int]) -> [Bool] {
    var needed = [Bool](repeating: false, count: graph.gates.count)
    for root in roots { needed[root] = true }
    for index in graph.gates.indices.reversed() where needed[index] {
      switch graph.gates[index] {
      case .up, .unit: break
      case .atLeast(_, let inputs): for input in inputs { needed[input] = true }
      case .movingRole(_, let settled): needed[settled] = true
      }
    }
    return needed
  }
}
