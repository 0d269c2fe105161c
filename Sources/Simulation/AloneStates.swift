internal import ServiceGraph

/// What each outage does when it is the only one, worked out when first asked for.
struct AloneStates: ~Copyable {
  /// The states that are not perfect.
  private(set) var states = ServiceStateList()
  /// For each process, noticed and unnoticed: the state's index, −1 when everything is fully served, or −2 when nobody
  /// has asked.
  private let indices: FixedArray<Int32>
  /// For each process: the state's index if it is known and the same noticed or not; else −2.
  private let settled: FixedArray<Int32>
  private let layout: SimulationLayout
  /// Stands for a state that nobody has asked for.
  static let unknown = -2

  init(layout: SimulationLayout) {
    self.layout = layout
    indices = FixedArray(repeating: -2, count: 2 * layout.graph.processes.count)
    settled = FixedArray(repeating: -2, count: layout.graph.processes.count)
  }

  /// The index of a process's state if somebody has asked for it and it is the same noticed or not; else −2.
  @inline(__always)
  func knownIndex(of process: Int) -> Int { Int(settled[process]) }

  /// The index of a process's state; negative when everything is fully served.
  ///
  /// - Parameter units: the states of the units while this outage is the only one.
  @inline(__always)
  mutating func index(
    of process: Int, isUnnoticed: Bool, units: borrowing UnitStates, starts: borrowing UnitStarts,
    evaluator: inout ServiceStateEvaluator
  ) -> Int {
    let place = 2 * process + (isUnnoticed ? 1 : 0)
    if indices[place] == AloneStates.unknown {
      let found = evaluated(units, starts, &evaluator)
      indices[place] = found
      let (noticed, unnoticed) = (indices[2 * process], indices[2 * process + 1])
      settled[process] = noticed == unnoticed || !layout.tracksNotice[process] ? noticed : -2
    }
    return Int(indices[place])
  }

  private mutating func evaluated(
    _ units: borrowing UnitStates, _ starts: borrowing UnitStarts, _ evaluator: inout ServiceStateEvaluator
  )
    -> Int32
  {
    var state = ServiceState(capabilities: layout.graph.capabilities.count)
    evaluator.evaluate(units, starts, into: &state)
    guard !state.isPerfect else { return -1 }
    states.append(copyOf: state)
    return Int32(states.count - 1)
  }
}
