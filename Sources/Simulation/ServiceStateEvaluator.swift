internal import ServiceGraph

/// Works out the state of the service from the states of its units.
struct ServiceStateEvaluator: ~Copyable {
  let layout: SimulationLayout
  /// What would be up without one cause.
  let trial: GateStates
  let trialCounts: FixedArray<Int32>
  /// What of this would be up without some of the outages that are left.
  let calleeTrial: GateStates
  let calleeCounts: FixedArray<Int32>
  /// The outages that what is tried for callees is without; `nil` where the state may have changed since.
  var triedWithout: [Int]?
  let capabilityGates: [Int]
  let capabilityFractions: [Int]
  /// The recipes that can serve less than all; those a recipe asks for come before it.
  private let recipes: [(number: Int, recipe: ServedFraction)]
  /// How much each recipe serves.
  private(set) var served: [Double]
  private var tried: [Int32] = []
  /// The laws of the slow answers that come.
  let slowAnswers: SlowAnswers

  init(layout: SimulationLayout, _ slowAnswers: SlowAnswers) {
    (self.layout, self.slowAnswers) = (layout, slowAnswers)
    trial = GateStates(layout.gates)
    trialCounts = FixedArray(repeating: 0, count: layout.graph.unitNames.count)
    calleeTrial = GateStates(layout.gates)
    calleeCounts = FixedArray(repeating: 0, count: layout.graph.unitNames.count)
    capabilityGates = layout.graph.capabilities.map(\.gate)
    capabilityFractions = layout.graph.capabilities.map(\.fraction)
    served = [Double](repeating: 1, count: layout.fractions.count)
    recipes = layout.fractions.enumerated().filter { !$0.element.isTrivial }.map { ($0.offset, $0.element) }
    gatesTellAll = recipes.isEmpty
  }

  /// Whether no served fraction depends on anything but the gates of the capabilities.
  let gatesTellAll: Bool

  /// Whether the gates alone tell that everything is up and fully served.
  @inline(__always)
  func isPerfect(_ units: borrowing UnitStates) -> Bool {
    guard gatesTellAll else { return false }
    for gate in capabilityGates where !units.gates.isUp(gate) { return false }
    return true
  }

  /// Writes the state that `units` give into `state`.
  mutating func evaluate(
    _ units: borrowing UnitStates, _ starts: borrowing UnitStarts, into state: inout ServiceState
  ) {
    evaluateServed(units)
    state.clear()
    var anyDown = false
    for index in capabilityGates.indices {
      let isDown = !units.gates.isUp(capabilityGates[index])
      state.set(index, isDown: isDown, lost: isDown ? 0 : 1 - served[capabilityFractions[index]])
      anyDown = anyDown || isDown
    }
    if anyDown { attribute(units, starts, &state) }
    if !layout.planned.isEmpty { markPlanned(units, starts, &state) }
  }

  /// Works out how much each recipe serves.
  mutating func evaluateServed(_ units: borrowing UnitStates) {
    for place in recipes.indices { served[recipes[place].number] = fraction(recipes[place].recipe, units) }
  }

  /// Finds the causes whose repair alone would restore each capability that is down.
  private mutating func attribute(
    _ units: borrowing UnitStates, _ starts: borrowing UnitStarts, _ state: inout ServiceState
  ) {
    tried.removeAll(keepingCapacity: true)
    let isSimple =
      layout.edges.isEmpty && layout.starts.isEmpty && layout.planned.isEmpty && units.bonds.isEmpty
    for process in units.active where layout.takesDown[Int(process)] {
      if isSimple, !bears(Int(process), units) { continue }
      attribute(toOrigin: layout.originOfProcess[Int(process)], units, starts, &state)
    }
    for work in layout.planned.works.indices where units.plannedWaves[work] >= 0 {
      let wave = layout.planned.works[work].waves[Int(units.plannedWaves[work])]
      attribute(toOrigin: wave.origin, units, starts, &state)
    }
    for unit in starts.held { attribute(toOrigin: starts.origins[Int(unit)], units, starts, &state) }
    for edge in layout.edges.edges.indices where units.edges.isDown(edge) || units.edges.callerIsDown(edge) {
      attribute(toOrigin: units.edges.origins[edge], units, starts, &state)
    }
  }

