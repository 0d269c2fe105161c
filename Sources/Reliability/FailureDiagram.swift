internal import ServiceGraph

/// The structure function of a graph as a decision diagram of failure: true means down.
struct FailureDiagram {
  let diagram: BinaryDecisionDiagram
  /// The variables, in their order from the top.
  let events: [BasicEvent]
  /// The failure function of each capability.
  let functions: [BinaryDecisionDiagram.Function]

  /// Builds the diagram for the gates that capabilities stand on.
  init(_ graph: CompiledGraph, nodeLimit: Int = 20_000_000) throws(BinaryDecisionDiagram.TooLarge) {
    var builder = Builder(graph: graph, diagram: BinaryDecisionDiagram(nodeLimit: nodeLimit))
    functions = try builder.build(graph.capabilities.map(\.gate))
    diagram = builder.diagram
    events = builder.events
  }

  private struct Builder {
    let graph: CompiledGraph
    let diagram: BinaryDecisionDiagram
    var events: [BasicEvent] = []
    /// The events that hold each unit down, shared ones first; numbered when first met.
    private var eventsOfUnit: [[Int]]
    private var candidates: [BasicEvent]
    private var number: [Int?]
    private var failoverEvents: [[Int]]

    init(graph: CompiledGraph, diagram: BinaryDecisionDiagram) {
      self.graph = graph
      self.diagram = diagram
      var groups: [[Int]: [Int]] = [:]
      var order: [[Int]] = []
      for (index, process) in graph.processes.enumerated() where process.takesDown {
        if groups[process.units] == nil { order.append(process.units) }
        groups[process.units, default: []].append(index)
      }
      order.sort { $0.count > $1.count }
      candidates = order.map { BasicEvent(kind: .processes(groups[$0] ?? [])) }
      eventsOfUnit = [[Int]](repeating: [], count: graph.unitNames.count)
      for (event, units) in order.enumerated() {
        for unit in units { eventsOfUnit[unit].append(event) }
      }
      let failovers = FailoverOutage(graph: graph)
      failoverEvents = []
      for role in graph.movingRoles.indices {
        let moves = failovers.events(ofRole: role)
        failoverEvents.append(Array(candidates.count..<candidates.count + moves.count))
        candidates += moves
      }
      number = [Int?](repeating: nil, count: candidates.count)
    }

    /// The failure functions of some gates. Gates are numbered after their inputs, so one pass is enough.
    mutating func build(
      _ roots: [Int]
    ) throws(BinaryDecisionDiagram.TooLarge) -> [BinaryDecisionDiagram.Function] {
      numberEvents(roots)
      var functions = [BinaryDecisionDiagram.Function](repeating: 0, count: graph.gates.count)
      let needed = reachable(roots)
      for index in graph.gates.indices where needed[index] {
        functions[index] = try function(of: graph.gates[index], functions)
      }
      return roots.map { functions[$0] }
    }

    private func function(
      of gate: Gate, _ functions: [BinaryDecisionDiagram.Function]
    ) throws(BinaryDecisionDiagram.TooLarge) -> BinaryDecisionDiagram.Function {
      switch gate {
      case .up: return BinaryDecisionDiagram.never
      case .unit(let unit): return try anyOf(eventsOfUnit[unit])
      case .atLeast(let count, let inputs):
        return try diagram.atLeast(inputs.count - count + 1, of: inputs.map { functions[$0] })
      case .movingRole(let role, let settled):
        return try diagram.or(functions[settled], anyOf(failoverEvents[role]))
      }
    }

    private func anyOf(
      _ events: [Int]
    ) throws(BinaryDecisionDiagram.TooLarge) -> BinaryDecisionDiagram.Function {
      var function = BinaryDecisionDiagram.never
      for variable in events.compactMap({ number[$0] }).sorted(by: >) {
        function = try diagram.or(diagram.variable(variable), function)
      }
      return function
    }

    /// Numbers events depth first from the roots, so that what is needed together stands together; events
    /// shared by many units come before those of one.
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
          for event in failoverEvents[role] { assign(event) }
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
}
