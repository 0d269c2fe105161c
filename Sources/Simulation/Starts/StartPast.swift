internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What decides which units are starting when a simulation begins in the long run: what happened before time 0 to them and to
/// what their starts wait for.
///
/// A unit starts at time 0 if it has not been up since its latest repair. So the past has to be as long as a start may take,
/// and of what no start waits for only the latest outages matter. Where starts wait for something, it has to be as long as
/// that may take to be up, one after the other, and play all that happened to it meanwhile.
struct StartPast {
  /// The units that start, and those that starts wait for.
  private let units: Set<Int>
  /// The processes that hit them, as places among the graph's, ascending; live ones run before time 0 by themselves.
  let processes: [Int]
  /// Those of them of which no outage matters but the latest.
  let latest: Set<Int>
  /// The planned work that does, as places among the graph's, ascending.
  let works: [Int]
  /// How long before time 0 these matter, in hours.
  let hoursOfWorks: Double
  /// The same for each process of the graph; 0 for one that does not matter.
  private let hoursOfProcesses: [Double]
  /// For how long before time 0 all of them are played.
  private let sharedHours: Double

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
    // What lives, and waves, remember more than the latest outage.
    let remembers = !live.isEmpty || !works.isEmpty
    let played = hitting.filter {
      remembers || !waitedFor.isDisjoint(with: graph.unitsEverHit(byProcess: $0))
    }
    latest = Set(processes).subtracting(played)
    let lengths = starts.compactMap { $0.takes.map { StartPast.longest($0, orMeans: remembers) } }
    let reach =
      (waitedFor.isEmpty ? lengths.max() ?? 0 : lengths.reduce(0, +))
      + StartPast.means * StartPast.longestWait(starts, graph, hitting, waitedFor)
    let rates = played.map { graph.processes[$0].frequencyPerHour ?? 0 }
    let events = rates.reduce(0, +)
    let most = max(StartPast.mostEvents, StartPast.mostEventsOfEach * Double(played.count))
    let shared = events > 0 ? min(reach, most / events) : reach
    let each = StartPast.eventsOfEach(wanted: rates.map { $0 * reach }, most: most)
    var hours = [Double](repeating: 0, count: graph.processes.count)
    for process in hitting { hours[process] = reach }
    for (process, rate) in zip(played, rates) where rate > 0 {
      hours[process] = min(reach, max(shared, each / rate))
    }
    (sharedHours, hoursOfProcesses) = (shared, hours)
    let waves = works.reduce(0) {
      $0 + Double(graph.planned.works[$1].waves.count) / graph.planned.works[$1].everyHours
    }
    hoursOfWorks = waves > 0 ? min(reach, max(shared, StartPast.mostEvents / waves)) : reach
  }

  /// How long before time 0 a process matters, in hours. What fails often is up again soon, so that it is left out of the far
  /// past where there are too many outages to play, and what is down for long is not.
  func hours(of process: Int) -> Double { hoursOfProcesses[process] }

  /// How long before time 0 live processes run that depend on each other, in hours.
  func hours(ofGroup processes: [Int]) -> Double {
    max(sharedHours, processes.map { hoursOfProcesses[$0] }.filter { $0 > 0 }.min() ?? 0)
  }

  /// Whether a live process has to run as long before time 0.
  func concerns(_ process: Int, in graph: CompiledGraph) -> Bool {
    !units.isDisjoint(with: graph.unitsEverHit(byProcess: process))
  }

  /// e⁻²⁰ of exponential times are longer than 20 of their means.
  private static let means = 20.0
  /// About how many outages are played at most, and of each process where these are many; of what waits for nothing one.
  private static let mostEvents = 2_000.0
  private static let mostEventsOfEach = 50.0

  /// The most outages of each process where all that want fewer have theirs; ∞: all have.
  private static func eventsOfEach(wanted: [Double], most: Double) -> Double {
    var left = most
    for (place, events) in wanted.sorted().enumerated() {
      let each = left / Double(wanted.count - place)
      guard events <= each else { return each }
      left -= events
    }
    return .infinity
  }

  /// How long something that starts wait for is down at a time, on average: a process, or gates that need many units.
  private static func longestWait(
    _ starts: [ComponentStart], _ graph: CompiledGraph, _ hitting: [Int], _ waitedFor: Set<Int>
  ) -> Double {
    guard !waitedFor.isEmpty else { return 0 }
    let longest = hitting.reduce(0) { longest, number in
      let process = graph.processes[number]
      guard !waitedFor.isDisjoint(with: process.units) else { return longest }
      return max(longest, process.meanHoursUntilStarted ?? process.meanOutageHours ?? 0)
    }
    let waits = GateWaits(graph)
    return starts.reduce(longest) { max($0, waits.hours(untilUp: $1.gates)) }
  }

  /// Longer than that a start hardly ever takes.
  private static func longest(_ takes: any Distribution, orMeans: Bool) -> Double {
    let quantile = takes.quantile(1 - 1e-6)
    return max(orMeans || !quantile.isFinite ? means * takes.mean : 0, quantile.isFinite ? quantile : 0)
  }
}
