internal import ServiceGraph

/// One variable of the diagram.
struct BasicEvent {
  /// What is behind it.
  enum Kind {
    /// Processes that hit the same units: the event is that any of them is down.
    case processes([Int])
    /// Units start after processes that hit the same units, while those that start sooner after them are up as far as these go.
    case starting([Int], place: Int)
    /// While a process is down, a role that it drives away has not moved yet.
    case moving(role: Int, process: Int, share: Double)
    /// While a process is down, units that leave the place that failed have not left yet.
    case leaving(process: Int, units: [Int], share: Double)
    /// Part of what a group of dependent processes does; means nothing by itself.
    case dependent(group: Int, probability: Double)
    /// A component with failover has one outcome, given the shared outages and that it has none of those before.
    case outcome(FailoverOutcome)
  }

  /// A variable that helps to say which roles of a component with failover are down.
  struct FailoverOutcome {
    /// The component's module, by its place among those of the network.
    let module: Int
    /// The processes that the module stands for.
    let processes: [Int]
    /// The probability that it is true.
    let probability: Double
    /// The same without the processes of a cause.
    let without: [Int: Double]
  }

  let kind: Kind

  /// The probability that it is true, without the processes of one cause.
  func unavailability(in graph: CompiledGraph, without cause: Int? = nil) -> Double {
    switch kind {
    case .processes(let numbers), .starting(let numbers, _):
      likelihood(of: numbers.filter { graph.processes[$0].cause != cause }, in: graph)
    case .moving(_, _, let share), .leaving(_, _, let share): share
    case .dependent(_, let probability): probability
    case .outcome(let outcome): cause.flatMap { outcome.without[$0] } ?? outcome.probability
    }
  }

  /// The probability that some of its processes make it true.
  func likelihood(of numbers: [Int], in graph: CompiledGraph) -> Double {
    let processes = numbers.map { graph.processes[$0] }
    guard case .starting(_, let place) = kind else {
      return anyOf(processes.map(\.unavailability), in: graph)
    }
    return combined(processes.map { $0.startingShare(place) })
  }

  /// How often it becomes true by itself, per hour; `nil` when the frequency of a part is not known.
  ///
  /// A part starts the event only while no other part is down. A move starts with its process, which counts it, and
  /// a start after it has held the units already.
  func frequencyPerHour(in graph: CompiledGraph) -> Double? {
    guard case .processes(let numbers) = kind else { return 0 }
    if isExclusive(in: graph) { return exclusiveFrequencyPerHour(numbers, in: graph) }
    var total = 0.0
    for number in numbers {
      guard let own = graph.processes[number].outagesPerHour else { return nil }
      let others = numbers.filter { $0 != number }.map { 1 - graph.processes[$0].unavailability }
      total += own * others.reduce(1, *)
    }
    return total
  }

  /// Whether it is that units have not left a place yet.
  var isLeaving: Bool { if case .leaving = kind { true } else { false } }

  /// The processes behind it.
  var processes: [Int] {
    switch kind {
    case .processes(let numbers), .starting(let numbers, _): numbers
    case .moving, .leaving, .dependent: []
    case .outcome(let outcome): outcome.processes
    }
  }
}

/// P(A or B or …) of independent events without losing small numbers: q ← q + p − q p.
func combined(_ probabilities: [Double]) -> Double {
  probabilities.reduce(0) { $0 + $1 - $0 * $1 }
}
