public import ServiceGraph

/// Whether one design fails only where another one does, on the decision diagram of both.
public enum FailureOrder {
  /// The most nodes of the diagram, and the most events, beyond which nothing is proved.
  private static let (nodeLimit, eventLimit) = (200_000, 900)

  /// Whether a capability is down under one graph in no state in which it is up under the other, events of the same name
  /// being the same and no likelier in the first.
  ///
  /// Then it is no less available, however often anything else fails: take events so that the first has none that the
  /// second has not (they are independent, and no likelier), and its structure function, which only grows with them, is
  /// no larger (Barlow and Proschan, 1975, chapter 2; Shaked and Shanthikumar, *Stochastic Orders*, 2007, theorem 1.A.1).
  /// What only one of them has may happen or not.
  ///
  /// - Returns: `false` also where it can not be shown: where roles move, processes depend on each other or exclude each
  ///   other, or the diagram is too large.
  public static func isProved(
    _ one: CompiledGraph, noWorseThan other: CompiledGraph, capability: Int
  ) -> Bool {
    guard isPlain(one), isPlain(other), areNoLikelier(one, other) else { return false }
    var network = BooleanNetwork()
    var variables: [String: Int] = [:]
    let first = failure(of: one, capability, &network, &variables)
    let second = failure(of: other, capability, &network, &variables)
    guard variables.count <= eventLimit else { return false }
    let difference = network.and([first, second.negated])
    guard let diagram = try? NetworkDiagram(network, roots: [difference], nodeLimit: nodeLimit) else {
      return false
    }
    // With every event as likely as not, only what never happens has no probability.
    return diagram.probability(ofRoot: 0, [Double](repeating: 0.5, count: network.variableCount)) == 0
  }

  /// Whether all processes are independent, hold their units to the end, and nothing but what is up decides what works.
  private static func isPlain(_ graph: CompiledGraph) -> Bool {
    graph.dependentGroups.isEmpty && graph.movingRoles.isEmpty && graph.processesThatUnitsLeave.isEmpty
      && graph.processes.allSatisfy { $0.situation.clock != .exclusive }
  }

  private static func areNoLikelier(_ one: CompiledGraph, _ other: CompiledGraph) -> Bool {
    let known = Dictionary(other.processes.map { ($0.name, $0.unavailability) }) { max($0, $1) }
    return one.processes.allSatisfy { process in
      known[process.name].map { process.unavailability <= $0 } ?? true
    }
  }

  /// The failure of a capability, with a variable for each process that takes units down.
  private static func failure(
    of graph: CompiledGraph, _ capability: Int, _ network: inout BooleanNetwork,
    _ variables: inout [String: Int]
  ) -> BooleanNetwork.Literal {
    var events = [[BooleanNetwork.Literal]](repeating: [], count: graph.unitNames.count)
    for process in graph.processes where process.takesDown {
      let number = variables[process.name] ?? variables.count
      variables[process.name] = number
      for unit in process.units { events[unit].append(network.variable(number)) }
    }
    var failures: [BooleanNetwork.Literal] = []
    for gate in graph.gates {
      switch gate {
      case .up, .movingRole: failures.append(.never)
      case .unit(let unit): failures.append(network.or(events[unit]))
      case .atLeast(let count, let inputs):
        failures.append(network.atLeast(inputs.count - count + 1, of: inputs.map { failures[$0] }))
      }
    }
    return failures[graph.capabilities[capability].gate]
  }
}
