internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What follows the demand, laid out for the event loop.
struct DemandLayout: Sendable {
  /// A unit that runs only while so many are wanted.
  struct Slot: Sendable {
    let unit: Int
    let load: Int
    /// How many units come before it: it is wanted when more are.
    let before: Int
    let key: ProcessKey
    /// How long it starts once it is there.
    let starts: DrawSum
    /// Whether it needs a node that may not be there, or has none.
    let needsNode: Bool
    /// That node, as a place among those of all pools, where there is one with room; and the pool.
    let node: Int?
    let pool: Int?
  }

  /// A failure by overload.
  struct Trigger: Sendable {
    let process: Int32
    let load: Int
    let unit: Int?
    let threshold: Double
    let lasting: Int64
    let key: ProcessKey
    /// The parts of its outage before it is noticed, and after.
    let noticed: DrawSum
    let restored: DrawSum
  }

  let loads: [CompiledDemand.Load]
  /// The nodes that units ask for room on.
  let nodes: NodeLayout
  /// By capability.
  let clocks: [DemandClock?]
  private(set) var slots: [Slot] = []
  private(set) var triggers: [Trigger] = []
  /// The slot of each unit, or −1.
  private(set) var slotOfUnit: [Int32]

  init(_ graph: CompiledGraph) {
    loads = graph.demand.loads
    nodes = NodeLayout(graph.demand)
    clocks = graph.demand.profiles.map { $0.map { DemandClock($0) } }
    slotOfUnit = [Int32](repeating: -1, count: graph.unitNames.count)
    for (number, load) in loads.enumerated() {
      addSlots(of: load, number, graph)
      for overload in load.overloads { add(overload, number, graph) }
    }
  }

  /// Whether nothing follows the demand.
  var isEmpty: Bool { loads.isEmpty && clocks.allSatisfy { $0 == nil } }

  /// How often the demand changes, at most, per hour.
  var changesPerHour: Double {
    clocks.contains { $0 != nil } ? 1 : 0
  }

  private mutating func addSlots(of load: CompiledDemand.Load, _ number: Int, _ graph: CompiledGraph) {
    guard let scaling = load.autoscaling else { return }
    for (before, unit) in load.units.enumerated() where before >= scaling.fewest {
      slotOfUnit[unit] = Int32(slots.count)
      let node = node(of: unit, graph.demand)
      let hasRoom = before < scaling.roomFor
      slots.append(
        Slot(
          unit: unit, load: number, before: before, key: ProcessKey(name: "\(graph.unitNames[unit])#scaling"),
          starts: DrawSum(load.start?.takes.map { [$0] } ?? []), needsNode: node != nil || !hasRoom,
          node: node, pool: pool(of: load, unit, graph.demand)))
    }
  }

  /// The node of a unit, where nodes come and go.
  private func node(of unit: Int, _ demand: CompiledDemand) -> Int? {
    guard let own = demand.node(ofUnit: unit), nodes.pools[own.pool].isScaled else { return nil }
    return nodes.pools[own.pool].nodes.lowerBound + own.node
  }

  /// The pool of its node; of a unit that finds no room, that of the first unit.
  private func pool(of load: CompiledDemand.Load, _ unit: Int, _ demand: CompiledDemand) -> Int? {
    (demand.node(ofUnit: unit) ?? load.units.first.flatMap { demand.node(ofUnit: $0) })?.pool
  }

  private mutating func add(_ overload: CompiledDemand.Overload, _ number: Int, _ graph: CompiledGraph) {
    let process = graph.processes[overload.process]
    triggers.append(
      Trigger(
        process: Int32(overload.process), load: number, unit: overload.unit, threshold: overload.trigger.load,
        lasting: Ticks.from(hours: overload.trigger.lasting.hours), key: ProcessKey(name: process.name),
        noticed: DrawSum(Array(process.outage[..<process.detectionParts])),
        restored: DrawSum(Array(process.outage[process.detectionParts...]))))
  }
}
