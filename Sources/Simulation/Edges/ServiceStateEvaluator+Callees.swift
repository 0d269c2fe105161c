extension ServiceStateEvaluator {
  /// Whether a gate would be up without some outages, if the calls of all dependencies with policies were answered.
  func stands(_ gate: Int, without processes: [Int], _ units: borrowing UnitStates) -> Bool {
    trial.copy(from: units.gates)
    trialCounts.copy(from: units.downCounts)
    for process in processes {
      for place in layout.units(of: process) { repair(unit: Int(layout.unitList[place]), units) }
      for bond in units.bonds where Int(bond.process) == process { repair(unit: Int(bond.unit), units) }
    }
    for edge in layout.edges.gates {
      _ = raise(edge.own)
      _ = raise(edge.caller)
    }
    return trial.isUp(gate)
  }
}
