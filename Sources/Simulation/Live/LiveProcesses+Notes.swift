/// What a trace tells of live processes beside what they do to units.
extension LiveProcesses {
  /// Tells what happens between a repair and its crew.
  @inline(__always)
  mutating func noteRepair(of process: Int, _ step: RepairStep) {
    let own = facts[process]
    log.note(.repair(process: Int(own.number), crew: layout.crewNumbers[Int(own.crew)], step))
  }

  /// How repairs and spares stand: what to tell of what began before time 0.
  var standings: [TraceEvent.Kind] {
    var found: [TraceEvent.Kind] = []
    for process in layout.processes.indices {
      if let standing = repairStanding(process) { found.append(standing) }
    }
    for pool in pools { found += pool.standings }
    return found
  }

  private func repairStanding(_ process: Int) -> TraceEvent.Kind? {
    let own = facts[process]
    guard phases[process] >= 0, own.crew >= 0 else { return nil }
    var phase = own.firstPhase
    while phase < own.endOfPhases {
      if case .crew = steps[Int(phase)] { break }
      phase += 1
    }
    guard phases[process] >= phase else { return nil }
    let isWaiting = phases[process] == phase || isPaused[process]
    return .repair(
      process: Int(own.number), crew: layout.crewNumbers[Int(own.crew)],
      isWaiting ? .waits : .begins(hasWaited: false))
  }
}

extension SparePool {
  /// Units that stand by though they worked at first, and the other way round.
  var standings: [TraceEvent.Kind] {
    units.indices.compactMap { unit in
      let began: UnitState = unit < plan.running ? .working : .standby
      guard units[unit] != began, units[unit] != .failed else { return nil }
      let step = units[unit] == .working ? SpareStep.takesOver(from: nil) : .standsBy
      return .spare(unit: Int(plan.units[unit]), step)
    }
  }
}
