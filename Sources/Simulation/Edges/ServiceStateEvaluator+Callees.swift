internal import Resilience
internal import ServiceGraph

/// What would become of calls without some outages.
extension ServiceStateEvaluator {
  /// Whether a gate would be up without some outages, if the calls of all dependencies with policies were answered.
  ///
  /// The dependencies themselves do not matter, so that what is tried holds for all of them as long as `triedWithout` does.
  mutating func stands(_ gate: Int, without processes: [Int], _ units: borrowing UnitStates) -> Bool {
    guard triedWithout != processes else { return calleeTrial.isUp(gate) }
    triedWithout = processes
    calleeTrial.copy(from: units.gates)
    calleeCounts.copy(from: units.downCounts)
    release(processes, units)
    for edge in layout.edges.gates {
      _ = raise(edge.own, calleeTrial)
      _ = raise(edge.caller, calleeTrial)
    }
    return calleeTrial.isUp(gate)
  }

  /// Without a cause calls are answered again, where it took the callee down or left a breaker open.
  func repairEdges(_ cause: Int32, _ units: borrowing UnitStates) {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (number, edge) in layout.edges.gates.enumerated() where answers(number, without: cause, units) {
        let getsThrough =
          getsThrough(number, without: cause, units)
          ?? (self.cause(ofEdge: number, units) == cause || !answers(number, units))
        guard getsThrough else { continue }
        if raise(edge.own, trial) { hasChanged = true }
        if raise(edge.caller, trial) { hasChanged = true }
      }
    }
  }

  /// Whether a callee answers some calls: it is up, or fails for no more than a part of them.
  private func answers(_ edge: Int, _ units: borrowing UnitStates) -> Bool {
    answers(edge, without: nil, units.gates, units.downCounts, units)
  }

  /// The same in the trial.
  private func answers(_ edge: Int, without cause: Int32, _ units: borrowing UnitStates) -> Bool {
    answers(edge, without: cause, trial, trialCounts, units)
  }

  private func answers(
    _ edge: Int, without cause: Int32?, _ gates: borrowing GateStates, _ counts: borrowing FixedArray<Int32>,
    _ units: borrowing UnitStates
  ) -> Bool {
    let callee = layout.edges.gates[edge].callee
    if gates.isUp(callee) { return true }
    let timings = layout.edges.edges[edge].timings
    let failingInPart = layout.edges.callees[edge].processes.filter { process in
      layout.causes[process] != cause && units.active.contains(Int32(process))
        && timings[layout.edges.wayOfProcess[process]].callFailedShare < 1
    }
    guard !failingInPart.isEmpty else { return false }
    calleeTrial.copy(from: gates)
    calleeCounts.copy(from: counts)
    release(failingInPart, units)
    return calleeTrial.isUp(callee)
  }

  /// Ends outages in what is tried for callees.
  private func release(_ processes: [Int], _ units: borrowing UnitStates) {
    for process in processes {
      for place in layout.units(of: process) { release(unit: Int(layout.unitList[place]), units) }
      for bond in units.bonds where Int(bond.process) == process { release(unit: Int(bond.unit), units) }
    }
  }

  private func release(unit: Int, _ units: borrowing UnitStates) {
    calleeCounts[unit] -= 1
    if calleeCounts[unit] == 0 { calleeTrial.change(unit: unit, role: units.roles[unit], by: 1) }
  }

  /// Takes a gate of an edge up; whether it was down.
  private func raise(_ gate: Int, _ gates: borrowing GateStates) -> Bool {
    guard gate >= 0, !gates.isUp(gate) else { return false }
    gates.change(gate: gate, by: 1)
    return true
  }
}
