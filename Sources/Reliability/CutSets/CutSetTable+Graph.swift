public import ServiceGraph

extension CutSetTable {
  /// The minimal cut sets of a capability.
  public enum Outcome: Sendable {
    /// Counted, and the most probable listed.
    case table(CutSetTable)
    /// There are none, and why.
    case unknown(String)
  }

  /// The minimal cut sets of every capability: events are failures of units, components and domains.
  ///
  /// - Throws: `TooLarge` when a decision diagram outgrows its limit.
  public static func tables(
    of graph: CompiledGraph, _ questions: FaultTreeQuestions
  ) throws(SteadyState.TooLarge) -> [Outcome] {
    let service = try IndependentService(graph)
    let (failure, diagram) = (service.failure, service.diagram)
    let names = failure.events.map { $0.name(in: graph) }
    return graph.capabilities.indices.map { index in
      guard let sets = try? MinimalCutSets(.cutSets, ofRoot: index, in: diagram) else {
        return .unknown("their diagram outgrew its limit")
      }
      return .table(CutSetTable(sets, questions, names: names, failure.probabilities))
    }
  }
}

extension BasicEvent {
  /// What people call it: `api/1/crash`, or `api/1/(crash, leak)` when several failures do the same.
  fileprivate func name(in graph: CompiledGraph) -> String {
    switch kind {
    case .processes(let numbers):
      let processes = numbers.map { graph.processes[$0] }
      guard let first = processes.first, processes.count > 1 else { return processes.first?.name ?? "" }
      guard processes.allSatisfy({ $0.entity == first.entity }) else {
        return processes.map(\.name).joined(separator: " or ")
      }
      let modes = processes.map { String($0.name.dropFirst(first.entity.count + 1)) }
      return "\(first.entity)/(\(modes.joined(separator: ", ")))"
    case .moving(let role, let process, _):
      return "\(graph.movingRoles[role].name) not moved after \(graph.processes[process].name)"
    case .dependent, .outcome: return "a state of parts that depend on each other"
    }
  }
}
