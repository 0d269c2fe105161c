internal import ServiceGraph

extension ServiceStateEvaluator {
  /// Says what of a state is planned: what would be up, and served, if all planned work under way were taken away, with
  /// the starts after it and what policies made of it.
  mutating func markPlanned(
    _ units: borrowing UnitStates, _ starts: borrowing UnitStarts, _ state: inout ServiceState
  ) {
    guard hasPlanned(units, starts) else { return }
    let callees = layout.edges.gates.map { !units.gates.isUp($0.callee) }
    change(units, starts) { units.release($0) }
    let edges = withoutPlanned(callees, units)
    evaluateServed(units)
    for index in capabilityGates.indices {
      let isUp = units.gates.isUp(capabilityGates[index])
      let lostWithout = isUp ? 1 - served[capabilityFractions[index]] : 1
      state.isPlanned[index] = state.isDown[index] && isUp
      state.lostToPlanned[index] = max(0, (state.isDown[index] ? 1 : state.lost[index]) - lostWithout)
    }
    for edge in edges.reversed() { putBack(edge, units) }
    change(units, starts) { units.hold($0) }
  }

  private func hasPlanned(_ units: borrowing UnitStates, _ starts: borrowing UnitStarts) -> Bool {
    if units.plannedCount > 0 { return true }
    for unit in starts.held where layout.planned.isPlanned(cause: cause(ofHeld: unit, starts)) { return true }
    for edge in layout.edges.edges.indices
    where units.edges.lost[edge] > 0 || units.edges.callerLost[edge] > 0 {
      if layout.planned.isPlanned(cause: cause(ofEdge: edge, units)) { return true }
    }
    return false
  }

  /// Does something to every unit as often as planned work holds it down.
  private func change(
    _ units: borrowing UnitStates, _ starts: borrowing UnitStarts, _ act: (Int) -> Void
  ) {
    for work in layout.planned.works.indices where units.plannedWaves[work] >= 0 {
      for unit in layout.planned.works[work].waves[Int(units.plannedWaves[work])].units { act(Int(unit)) }
    }
    for unit in starts.held where layout.planned.isPlanned(cause: cause(ofHeld: unit, starts)) {
      act(Int(unit))
    }
  }

  // MARK: Policies

  /// What an edge lost.
  private struct Loss {
    let edge: Int
    let lost: Double
    let callerLost: Double
  }

  /// Lets calls be answered again whose callee planned work took down, or that are answered without it.
  private func withoutPlanned(_ wereDown: [Bool], _ units: borrowing UnitStates) -> [Loss] {
    var taken: [Loss] = []
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (number, edge) in layout.edges.gates.enumerated() where units.gates.isUp(edge.callee) {
        guard wereDown[number] || layout.planned.isPlanned(cause: cause(ofEdge: number, units)),
          units.edges.lost[number] > 0 || units.edges.callerLost[number] > 0
        else { continue }
        let loss = Loss(
          edge: number, lost: units.edges.lost[number], callerLost: units.edges.callerLost[number])
        set(number, lost: 0, callerLost: 0, units)
        taken.append(loss)
        hasChanged = true
      }
    }
    return taken
  }

  private func putBack(_ loss: Loss, _ units: borrowing UnitStates) {
    set(loss.edge, lost: loss.lost, callerLost: loss.callerLost, units)
  }

  private func set(_ edge: Int, lost: Double, callerLost: Double, _ units: borrowing UnitStates) {
    units.setLosses(ofEdge: edge, layout.edges.gates[edge], lost: lost, callerLost: callerLost)
  }

  /// Makes `trial` the state without the work of a cause.
  func repairPlanned(_ cause: Int32, _ units: borrowing UnitStates) {
    guard layout.planned.isPlanned(cause: cause) else { return }
    let work = Int(cause - layout.planned.firstCause)
    guard units.plannedWaves[work] >= 0 else { return }
    for unit in layout.planned.works[work].waves[Int(units.plannedWaves[work])].units {
      trialCounts[Int(unit)] -= 1
      if trialCounts[Int(unit)] == 0 { trial.change(unit: Int(unit), role: units.roles[Int(unit)], by: 1) }
    }
  }
}
