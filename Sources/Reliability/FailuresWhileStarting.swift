internal import ServiceGraph

/// How often outages take a function down whose units still start after the last outage of the same process.
///
/// A failure finds units started that take S to start, given that it finds those started that take S′ < S, in P(X > S) / P(X > S′)
/// of the cases, with X the up time. Of exponential lives that is as in the long run at any time; of others it is not, and the
/// chances of the starts are those at a failure.
extension SteadyStateAnalysis {
  /// Whether chances of starts at the failures of an event differ from those at any time, and bear on a function.
  func failsWhileStarting(_ variable: Int, in support: Set<Int>) -> Bool {
    guard !support.isDisjoint(with: failure.starts[variable]) else { return false }
    return failure.events[variable].processes.contains { !graph.processes[$0].failsAtRandom }
  }

  /// Σ (frequency of a process of an event) × (what the event changes at its failures); `nil` when one is not known.
  func frequency(_ root: Int, whileStarting variable: Int) -> Double? {
    let processes = failure.events[variable].processes
    var total = 0.0
    for process in processes {
      guard let own = graph.processes[process].outagesPerHour else { return nil }
      let others = processes.filter { $0 != process }
      let othersUp = others.reduce(1) { $0 * (1 - graph.processes[$1].unavailability) }
      var absent = probabilities
      absent[variable] = 0
      for (place, start) in failure.starts[variable].enumerated() {
        absent[start] = combined(
          others.filter { !graph.processes[$0].laterStarts.isEmpty }
            .map { graph.processes[$0].startingShare(place) }
            + [graph.processes[process].startingShareAtFailure(place)])
      }
      var started = absent
      started[variable] = 1
      for moving in failure.moves[variable] { started[moving] = 1 }
      let change =
        diagram.probability(ofRoot: root, started) - diagram.probability(ofRoot: root, absent)
      total += own * othersUp * max(0, change)
    }
    return total
  }
}
