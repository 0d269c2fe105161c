internal import ServiceGraph
internal import Stochastics

/// How long a role is down because its holder failed and it has to move.
///
/// An approximation until a Markov treatment exists: (failure frequency of the holder) × (mean role outage), where
/// the role outage lies inside the outage that causes it. With an up candidate and probability `works` it is
/// min(detection + move, outage of the holder), otherwise min(detection + move by hand, outage).
struct FailoverOutage {
  /// A moving role that is down for part of an outage of one process.
  struct Move {
    let role: Int
    /// Other roles that are down in that part too.
    var others: [Int] = []
    let process: Int
    /// The mean role outage as a share of the mean outage of the process, 0…1.
    let share: Double
  }

  let graph: CompiledGraph

  /// The moves of a role: one for each process that hits its holder and leaves a candidate.
  func moves(ofRole number: Int) -> [Move] {
    let role = graph.movingRoles[number]
    guard let failover = role.failover else { return [] }
    let holders = Set(role.units)
    let candidates = Set(failover.candidates.flatMap { graph.movingRoles[$0].units })
    return graph.processes.enumerated().compactMap { index, process in
      guard process.takesDown, let down = process.meanOutageHours, down > 0,
        process.units.contains(where: { holders.contains($0) }),
        !candidates.isSubset(of: process.units)
      else { return nil }
      let held = process.startHours > 0 ? process.meanHoursUntilStarted ?? .infinity : down
      let share = meanRoleOutage(failover, process.felt(by: holders), meanOutage: held) / held
      return Move(role: number, process: index, share: held < .infinity ? min(1, share) : 0)
    }
  }

  /// The mean time a role is down when its holder fails by `process`, in hours.
  private func meanRoleOutage(
    _ failover: MovingFailover, _ process: RenewalProcess, meanOutage: Double
  ) -> Double {
    let automatic = meanMinimum(of: failover.detection + [failover.takes], process: process)
    guard failover.works < 1 else { return automatic }
    let byHand =
      failover.manual.map { meanMinimum(of: failover.detection + [$0], process: process) } ?? meanOutage
    return failover.works * automatic + (1 - failover.works) * byHand
  }

  private func meanMinimum(of parts: [any Distribution], process: RenewalProcess) -> Double {
    MeanMinimum.value(parts, graph.partsWithStart(process), streamName: "\(process.name)/failover-mean")
  }
}
