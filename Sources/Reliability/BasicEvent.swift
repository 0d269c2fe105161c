internal import ServiceGraph

/// One variable of the diagram: everything that holds the same units down, or a role that is moving.
struct BasicEvent {
  /// What is behind it.
  enum Kind {
    /// Processes that hit the same units: the event is that any of them is down.
    case processes([Int])
    /// A moving role is down for a while because of a cause: approximated as independent of all else.
    case failover(role: Int, cause: Int, unavailability: Double, frequencyPerHour: Double)
  }

  let kind: Kind

  /// The probability that it is true, without the processes of one cause.
  func unavailability(in graph: CompiledGraph, without cause: Int? = nil) -> Double {
    switch kind {
    case .processes(let numbers):
      combined(numbers.map { graph.processes[$0] }.filter { $0.cause != cause }.map(\.unavailability))
    case .failover(_, let own, let unavailability, _): own == cause ? 0 : unavailability
    }
  }

  /// How often it becomes true, per hour; `nil` when the frequency of a part is not known.
  ///
  /// A part starts the event only while no other part is down.
  func frequencyPerHour(in graph: CompiledGraph) -> Double? {
    switch kind {
    case .failover(_, _, _, let frequency): return frequency
    case .processes(let numbers):
      var total = 0.0
      for number in numbers {
        guard let own = graph.processes[number].frequencyPerHour else { return nil }
        let others = numbers.filter { $0 != number }.map { 1 - graph.processes[$0].unavailability }
        total += own * others.reduce(1, *)
      }
      return total
    }
  }

  /// The causes behind it.
  func causes(in graph: CompiledGraph) -> [Int] {
    switch kind {
    case .processes(let numbers): numbers.map { graph.processes[$0].cause }
    case .failover(_, let cause, _, _): [cause]
    }
  }
}

/// P(A or B or …) of independent events without losing small numbers: q ← q + p − q p.
func combined(_ probabilities: [Double]) -> Double {
  probabilities.reduce(0) { $0 + $1 - $0 * $1 }
}
