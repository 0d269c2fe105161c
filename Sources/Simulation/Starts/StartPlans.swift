internal import ServiceGraph
internal import Stochastics

/// The starts of a graph laid out for the event loop.
struct StartPlans: Sendable {
  /// How one unit starts.
  struct Plan: Sendable {
    let unit: Int32
    let key: ProcessKey
    /// What keys its starts before time 0.
    let pastKey: ProcessKey
    let takes: DrawSum
    let gates: [Int]
  }

  /// The units that start, component by component.
  private(set) var plans: [Plan] = []
  /// For each unit: its plan, or −1.
  private(set) var planOfUnit: [Int32]
  /// Whether a process takes down a unit that has to start afterwards.
  let isTouched: [Bool]

  /// - Parameter everHit: the units that each process may hit.
  init(_ graph: CompiledGraph, everHit: [[Int]]) {
    planOfUnit = [Int32](repeating: -1, count: graph.unitNames.count)
    for start in graph.starts {
      for unit in start.units {
        planOfUnit[unit] = Int32(plans.count)
        plans.append(
          Plan(
            unit: Int32(unit), key: ProcessKey(name: "\(graph.unitNames[unit])#start"),
            pastKey: ProcessKey(name: "\(graph.unitNames[unit])#start-past"),
            takes: DrawSum(start.takes.map { [$0] } ?? []), gates: start.gates))
      }
    }
    let places = planOfUnit
    isTouched = zip(graph.processes, everHit).map { process, units in
      process.takesDown && process.restartsUnits && units.contains { places[$0] >= 0 }
    }
  }

  /// Whether every unit is up as soon as nothing holds it down.
  var isEmpty: Bool { plans.isEmpty }
}
