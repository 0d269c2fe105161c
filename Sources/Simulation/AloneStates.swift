internal import ServiceGraph

/// What each outage does when it is the only one, worked out once.
struct AloneStates: Sendable {
  /// The states that are not perfect.
  private(set) var states: [ServiceState] = []
  /// For each process, noticed and unnoticed: the state's index, or −1 when everything is fully served.
  private var indices: [Int32] = []

  init(layout: SimulationLayout) {
    var evaluator = ServiceStateEvaluator(layout: layout)
    let zeros = [Int32](repeating: 0, count: layout.graph.unitNames.count)
    for process in layout.graph.processes.indices {
      for isUnnoticed in [false, true] {
        var units = UnitStates(downCounts: zeros, unnoticedCounts: zeros, roles: layout.startRole)
        units.active = [Int32(process)]
        for place in layout.units(of: process) where layout.takesDown[process] {
          units.downCounts[Int(layout.unitList[place])] += 1
          if isUnnoticed { units.unnoticedCounts[Int(layout.unitList[place])] += 1 }
        }
        var state = ServiceState(capabilities: layout.graph.capabilities.count)
        evaluator.evaluate(units, into: &state)
        indices.append(state.isPerfect ? -1 : Int32(states.count))
        if !state.isPerfect { states.append(state) }
      }
    }
  }

  @inline(__always)
  func index(of process: Int, isUnnoticed: Bool) -> Int { Int(indices[2 * process + (isUnnoticed ? 1 : 0)]) }
}
