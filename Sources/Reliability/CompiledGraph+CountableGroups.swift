internal import ServiceGraph

extension CompiledGraph {
  /// Of the groups that a capability shares its work over, those that it and what it needs softly depend on in one way
  /// only: that enough of their units are up. The others' units are none of theirs.
  func countable(_ groups: [SharedWork], ofCapability index: Int, in failure: FailureNetwork) -> [Int] {
    let root = capabilities[index].gate
    let soft = fractions[capabilities[index].fraction].softLosses.map(\.gate)
    let needed = gates(behind: [root]) { gate in
      if case .atLeast(let count, let inputs) = gate { count == inputs.count } else { false }
    }
    var gateOfGroup: [Int: Gate] = [:]
    for (place, group) in groups.enumerated() where group.capacity.movingRole == nil {
      guard group.capacity.units.allSatisfy({ failure.independentEvents(ofUnit: $0) != nil }) else {
        continue
      }
      let units = group.capacity.units.sorted()
      gateOfGroup[place] = needed.sorted().map { gates[$0] }.first { gate in
        guard case .atLeast(group.capacity.required, let inputs) = gate else { return false }
        return inputs.count == units.count && inputs.sorted() == units
      }
    }
    return apart(gateOfGroup, of: groups, behind: [root] + soft)
  }

  /// Of groups that are needed by a gate each, those whose units nothing else stands on.
  private func apart(_ gateOfGroup: [Int: Gate], of groups: [SharedWork], behind roots: [Int]) -> [Int] {
    var gateOfGroup = gateOfGroup
    var isSettled = false
    while !isSettled {
      let stops = Set(gateOfGroup.values)
      var others = gates(behind: roots) { !stops.contains($0) }
      for (place, group) in groups.enumerated() where gateOfGroup[place] == nil {
        others.formUnion(group.capacity.units)
      }
      let lost = gateOfGroup.keys.filter { place in
        let units = Set(groups[place].capacity.units)
        return !units.isDisjoint(with: others)
          || gateOfGroup.keys.contains { $0 != place && !units.isDisjoint(with: groups[$0].capacity.units) }
      }
      for place in lost { gateOfGroup[place] = nil }
      isSettled = lost.isEmpty
    }
    return gateOfGroup.keys.sorted()
  }

  /// The gates that some gates stand on, through those that meet a condition.
  private func gates(behind roots: [Int], through isOpen: (Gate) -> Bool) -> Set<Int> {
    var (found, open) = (Set(roots), roots)
    while let number = open.popLast() {
      guard isOpen(gates[number]) else { continue }
      let inputs: [Int]
      switch gates[number] {
      case .up, .unit: inputs = []
      case .atLeast(_, let gates): inputs = gates
      case .movingRole(_, let settled): inputs = [settled]
      }
      open += inputs.filter { found.insert($0).inserted }
    }
    return found
  }
}
