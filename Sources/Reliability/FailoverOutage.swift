internal import ServiceGraph
internal import Stochastics

/// How long and how often a role is down because its holder failed and it has to move.
///
/// An approximation until a Markov treatment exists: (failure frequency of the holder) × (mean role outage),
/// as an event independent of everything else. With an up candidate and probability `works` the role is down
/// for min(detection + move, outage of the holder), otherwise for min(detection + move by hand, outage).
struct FailoverOutage {
  let graph: CompiledGraph
  /// Draws for the mean of a minimum of sums; its relative standard error is below 1 %.
  private let draws = 16_384

  init(graph: CompiledGraph) { self.graph = graph }

  /// The events of a moving role, one for each cause that hits the holder and leaves a candidate.
  func events(ofRole number: Int) -> [BasicEvent] {
    let role = graph.movingRoles[number]
    guard let failover = role.failover else { return [] }
    let candidates = failover.candidates.flatMap { graph.movingRoles[$0].units }
    var totals: [(cause: Int, unavailability: Double, frequency: Double)] = []
    for process in graph.processes where process.takesDown {
      guard process.units.contains(where: { role.units.contains($0) }),
        !candidates.allSatisfy({ process.units.contains($0) }), let frequency = process.frequencyPerHour
      else { continue }
      let down = frequency * meanRoleOutage(failover, process)
      if let index = totals.firstIndex(where: { $0.cause == process.cause }) {
        totals[index].unavailability += down
        totals[index].frequency += frequency
      } else {
        totals.append((process.cause, down, frequency))
      }
    }
    return totals.map {
      BasicEvent(
        kind: .failover(
          role: number, cause: $0.cause, unavailability: min($0.unavailability, 1),
          frequencyPerHour: $0.frequency))
    }
  }

  /// The mean time a role is down when its holder fails by `process`, in hours.
  private func meanRoleOutage(_ failover: MovingFailover, _ process: RenewalProcess) -> Double {
    let coverage = failover.works
    let automatic = meanMinimum(of: failover.detection + [failover.takes], process: process)
    guard coverage < 1 else { return automatic }
    let byHand =
      failover.manual.map { meanMinimum(of: failover.detection + [$0], process: process) }
      ?? process.meanOutageHours ?? 0
    return coverage * automatic + (1 - coverage) * byHand
  }

  /// E[min(Σ parts, outage)], by draws from a fixed stream.
  private func meanMinimum(of parts: [any Distribution], process: RenewalProcess) -> Double {
    var stream = RandomStream(
      seed: 0, process: ProcessKey(name: "\(process.name)/failover-mean"), replication: 0)
    var total = 0.0
    for _ in 0..<draws {
      let move = parts.reduce(0) { $0 + $1.sample(using: &stream) }
      let outage = process.outage.reduce(0) { $0 + $1.sample(using: &stream) }
      total += min(move, outage)
    }
    return total / Double(draws)
  }
}
