internal import ServiceGraph

/// The units and outages of a replication at an instant.
struct UnitStates {
  /// How many outages hold each unit down.
  var downCounts: [Int32]
  /// How many of them nobody has noticed yet.
  var unnoticedCounts: [Int32]
  /// The moving role that each unit has now, or −1.
  var roles: [Int32]
  /// The processes that are down, in no order.
  var active: [Int32] = []
}

/// Works out the state of the service from the states of its units.
struct ServiceStateEvaluator {
  let layout: SimulationLayout
  let gates: FlatGates
  private var isUp: [Bool]
  private var counts: [Int32] = []
  /// How much each recipe serves; those a recipe asks for come before it.
  private var served: [Double]

  init(layout: SimulationLayout) {
    self.layout = layout
    gates = FlatGates(layout.graph)
    isUp = [Bool](repeating: true, count: gates.count)
    served = [Double](repeating: 1, count: layout.graph.fractions.count)
  }

  /// Writes the state that `units` give into `state`.
  mutating func evaluate(_ units: UnitStates, into state: inout ServiceState) {
    gates.evaluate(downCounts: units.downCounts, roles: units.roles, into: &isUp)
    let capabilities = layout.graph.capabilities
    for number in served.indices { served[number] = fraction(layout.graph.fractions[number], units) }
    var anyDown = false
    for index in capabilities.indices {
      state.isDown[index] = !isUp[capabilities[index].gate]
      state.restoring[index].removeAll(keepingCapacity: true)
      anyDown = anyDown || state.isDown[index]
      state.lost[index] = state.isDown[index] ? 0 : 1 - served[capabilities[index].fraction]
    }
    if anyDown { attribute(units, &state) }
  }

  /// Finds the causes whose repair alone would restore each capability that is down.
  private mutating func attribute(_ units: UnitStates, _ state: inout ServiceState) {
    var tried: [Int32] = []
    for process in units.active where layout.takesDown[Int(process)] {
      let cause = layout.causes[Int(process)]
      guard !tried.contains(cause) else { continue }
      tried.append(cause)
      counts = units.downCounts
      for other in units.active where layout.causes[Int(other)] == cause && layout.takesDown[Int(other)] {
        for place in layout.units(of: Int(other)) { counts[Int(layout.unitList[place])] -= 1 }
      }
      gates.evaluate(downCounts: counts, roles: units.roles, into: &isUp)
      for index in layout.graph.capabilities.indices
      where state.isDown[index] && isUp[layout.graph.capabilities[index].gate] {
        state.restoring[index].append(cause)
      }
    }
  }

  // MARK: Served fraction

  /// The fraction that a recipe serves while what it is for is up; gates and earlier recipes must be evaluated.
  private func fraction(_ recipe: ServedFraction, _ units: UnitStates) -> Double {
    if recipe.isTrivial { return 1 }
    var least = 1.0
    for capacity in recipe.capacities { least = min(least, share(capacity, units)) }
    for group in recipe.alternatives {
      let members = group.members.map { isUp[$0.gate] ? served[$0.fraction] : 0 }
      least = min(least, members.sorted(by: >)[group.count - 1])
    }
    for soft in recipe.softLosses where !isUp[soft.gate] { least *= 1 - soft.loss }
    return least
  }

  /// min(1, healthy capacity / demand) × the share of requests that go to units that are up.
  private func share(_ capacity: ServedFraction.Capacity, _ units: UnitStates) -> Double {
    var healthy = 0.0
    var up = 0
    var unnoticed = 0
    for unit in capacity.movingRole.map({ gates.units(ofRole: $0).map(Int.init) }) ?? capacity.units {
      if let role = capacity.movingRole, units.roles[unit] != role { continue }
      if units.downCounts[unit] == 0 {
        up += 1
        healthy += remaining(unit, units)
      } else if units.unnoticedCounts[unit] == units.downCounts[unit] {
        unnoticed += 1
      }
    }
    let work = capacity.demand > 0 ? min(1, healthy / capacity.demand) : 1
    return unnoticed == 0 ? work : work * Double(up) / Double(up + unnoticed)
  }

  /// The fraction of its work that a unit can do: the least that any outage under way leaves.
  private func remaining(_ unit: Int, _ units: UnitStates) -> Double {
    var least = 1.0
    for process in units.active where !layout.takesDown[Int(process)] {
      let hits = layout.units(of: Int(process)).contains { Int(layout.unitList[$0]) == unit }
      if hits { least = min(least, layout.remaining[Int(process)]) }
    }
    return least
  }
}
