internal import ServiceGraph

extension SteadyStateAnalysis {
  /// What takes a capability down alone, when everything else works.
  ///
  /// A role that a failover can move is read where it stands once every move is over, a unit that leaves a place where it was.
  func singlePoints(_ root: Int) -> [SteadyStateResult.SinglePoint] {
    let (failure, diagram) = settled ?? (failure, diagram)
    let support = diagram.support(ofRoot: root)
    var points = SinglePointList(graph: graph)
    var state = failure.healthyState
    for variable in support where !failure.events[variable].processes.isEmpty {
      let started = [variable] + failure.moves[variable].filter { failure.events[$0].isLeaving }
      for variable in started { state[variable] = true }
      if diagram.isTrue(root: root, when: state) { points.add(failure.events[variable].processes) }
      for variable in started { state[variable] = false }
    }
    for group in failure.groups(support) {
      addMembers(ofGroup: group, failure, diagram, root: root, to: &points)
    }
    return points.points.map { SteadyStateResult.SinglePoint(entity: $0.entity, causes: $0.causes) }
  }

  /// One member of a part is down and all else works.
  private func addMembers(
    ofGroup group: Int, _ failure: FailureNetwork, _ diagram: NetworkDiagram, root: Int,
    to points: inout SinglePointList
  ) {
    let module = failure.modules[group]
    let variables = failure.variablesOfModule[group]
    let healthy = module.outcomes[module.healthyOutcome]
    for (number, part) in module.parts.enumerated() where healthy[number] == 0 {
      var down = healthy
      down[number] = 1
      guard let outcome = module.outcomes.firstIndex(of: down) else { continue }
      for (index, member) in part.members.enumerated() {
        var state = failure.healthyState
        variables.set(outcome: outcome, in: &state)
        for choice in variables.choices where choice.part == number && choice.remaining == 1 {
          state[choice.variable] = choice.member == index
        }
        if diagram.isTrue(root: root, when: state) { points.add(member.processes) }
      }
    }
  }
}

extension FailureNetwork {
  /// Every process is up: the variables of a dependent group are not all false then.
  fileprivate var healthyState: [Bool] {
    var state = [Bool](repeating: false, count: events.count)
    for (module, variables) in zip(modules, variablesOfModule) {
      variables.set(outcome: module.healthyOutcome, in: &state)
    }
    return state
  }
}

/// Entities in the order they are found, each with its causes.
private struct SinglePointList {
  let graph: CompiledGraph
  private(set) var points: [(entity: String, causes: [String])] = []

  init(graph: CompiledGraph) { self.graph = graph }

  mutating func add(_ processes: [Int]) {
    for process in processes.map({ graph.processes[$0] }) {
      let cause = graph.causes[process.cause]
      if let index = points.firstIndex(where: { $0.entity == process.entity }) {
        if !points[index].causes.contains(cause) { points[index].causes.append(cause) }
      } else {
        points.append((process.entity, [cause]))
      }
    }
  }
}
