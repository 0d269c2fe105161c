internal import ServiceGraph

/// What each outage does when it is the only one, worked out when first asked for.
struct AloneStates {
  /// The states that are not perfect.
  private(set) var states: [ServiceState] = []
  /// For each process, noticed and unnoticed: the state's index, −1 when everything is fully served, or −2 when nobody
  /// has asked.
  private var indices: [Int32]
  private let layout: SimulationLayout

  init(layout: SimulationLayout) {
    self.layout = layout
    indices = [Int32](repeating: -2, count: 2 * layout.graph.processes.count)
  }

  /// The index of a process's state; negative when everything is fully served.
  ///
  /// - Parameter units: the states of the units while this outage is the only one.
  @inline(__always)
  mutating func index(
    of process: Int, isUnnoticed: Bool, units: UnitStates, evaluator: inout ServiceStateEvaluator
  ) -> Int {
    let place = 2 * process + (isUnnoticed ? 1 : 0)
    if indices[place] == -2 { indices[place] = evaluated(units, &evaluator) }
    return Int(indices[place])
  }

  private mutating func evaluated(_ units: UnitStates, _ evaluator: inout ServiceStateEvaluator) -> Int32 {
    var state = ServiceState(capabilities: layout.graph.capabilities.count)
    evaluator.evaluate(units, into: &state)
    guard !state.isPerfect else { return -1 }
    states.append(state)
    return Int32(states.count - 1)
  }
}
