internal import ServiceGraph
internal import ServiceModel

/// Processes of a service graph that are judged together: a unit, a component, a cause or a domain.
struct ProcessGroup {
  let name: String
  let kind: ImportanceTable.Kind
  /// Ascending.
  let processes: [Int]
  /// Whether all of them hold the same units down, so that any of them does what all of them do.
  let isOne: Bool

  init(name: String, kind: ImportanceTable.Kind, processes: [Int], in graph: CompiledGraph) {
    self.name = name
    self.kind = kind
    self.processes = processes
    let units = processes.first.map { graph.processes[$0].units }
    isOne = processes.allSatisfy { graph.processes[$0].units == units }
  }

  private struct Key: Hashable {
    let kind: ImportanceTable.Kind
    let name: String
  }

  /// What some processes are counted under, in the order in which it is met.
  static func groups(of processes: [Int], in graph: CompiledGraph) -> [ProcessGroup] {
    let components = Set(graph.model.components.map(\.name))
    var order: [Key] = []
    var members: [Key: [Int]] = [:]
    for process in processes {
      for key in keys(of: graph.processes[process], in: graph, components: components) {
        if members[key] == nil { order.append(key) }
        members[key, default: []].append(process)
      }
    }
    return order.map {
      ProcessGroup(name: $0.name, kind: $0.kind, processes: (members[$0] ?? []).sorted(), in: graph)
    }
  }

  /// What a process is counted under: its cause, and the domain, or the component and the unit, it belongs to.
  private static func keys(
    of process: RenewalProcess, in graph: CompiledGraph, components: Set<String>
  ) -> [Key] {
    let cause = graph.causes[process.cause]
    var keys = [Key(kind: .cause, name: cause)]
    let owner = String(cause.prefix { $0 != "/" })
    guard components.contains(owner) else { return keys + [Key(kind: .domain, name: process.entity)] }
    keys.append(Key(kind: .component, name: owner))
    if process.units.count == 1, graph.unitNames[process.units[0]] == process.entity {
      keys.append(Key(kind: .unit, name: process.entity))
    }
    return keys
  }
}