  /// Whether the end of an outage could take a gate up: only where one that counts a unit of its is down.
  private func bears(_ process: Int, _ units: borrowing UnitStates) -> Bool {
    for place in layout.units(of: process) {
      let unit = Int(layout.unitList[place])
      if units.roles[unit] >= 0 || units.gates.bears(unit: unit) { return true }
    }
    return false
  }

  /// The cause of the outage after which a unit has not started yet.
  func cause(ofHeld unit: Int32, _ starts: borrowing UnitStarts) -> Int32 {
    Int32(layout.origins[Int(starts.origins[Int(unit)])].cause)
  }

  private mutating func attribute(
    toOrigin origin: Int32, _ units: borrowing UnitStates, _ starts: borrowing UnitStarts,
    _ state: inout ServiceState
  ) {
    let cause = Int32(layout.origins[Int(origin)].cause)
    guard !tried.contains(cause) else { return }
    tried.append(cause)
    if layout.edges.isEmpty, layout.starts.isEmpty, layout.planned.isEmpty {
      return tryInPlace(cause, origin: origin, units, &state)
    }
    repair(cause, units, starts)
    for index in capabilityGates.indices where state.isDown[index] && trial.isUp(capabilityGates[index]) {
      state.note(ServiceState.Restoration(capability: Int32(index), cause: cause, origin: origin))
    }
  }

  private mutating func note(_ cause: Int32) {
    if !tried.contains(cause) { tried.append(cause) }
  }

  /// Repairs a cause, looks, and takes the repair back: where only units change, the work is proportional to what does.
  private func tryInPlace(
    _ cause: Int32, origin: Int32, _ units: borrowing UnitStates, _ state: inout ServiceState
  ) {
    for other in units.active where layout.causes[Int(other)] == cause && layout.takesDown[Int(other)] {
      for place in layout.units(of: Int(other)) { units.release(Int(layout.unitList[place])) }
      for bond in units.bonds where bond.process == other { units.release(Int(bond.unit)) }
    }
    for index in capabilityGates.indices
    where state.isDown[index] && units.gates.isUp(capabilityGates[index]) {
      state.note(ServiceState.Restoration(capability: Int32(index), cause: cause, origin: origin))
    }
    for other in units.active where layout.causes[Int(other)] == cause && layout.takesDown[Int(other)] {
      for place in layout.units(of: Int(other)) { units.hold(Int(layout.unitList[place])) }
      for bond in units.bonds where bond.process == other { units.hold(Int(bond.unit)) }
    }
  }

  /// Makes `trial` the state in which no outage of a cause were under way, and no start after one.
  private func repair(_ cause: Int32, _ units: borrowing UnitStates, _ starts: borrowing UnitStarts) {
    trial.copy(from: units.gates)
    trialCounts.copy(from: units.downCounts)
    for other in units.active where layout.causes[Int(other)] == cause && layout.takesDown[Int(other)] {
      for place in layout.units(of: Int(other)) { repair(unit: Int(layout.unitList[place]), units) }
      for bond in units.bonds where bond.process == other { repair(unit: Int(bond.unit), units) }
    }
    repairPlanned(cause, units)
    for held in starts.held where self.cause(ofHeld: held, starts) == cause {
      repair(unit: Int(held), units)
    }
    if !layout.edges.isEmpty { repairEdges(cause, units) }
  }

  /// One outage less holds a unit down in the trial.
  private func repair(unit: Int, _ units: borrowing UnitStates) {
    trialCounts[unit] -= 1
    if trialCounts[unit] == 0 { trial.change(unit: unit, role: units.roles[unit], by: 1) }
  }

  /// What the latest outage of an edge's callee is counted under.
  func cause(ofEdge edge: Int, _ units: borrowing UnitStates) -> Int32 {
    Int32(layout.origins[Int(units.edges.origins[edge])].cause)
  }

  // MARK: Served fraction

