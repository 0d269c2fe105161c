internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What follows the demand, laid out for the event loop.
struct DemandLayout: Sendable {
  /// A unit that runs only while so many are wanted.
  struct Slot: Sendable {
    /// Who it is at first; where roles move it is whoever has that role instead.
    let unit: Int
    let load: Int
    /// How many units come before it: it is wanted when more are.
    let before: Int
    let key: ProcessKey
    /// How long it starts once it is there.
    let starts: DrawSum
    /// Whether it looks for a node; else it stands in its place, and nothing keeps it from there.
    let needsNode: Bool
    /// The failures that only come while it is wanted, since they wait for crews: live processes.
    let processes: [Int]
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
  /// Each unit that changes its node, and the place of each unit of the graph among these.
  let unitOfPlace: [Int]
  let placeOfUnit: [Int: Int]

  init(_ graph: CompiledGraph, _ live: LiveLayout) {
    loads = graph.demand.loads
    nodes = NodeLayout(graph.demand, live.places)
    unitOfPlace = live.places.units.map { Int($0.unit) }
    placeOfUnit = Dictionary(uniqueKeysWithValues: unitOfPlace.enumerated().map { ($1, $0) })
    clocks = graph.demand.profiles.map { $0.map { DemandClock($0) } }
    slotOfUnit = [Int32](repeating: -1, count: graph.unitNames.count)
    for (number, load) in loads.enumerated() {
      addSlots(of: load, number, graph, live)
      for overload in load.overloads { add(overload, number, graph) }
    }
    spareSlots = slots.indices.filter { live.placeInPool(ofUnit: Int32(slots[$0].unit)) != nil }
  }

  /// The slots of units that stand by while others work.
  private(set) var spareSlots: [Int] = []

  /// Whether nothing follows the demand.
  var isEmpty: Bool { loads.isEmpty && clocks.allSatisfy { $0 == nil } }

  /// How often the demand changes, at most, per hour.
  var changesPerHour: Double {
    clocks.contains { $0 != nil } ? 1 : 0
  }

  /// Whether any unit comes to nodes where there is room.
  var placesUnits: Bool { slots.contains(where: \.needsNode) }

  private mutating func addSlots(
    of load: CompiledDemand.Load, _ number: Int, _ graph: CompiledGraph, _ live: LiveLayout
  ) {
    guard let scaling = load.autoscaling else { return }
    for (before, unit) in load.units.enumerated() where before >= scaling.fewest {
      slotOfUnit[unit] = Int32(slots.count)
      slots.append(
        Slot(
          unit: unit, load: number, before: before, key: ProcessKey(name: "\(graph.unitNames[unit])#scaling"),
          starts: DrawSum(load.start?.takes.map { [$0] } ?? []),
          needsNode: placeOfUnit[unit] != nil,
          processes: live.facts.indices.filter {
            live.facts[$0].crew >= 0 && graph.processes[Int(live.facts[$0].number)].units == [unit]
              && graph.processes[Int(live.facts[$0].number)].situation.place == nil
          }))
    }
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
