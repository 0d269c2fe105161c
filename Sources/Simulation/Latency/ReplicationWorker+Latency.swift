extension ReplicationWorker {
  /// Adds a stretch of time to those in which calls do not stand well, of capabilities that are up in it.
  mutating func chargeLatency(from start: Int64, to end: Int64) {
    guard !edgesAreQuiet, end > start else { return }
    for (place, service) in layout.latency.services.enumerated() where !isDown(service.capability) {
      let code = service.edges.map { edges.standingCode($0) }
      if code.contains(where: { $0 > 0 }) { tally.latencies[place].charge(code, ticks: end - start) }
    }
  }

  private func isDown(_ capability: Int) -> Bool {
    switch current {
    case .perfect: false
    case .alone(let index): alone.states[index].isDown[capability]
    case .together(let index): together.states[index].isDown[capability]
    case .mixed: mixed.isDown[capability]
    }
  }

  /// Ends the replication.
  mutating func closeLatency() {
    for place in tally.latencies.indices { tally.latencies[place].close() }
  }
}