  /// The fraction that a recipe serves while what it is for is up; earlier recipes must be evaluated.
  private func fraction(_ recipe: ServedFraction, _ units: borrowing UnitStates) -> Double {
    var least = 1.0
    for capacity in recipe.capacities where isCalled(capacity, units) {
      least = min(least, share(capacity, units))
    }
    for group in recipe.alternatives {
      if let share = fraction(ofBest: group, units) { least = min(least, share) }
    }
    for soft in recipe.softLosses {
      if soft.edges.isEmpty, soft.calls == nil {
        if !units.gates.isUp(soft.gate) { least *= 1 - soft.loss }
      } else {
        least *= 1 - loss(soft, units)
      }
    }
    for edge in recipe.edgeLosses { least *= 1 - edge.loss * units.edges.lost[edge.edge] }
    for edge in recipe.slotEdges { least *= 1 - units.edges.callerLost[edge] }
    return least
  }

  /// What the best members of a choice serve together that are needed; `nil`: policies decide what becomes of calls to so few.
  private func fraction(
    ofBest group: ServedFraction.Alternatives, _ units: borrowing UnitStates
  ) -> Double? {
    var members: [(share: Double, fraction: Int)] = []
    for member in group.members {
      let isUp = units.gates.isUp(member.gate)
      if isUp || !group.isCalledWithPolicies {
        members.append((isUp ? served[member.fraction] : 0, member.fraction))
      }
    }
    guard members.count >= group.count else { return nil }
    let best = members.sorted { $0.share > $1.share }.prefix(group.count)
    let share = best.last?.share ?? 1
    let parts = best.filter { $0.share < 1 }.map { layout.fractions[$0.fraction] }
    guard parts.count > 1, share > 0, parts.contains(where: \.hasLosses) else { return share }
    return min(share, fraction(ServedFraction.union(parts), units))
  }

  /// The most that anybody loses who needs it softly, with or without policies.
  private func loss(_ soft: ServedFraction.SoftLoss, _ units: borrowing UnitStates) -> Double {
    var most = units.gates.isUp(soft.gate) ? 0 : soft.plainLoss
    for edge in soft.edges {
      let lost =
        edge.isUnderPolicies ? units.edges.answeredLost[edge.edge] : units.edges.lost[edge.edge]
      most = max(most, edge.loss * lost)
    }
    if let calls = soft.calls { most = max(most, soft.plainLoss * (1 - served[calls])) }
    return most
  }

  /// min(1, healthy capacity / demand, the share of requests that go to units that are up or that policies save): what goes to the
  /// others is no load on these.
  private func share(_ capacity: ServedFraction.Capacity, _ units: borrowing UnitStates) -> Double {
    var healthy = 0.0
    var up = 0
    var unnoticed = 0
    func count(_ unit: Int, _ units: borrowing UnitStates) {
      if units.downCounts[unit] == 0 {
        up += 1
        healthy += remaining(unit, units)
      } else if units.unnoticedCounts[unit] == units.downCounts[unit] {
        unnoticed += 1
      }
    }
    if let role = capacity.movingRole {
      for unit in layout.gates.units(ofRole: role) where units.roles[Int(unit)] == role {
        count(Int(unit), units)
      }
    } else {
      for unit in capacity.units { count(unit, units) }
    }
    let demand = capacity.demand * (capacity.profile.map { units.demandLevels[$0] } ?? 1)
    let work = demand > 0 ? min(1, healthy / demand) : 1
    guard unnoticed > 0 else { return work }
    guard !capacity.callWays.isEmpty else { return min(work, Double(up) / Double(up + unnoticed)) }
    return min(
      work, 1 - lost(ofUnnoticed: Double(unnoticed) / Double(up + unnoticed), capacity, units))
  }

  /// The fraction of its work that a unit can do: the least that any outage under way leaves.
  func remaining(_ unit: Int, _ units: borrowing UnitStates) -> Double {
    guard layout.degradesUnits else { return 1 }
    var least = 1.0
    for process in units.active where !layout.takesDown[Int(process)] {
      let hits =
        layout.units(of: Int(process)).contains { Int(layout.unitList[$0]) == unit }
        || units.bonds.contains { $0.process == process && Int($0.unit) == unit }
      if hits { least = min(least, layout.remaining[Int(process)]) }
    }
    return least
  }
}
