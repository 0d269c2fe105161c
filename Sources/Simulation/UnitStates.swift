internal import ServiceGraph

/// The units and outages of a replication at an instant.
struct UnitStates: ~Copyable {
  /// How many outages hold each unit down.
  let downCounts: FixedArray<Int32>
  /// How many of them nobody has noticed yet.
  let unnoticedCounts: FixedArray<Int32>
  /// The moving role that each unit has now, or −1.
  let roles: FixedArray<Int32>
  /// The place that each unit has among those that come and go, or −1, and the unit that has each. It goes with the role.
  let slots: FixedArray<Int32>
  let unitsOfSlots: FixedArray<Int32>
  private let demand: DemandLayout
  /// Which gates are up.
  let gates: GateStates
  /// What policies make of the calls of each edge.
  let edges: EdgeStandings
  /// The share of its stated demand that each capability asks for now.
  let demandLevels: FixedArray<Double>
  /// The processes that are down, in no order, in the first `activeCount` places.
  private let activeList: FixedArray<Int32>
  /// Where each of them stands there.
  private let activePlaces: FixedArray<Int32>
  /// A bit for each that is down in a crowd.
  private let activeBits: FixedArray<UInt64>
  private(set) var activeCount = 0
  /// The units that come and go with their nodes, and the outages that hit them where they are.
  private(set) var bonds: [(process: Int32, unit: Int32)] = []
  /// The wave under way of each kind of planned work, or −1, and how many there are.
  let plannedWaves: FixedArray<Int32>
  private(set) var plannedCount = 0

  init(layout: SimulationLayout) {
    let count = layout.graph.unitNames.count
    downCounts = FixedArray(repeating: 0, count: count)
    unnoticedCounts = FixedArray(repeating: 0, count: count)
    roles = FixedArray(layout.startRole)
    demand = layout.demand
    slots = FixedArray(demand.slotOfUnit)
    unitsOfSlots = FixedArray(demand.slots.map { Int32($0.unit) })
    gates = GateStates(layout.gates)
    edges = EdgeStandings(count: layout.edges.edges.count)
    plannedWaves = FixedArray(repeating: -1, count: layout.planned.works.count)
    demandLevels = FixedArray(repeating: 1, count: layout.graph.capabilities.count)
    activeList = FixedArray(repeating: 0, count: layout.graph.processes.count)
    activePlaces = FixedArray(repeating: 0, count: layout.graph.processes.count)
    activeBits = FixedArray(repeating: 0, count: (layout.graph.processes.count + 63) / 64)
  }

  /// The processes that are down, in no order.
  var active: UnsafeMutableBufferPointer<Int32> {
    UnsafeMutableBufferPointer(rebasing: activeList.buffer[..<activeCount])
  }

  /// Everything is up, and every role is where it starts.
  mutating func reset(roles start: [Int32]) {
    guard activeCount > 0 || !start.isEmpty else { return }
    downCounts.fill(with: 0)
    unnoticedCounts.fill(with: 0)
    for (unit, role) in start.enumerated() { roles[unit] = role }
    for (slot, own) in demand.slots.enumerated() {
      slots[Int(unitsOfSlots[slot])] = -1
      unitsOfSlots[slot] = Int32(own.unit)
    }
    for (slot, own) in demand.slots.enumerated() { slots[own.unit] = Int32(slot) }
    gates.reset()
    edges.reset()
    bonds.removeAll(keepingCapacity: true)
    activeBits.fill(with: 0)
    activeCount = 0
    plannedWaves.fill(with: -1)
    plannedCount = 0
  }

  /// A wave of planned work begins.
  mutating func beginPlanned(_ work: Int, wave: Int) {
    plannedWaves[work] = Int32(wave)
    plannedCount += 1
  }

  /// It ends.
  mutating func endPlanned(_ work: Int) {
    plannedWaves[work] = -1
    plannedCount -= 1
  }

  /// An outage hits a unit where it is.
  mutating func bind(_ unit: Int32, to process: Int32) { bonds.append((process, unit)) }

  /// It does no longer.
  mutating func loosen(_ unit: Int, from process: Int32) {
    bonds.removeAll { $0.process == process && Int($0.unit) == unit }
  }

  @inline(__always)
  mutating func beginOutage(of process: Int32) {
    activeList[activeCount] = process
    activePlaces[Int(process)] = Int32(truncatingIfNeeded: activeCount)
    activeCount += 1
  }

  @inline(__always)
  mutating func endOutage(of process: Int32) {
    let place = Int(activePlaces[Int(process)])
    guard place < activeCount, activeList[place] == process else { return }
    activeCount -= 1
    activeList[place] = activeList[activeCount]
    activePlaces[Int(activeList[place])] = Int32(truncatingIfNeeded: place)
  }

  /// Whether an outage of a process is under way.
  func isActive(_ process: Int32) -> Bool {
    let place = Int(activePlaces[Int(process)])
    return place < activeCount && activeList[place] == process
  }

  /// One outage more holds a unit down.
  @inline(__always)
  func hold(_ unit: Int) {
    if downCounts[unit] == 0 { gates.change(unit: unit, role: roles[unit], by: -1) }
    downCounts[unit] += 1
  }

  /// One outage less does.
  @inline(__always)
  func release(_ unit: Int) {
    downCounts[unit] -= 1
    if downCounts[unit] == 0 { gates.change(unit: unit, role: roles[unit], by: 1) }
  }

  // MARK: Crowds

  /// An outage begins (`step` 1) or ends (−1); who is down is listed only when asked.
  @inline(__always)
  mutating func countOutage(of process: Int32, by step: Int32) {
    activeBits[Int(process) >> 6] ^= 1 &<< UInt64(process & 63)
    activeCount += Int(step)
  }

  /// One outage more holds a unit without a role down (`step` 1), or one less (−1).
  ///
  /// - Returns: whether that may bear on a capability, or on whose repair would restore one.
  @inline(__always)
  func holdMatters(_ unit: Int, by step: Int32) -> Bool {
    let (before, after) = (downCounts[unit], downCounts[unit] &+ step)
    downCounts[unit] = after
    return before &+ after != 1 || gates.changeMatters(unit: unit, by: 0 &- step)
  }

  /// Lists the processes that are down.
  func listOutages() {
    var count = 0
    for word in 0..<activeBits.count where activeBits[word] != 0 {
      var bits = activeBits[word]
      while bits != 0 {
        activeList[count] = Int32(truncatingIfNeeded: 64 * word + bits.trailingZeroBitCount)
        count += 1
        bits &= bits &- 1
      }
    }
  }

  /// A unit that is down and one that is up change their roles, and whoever has that of units that come and go is one of them.
  func swapRoles(down: Int, up: Int) {
    gates.change(role: Int(roles[up]), by: -1)
    (roles[down], roles[up]) = (roles[up], roles[down])
    gates.change(role: Int(roles[up]), by: 1)
    (slots[down], slots[up]) = (slots[up], slots[down])
    if slots[down] >= 0 { unitsOfSlots[Int(slots[down])] = Int32(down) }
    if slots[up] >= 0 { unitsOfSlots[Int(slots[up])] = Int32(up) }
  }
}
