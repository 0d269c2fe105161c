internal import Quantities
internal import Stochastics

/// What a bulkhead refuses of the calls to a callee that still answers some of them, or answers late.
///
/// Attempts arrive at random and hold a slot for as long as they take, so those that find none free are lost: Erlang's B,
/// which holds for every law of the times, and M/M/c/K where calls may queue. Attempts that are refused are made again as the
/// retry says, and add to what is offered.
///
/// Source: Erlang 1917; Gross, Shortle, Thompson and Harris, "Fundamentals of Queueing Theory", 2008, sections 2.4 and 2.5.
struct BulkheadRefusal {
  /// The probability that an attempt is refused.
  let refusedShare: Double
  /// The probability that a call fails while the callee is failing: all its attempts are refused, or fail.
  let callFailedShare: Double
  /// The probability that a call fails once the callee is well: all its attempts are refused.
  let callRefusedShare: Double
  /// From the callee's return until the first of the calls that hold all slots leaves: the shortest of c remaining times that
  /// are uniform, H / (c + 1), on average.
  let drainHours: Double

  /// A share that is not worth telling from none.
  private static let negligible = 0.001

  /// `nil` where nothing is refused: no bulkhead that rejects, all attempts fail anyway, or they take no longer than usual.
  init?(_ policies: EdgePolicies, result: AttemptResult, attempts: Int, callsPerHour: Double) {
    guard let pool = policies.bulkhead, pool.overflow == .reject, result.failedShare < 1,
      callsPerHour.isFinite, result.meanHours > policies.traffic?.latency.mean ?? 0
    else { return nil }
    var (refused, change) = (0.0, 1.0)
    for _ in 0..<200 where change > 1e-12 {
      let failed = refused + (1 - refused) * result.failedShare
      let made = (0..<attempts).reduce((sum: 0.0, weight: 1.0)) { made, _ in
        (made.sum + made.weight, made.weight * failed)
      }
      let next = pool.longRun(offered: callsPerHour * made.sum * result.meanHours).refusedShare
      (change, refused) = (abs(next - refused), next)
    }
    guard refused > BulkheadRefusal.negligible else { return nil }
    refusedShare = refused
    let failed = refused + (1 - refused) * result.failedShare
    callFailedShare = (0..<attempts).reduce(1.0) { share, _ in share * failed }
    callRefusedShare = (0..<attempts).reduce(1.0) { share, _ in share * refused }
    drainHours = result.meanHours / Double(pool.slots + 1)
  }
}
