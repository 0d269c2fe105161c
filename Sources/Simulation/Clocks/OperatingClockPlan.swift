internal import ServiceGraph

/// The live processes that age only while a unit that they hit is up.
struct OperatingClockPlan: Sendable {
  /// A unit that is hit while it is where the process is a failure of.
  struct Comer: Sendable {
    let unit: Int
    /// Its place among the units that change their nodes.
    let place: Int
  }

  /// For each unit of the graph: those that hit it, or would in places where it may be. Empty where no process has such a clock.
  private(set) var processesOfUnit: [[Int]] = []
  /// For each live process, if it has such a clock: the units that it hits wherever they are, and those that come and go.
  private(set) var unitsOfProcess: [[Int]] = []
  private(set) var comersOfProcess: [[Comer]] = []
  /// Those that have one, ascending.
  private(set) var processes: [Int] = []

  /// - Parameter numbers: the number in the graph of each live process.
  init(_ graph: CompiledGraph, numbers: [Int], places: PlacePlan) {
    processes = numbers.indices.filter { graph.processes[numbers[$0]].situation.clock != .calendar }
    guard !processes.isEmpty else { return }
    processesOfUnit = [[Int]](repeating: [], count: graph.unitNames.count)
    unitsOfProcess = numbers.map { _ in [] }
    comersOfProcess = numbers.map { _ in [] }
    for live in processes {
      unitsOfProcess[live] = graph.unitsThatStay(ofProcess: numbers[live])
      comersOfProcess[live] = places.placesOfComers(to: numbers[live]).map { place in
        Comer(unit: Int(places.units[place].unit), place: place)
      }
      for unit in unitsOfProcess[live] + comersOfProcess[live].map(\.unit) {
        processesOfUnit[unit].append(live)
      }
    }
  }

  /// Whether no clock ever stands still.
  var isEmpty: Bool { processes.isEmpty }

  /// Whether a unit's ups and downs stop a clock.
  func watches(_ unit: Int) -> Bool { !processesOfUnit.isEmpty && !processesOfUnit[unit].isEmpty }
}
