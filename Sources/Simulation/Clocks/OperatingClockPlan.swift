internal import ServiceGraph

/// The live processes that age only while a unit that they hit is up.
struct OperatingClockPlan: Sendable {
  /// For each unit of the graph: those that hit it. Empty where no process has such a clock.
  private(set) var processesOfUnit: [[Int]] = []
  /// For each live process: the units that it hits, if it has such a clock.
  private(set) var unitsOfProcess: [[Int]] = []

  /// - Parameter numbers: the number in the graph of each live process.
  init(_ graph: CompiledGraph, numbers: [Int]) {
    guard numbers.contains(where: { graph.processes[$0].situation.clock != .calendar }) else { return }
    processesOfUnit = [[Int]](repeating: [], count: graph.unitNames.count)
    unitsOfProcess = numbers.map {
      graph.processes[$0].situation.clock == .calendar ? [] : graph.processes[$0].units
    }
    for (live, units) in unitsOfProcess.enumerated() {
      for unit in units { processesOfUnit[unit].append(live) }
    }
  }

  /// Whether no clock ever stands still.
  var isEmpty: Bool { processesOfUnit.isEmpty }

  /// Whether a unit's ups and downs stop a clock.
  func watches(_ unit: Int) -> Bool { !processesOfUnit.isEmpty && !processesOfUnit[unit].isEmpty }
}
