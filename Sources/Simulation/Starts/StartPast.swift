internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What decides which units are starting when a simulation begins in the long run: what happened before time 0 to them and to
/// what their starts wait for.
///
/// A unit starts at time 0 if it has not been up since its latest repair. So the past has to be as long as a start may take,
/// and where starts wait for something, as long as that may take to be up, one after the other.
struct StartPast {
  /// The units that start, and those that starts wait for.
  private let units: Set<Int>
  /// The processes that hit them, as places among the graph's, ascending; live ones run before time 0 by themselves.
  let processes: [Int]
  /// The planned work that does, as places among the graph's, ascending.
  let works: [Int]
  /// How long before time 0 it all matters, in hours.
  let hours: Double

  /// `nil` where nothing has to start.
  init?(_ graph: CompiledGraph) {
    let starts = graph.starts.filter { $0.takes != nil || !$0.gates.isEmpty }
    guard !starts.isEmpty else { return nil }
    let waitedFor = graph.units(below: starts.flatMap(\.gates))
    let units = waitedFor.union(starts.flatMap(\.units))
    let hitting = graph.processes.indices.filter {
      graph.processes[$0].takesDown && !units.isDisjoint(with: graph.unitsEverHit(byProcess: $0))
    }
    let live = graph.liveProcesses
    self.units = units
    processes = hitting.filter { !live.contains($0) && graph.processes[$0].season == nil }
    works = graph.planned.works.indices.filter { number in
      graph.planned.works[number].waves.contains { !units.isDisjoint(with: $0.units) }
    }
    let lengths = starts.compactMap { $0.takes.map(StartPast.longest) }
    let longestWait = hitting.reduce(0) { longest, number in
      let process = graph.processes[number]
      guard !waitedFor.isDisjoint(with: process.units) else { return longest }
      return max(longest, process.meanHoursUntilStarted ?? process.meanOutageHours ?? 0)
    }
    let reach =
      waitedFor.isEmpty ? lengths.max() ?? 0 : lengths.reduce(0, +) + StartPast.means * longestWait
    let events = hitting.reduce(0) { $0 + (graph.processes[$1].frequencyPerHour ?? 0) }
    hours = events > 0 ? min(reach, StartPast.mostEvents / events) : reach
  }

  /// Whether a live process has to run as long before time 0.
  func concerns(_ process: Int, in graph: CompiledGraph) -> Bool {
    !units.isDisjoint(with: graph.unitsEverHit(byProcess: process))
  }

  /// e⁻²⁰ of exponential times are longer than 20 of their means.
  private static let means = 20.0
  /// About how many outages are played at most.
  private static let mostEvents = 2_000.0

  /// Longer than that a start hardly ever takes.
  private static func longest(_ takes: any Distribution) -> Double {
    let quantile = takes.quantile(1 - 1e-6)
    return max(means * takes.mean, quantile.isFinite ? quantile : 0)
  }
}
