public import ServiceGraph
internal import ServiceModel

/// Importance in a service graph, in the long run.
extension ImportanceTable {
  /// The tables of all capabilities: a row for each unit, component, cause and domain that matters.
  ///
  /// A process belongs to its cause, and to the unit, component or domain whose failure mode it is.
  ///
  /// - Throws: `TooLarge` when a diagram outgrows its limit.
  public static func tables(of graph: CompiledGraph) throws(SteadyState.TooLarge) -> [ImportanceTable] {
    let service = try IndependentService(graph)
    let (failure, diagram) = (service.failure, service.diagram)
    let probabilities = failure.probabilities
    let note = service.moveNote
    return graph.capabilities.indices.map { index in
      let sets = try? MinimalCutSets(ofRoot: index, in: diagram, nodeLimit: 1_000_000)
      let analysis = ImportanceAnalysis(
        diagram, root: index, probabilities: probabilities, cutSets: sets)
      let groups = ProcessGroups(failure, support: diagram.support(ofRoot: index)).groups
      return ImportanceTable(
        name: graph.capabilities[index].name, probability: analysis.top,
        unsorted: groups.map { analysis.row(of: $0) }, remarks: note.map { [$0] } ?? [])
    }
  }
}

/// The processes behind some variables, grouped by what fails.
private struct ProcessGroups {
  let failure: FailureNetwork
  private(set) var groups: [ImportanceAnalysis.Group] = []

  private struct Key: Hashable {
    let kind: ImportanceTable.Kind
    let name: String
  }

  init(_ failure: FailureNetwork, support: [Int]) {
    self.failure = failure
    let graph = failure.graph
    var order: [Key] = []
    var processes: [Key: [(variable: Int, process: Int)]] = [:]
    for variable in support {
      for process in failure.events[variable].processes {
        for key in ProcessGroups.keys(of: graph.processes[process], in: graph) {
          if processes[key] == nil { order.append(key) }
          processes[key, default: []].append((variable, process))
        }
      }
    }
    groups = order.map { key in
      ImportanceAnalysis.Group(
        name: key.name, kind: key.kind, members: members(processes[key] ?? []))
    }
  }

  /// What a process is counted under: its cause, and the domain, or the component and the unit, it belongs to.
  private static func keys(of process: RenewalProcess, in graph: CompiledGraph) -> [Key] {
    let cause = graph.causes[process.cause]
    var keys = [Key(kind: .cause, name: cause)]
    let owner = String(cause.prefix { $0 != "/" })
    if graph.model.components.contains(where: { $0.name == owner }) {
      keys.append(Key(kind: .component, name: owner))
      if process.units.count == 1, graph.unitNames[process.units[0]] == process.entity {
        keys.append(Key(kind: .unit, name: process.entity))
      }
    } else {
      keys.append(Key(kind: .domain, name: process.entity))
    }
    return keys
  }

  /// The parts of variables that some processes are.
  private func members(_ parts: [(variable: Int, process: Int)]) -> [ImportanceAnalysis.Member] {
    var members: [ImportanceAnalysis.Member] = []
    for variable in Set(parts.map(\.variable)).sorted() {
      let own = Set(parts.filter { $0.variable == variable }.map(\.process))
      let all = failure.events[variable].processes
      func likelihood(_ numbers: [Int]) -> Double {
        combined(numbers.map { failure.graph.processes[$0].unavailability })
      }
      members.append(
        ImportanceAnalysis.Member(
          variable: variable, without: likelihood(all.filter { !own.contains($0) }),
          own: likelihood(all.filter { own.contains($0) })))
    }
    return members
  }
}
