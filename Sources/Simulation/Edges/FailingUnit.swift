internal import ServiceGraph

/// A unit that fails calls in ways of its own.
struct FailingUnit {
  let unit: Int
  /// The processes that hold it down, ascending; nothing else does.
  let processes: [Int]
}

extension [[FailingUnit]] {
  /// The processes that hold any of them down, ascending.
  var processes: [Int] {
    var found: [Int] = []
    for unit in joined() {
      for process in unit.processes where !found.contains(process) { found.append(process) }
    }
    return found.sorted()
  }
}

/// Which units fail calls in ways of their own.
extension ServiceStateEvaluator {
  /// The units by which each of the further calls of an edge fail in ways of their own; empty where none do.
  ///
  /// A process's way to fail reaches the callers only by units without which a group that the calls need has too few: each would
  /// be up without such processes, and not enough others would be up for the end of only some of those that hold it down.
  /// What spares stand in for, what is not called any more and what a crash holds down as well fails no call in this way.
  ///
  /// - Parameter isUp: whether the callee is up; then only members of choices can be short of units.
  /// - Complexity: the units called and those held down, while any of the callee's processes has failed.
  func failingUnits(
    ofCalleeOf edge: Int, isUp: Bool, _ units: borrowing UnitStates
  ) -> [[FailingUnit]] {
    let plan = layout.edges.callees[edge]
    guard !plan.processes.isEmpty, !isUp || plan.further.count > 1 else { return [] }
    let active = plan.processes.filter { units.active.contains(Int32($0)) }
    guard !active.isEmpty else { return [] }
    var found: [[FailingUnit]] = []
    for calls in plan.further {
      var own: [FailingUnit] = []
      for group in calls.groups { own += failingUnits(of: group, active, units) }
      found.append(own)
    }
    return found.contains { !$0.isEmpty } ? found : []
  }

  /// How many more units of a group have to be up; 0 or less where enough are.
  private func missing(in group: FurtherCalls.Group, _ units: borrowing UnitStates) -> Int {
    var missing = group.required
    for unit in group.units where units.downCounts[unit] == 0 && group.has(unit, units) { missing -= 1 }
    return missing
  }

  /// Those of a group that is short of units, by the processes under way.
  private func failingUnits(
    of group: FurtherCalls.Group, _ active: [Int], _ units: borrowing UnitStates
  ) -> [FailingUnit] {
    let missing = missing(in: group, units)
    guard missing > 0 else { return [] }
    var comingBack: [FailingUnit] = []
    for unit in group.units where units.downCounts[unit] > 0 && group.has(unit, units) {
      let own = active.filter { holds($0, unit, units) }
      if own.count == Int(units.downCounts[unit]) {
        comingBack.append(FailingUnit(unit: unit, processes: own))
      }
    }
    guard comingBack.count >= missing else { return [] }
    // Mostly the same hold all of them down.
    guard comingBack.contains(where: { $0.processes != comingBack[0].processes }) else { return comingBack }
    let alike = Dictionary(grouping: comingBack, by: \.processes).mapValues(\.count)
    let needed = alike.keys.filter { own in
      alike.reduce(0) { $0 + (Set($1.key).isStrictSubset(of: own) ? $1.value : 0) } < missing
    }
    return comingBack.filter { needed.contains($0.processes) }
  }

  /// Whether an outage under way holds a unit down.
  private func holds(_ process: Int, _ unit: Int, _ units: borrowing UnitStates) -> Bool {
    var range = layout.units(of: process)
    while range.count > 0 {
      let middle = range.lowerBound + range.count / 2
      let found = Int(layout.unitList[middle])
      if found == unit { return true }
      range = found < unit ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return units.bonds.contains { Int($0.process) == process && Int($0.unit) == unit }
  }
}

extension FurtherCalls.Group {
  /// Whether calls to it go to a unit now: not where its role has moved from there.
  fileprivate func has(_ unit: Int, _ units: borrowing UnitStates) -> Bool {
    role.map { units.roles[unit] == Int32($0) } ?? true
  }
}
