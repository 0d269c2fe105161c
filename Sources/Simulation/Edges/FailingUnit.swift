internal import ServiceGraph

/// A unit that fails calls in ways of its own.
struct FailingUnit {
  let unit: Int
  /// The processes that hold it down, ascending; nothing else does.
  let processes: [Int]
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
    let holders = holders(among: plan.processes, units)
    guard !holders.isEmpty else { return [] }
    var found: [[FailingUnit]] = []
    for calls in plan.further {
      var own: [FailingUnit] = []
      for group in calls.groups { own += failingUnits(of: group, holders, units) }
      found.append(own)
    }
    return found.contains { !$0.isEmpty } ? found : []
  }

  /// Those of a group that is short of units.
  private func failingUnits(
    of group: FurtherCalls.Group, _ holders: [Int: [Int]], _ units: borrowing UnitStates
  ) -> [FailingUnit] {
    var missing = group.required
    var comingBack: [FailingUnit] = []
    for unit in group.units {
      if let role = group.role, units.roles[unit] != Int32(role) { continue }
      if units.downCounts[unit] == 0 {
        missing -= 1
        guard missing > 0 else { return [] }
      } else if let own = holders[unit], own.count == Int(units.downCounts[unit]) {
        comingBack.append(FailingUnit(unit: unit, processes: own))
      }
    }
    guard comingBack.count >= missing else { return [] }
    let alike = Dictionary(grouping: comingBack, by: \.processes).mapValues(\.count)
    let needed = alike.keys.filter { own in
      alike.reduce(0) { $0 + (Set($1.key).isStrictSubset(of: own) ? $1.value : 0) } < missing
    }
    return comingBack.filter { needed.contains($0.processes) }
  }

  /// For each unit that some processes hold down these, ascending.
  private func holders(among processes: [Int], _ units: borrowing UnitStates) -> [Int: [Int]] {
    var holders: [Int: [Int]] = [:]
    for process in processes where units.active.contains(Int32(process)) {
      for place in layout.units(of: process) {
        holders[Int(layout.unitList[place]), default: []].append(process)
      }
      for bond in units.bonds where Int(bond.process) == process {
        holders[Int(bond.unit), default: []].append(process)
      }
    }
    return holders
  }
}
