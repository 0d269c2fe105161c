public import ServiceGraph

/// Importance in a service graph, in the long run.
extension ImportanceTable {
  /// The tables of all capabilities: a row for each unit, component, cause and domain that matters.
  ///
  /// A process belongs to its cause, and to the unit, component or domain whose failure mode it is. Roles that move, crews,
  /// spares and shared load are read off the same Markov chains as the availability.
  ///
  /// - Throws: `TooLarge` when a diagram or a chain outgrows its limit.
  public static func tables(of graph: CompiledGraph) throws(SteadyState.TooLarge) -> [ImportanceTable] {
    let all = graph.processes.indices.filter { graph.processes[$0].takesDown }
    let groups = ProcessGroup.groups(of: all, in: graph)
    let response = try ProcessResponse(graph, groups: groups.map(\.processes) + all.map { [$0] })
    let service = try ServiceSets(
      graph, failovers: response.failure.failovers, modules: response.failure.modules)
    return graph.capabilities.indices.map { index in
      let support = response.diagram.support(ofRoot: index)
      let processes = response.processes(support)
      let importance = ServiceImportance(
        response, root: index, processes: processes, sets: SetShares(service, root: index))
      return ImportanceTable(
        name: graph.capabilities[index].name, probability: importance.top,
        unsorted: ProcessGroup.groups(of: processes, in: graph).map { importance.row(of: $0) },
        remarks: response.remarks(support))
    }
  }
}

extension ProcessResponse {
  /// What must be said beside the measures of a capability.
  fileprivate func remarks(_ support: [Int]) -> [String] {
    var isChained = false
    var isApproximate = false
    for variable in support {
      switch failure.events[variable].kind {
      case .dependent, .outcome: isChained = true
      case .moving: isApproximate = true
      case .processes, .starting, .leaving: continue
      }
    }
    var remarks: [String] = []
    if isChained {
      remarks += [
        "Failover, crews, spares and shared load are read off their Markov chains. Criticality, RRW and minutes: the "
          + "row's failures repaired at once, everything else as it is, the contributions' own rule.",
        "Birnbaum, RAW and diagnostic there: given that the row is down, or up, at the moment (a condition); for a row "
          + "of several units as if all were down, moves done. Independent parts have the same value either way; "
          + "Birnbaum × unavailability is the criticality of these only.",
      ]
    }
    if isApproximate {
      remarks.append(
        "A role for which no chain was solved is down for the mean role outage, inside the outage that drives it away."
      )
    }
    return remarks
  }
}
