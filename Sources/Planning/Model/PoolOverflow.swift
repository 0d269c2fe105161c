internal import Quantities
internal import ServiceModel
public import Resilience

/// What becomes of the calls of a pool, in each unit, at the calls and latencies that the model states.
///
/// Poisson arrivals and exponential latencies; retries are not counted.
public struct PoolOverflow: Hashable, Sendable {
  /// The pool.
  public let name: String
  /// What is asked of the slots of one unit.
  public let workload: Workload
  /// What happens to a call that finds no place, or waits too long.
  public let rule: Pool.Overflow
  /// The share of calls to which that happens.
  public let share: Double
  /// The mean wait of the others; where calls give up, of all.
  public let meanWaitHours: Double

  /// `nil` where the pool is too large to be worked out.
  init?(_ named: NamedPool, _ workload: Workload) {
    let pool = named.pool
    (name, self.workload, rule) = (named.name, workload, pool.overflow)
    if case .wait(let longest) = pool.overflow {
      guard let line = try? ImpatientLine(workload, patience: .fixed(longest)) else { return nil }
      (share, meanWaitHours) = (line.lostShare, line.meanWaitHours)
    } else {
      // Other work holds its slots all the time, so fewer core threads are left too.
      let core = max(1, min(pool.core, workload.servers))
      guard let line = try? ExecutorLine(workload, core: core, places: pool.queue) else { return nil }
      (share, meanWaitHours) = (line.overflowShare, line.meanWaitHours)
    }
  }
}
