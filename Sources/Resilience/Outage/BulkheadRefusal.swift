internal import Quantities
internal import Stochastics

/// What a bulkhead refuses of the calls to a callee that still answers some of them, or answers late.
///
/// Attempts arrive at random and hold a slot for as long as they take, so those that find none free are lost: Erlang's B,
/// which holds for every law of the times, and M/M/c/K where calls may queue. Attempts that are refused are made again as the
/// retry says, and add to what is offered. Where calls wait for a slot, it is on average what exceeds the slots: each has
/// waited as long as it may, and those that get one have only the rest of their timeout left.
///
/// Source: Erlang 1917; Gross, Shortle, Thompson and Harris, "Fundamentals of Queueing Theory", 2008, sections 2.4 and 2.5.
struct BulkheadRefusal {
  /// The probability that an attempt is refused.
  let refusedShare: Double
  /// The probability that an attempt fails while the callee is failing: it is refused, or fails.
  let failedShare: Double
  /// The probability that a call fails while the callee is failing: all its attempts are refused, or fail.
  let callFailedShare: Double
  /// The probability that a call fails once the callee is well: all its attempts are refused.
  let callRefusedShare: Double
  /// From the callee's return until the first of the calls that hold all slots leaves: the shortest of c remaining times that
  /// are uniform, H / (c + 1), on average.
  let drainHours: Double

  /// A share that is not worth telling from none.
  private static let negligible = 0.001

  /// `nil` where nothing is refused: no bulkhead that rejects or lets calls wait, all attempts fail anyway, or they take no
  /// longer than usual.
  init?(
    _ policies: EdgePolicies, failure: CalleeFailure, result: AttemptResult, attempts: Int,
    callsPerHour: Double
  ) {
    guard let pool = policies.bulkhead, pool.overflow != .callerRuns, result.failedShare < 1,
      callsPerHour.isFinite, result.meanHours > policies.traffic?.latency.mean ?? 0
    else { return nil }
    let served = BulkheadRefusal.served(policies, failure, result)
    let load = callsPerHour * served.holdHours
    var (refused, change) = (0.0, 1.0)
    for _ in 0..<200 where change > 1e-12 {
      let failed = refused + (1 - refused) * served.failedShare
      let made = BulkheadRefusal.attempts(attempts, failed)
      let next =
        pool.overflow == .reject
        ? pool.longRun(offered: load * made).refusedShare
        : max(0, 1 - Double(pool.slots) / (load * made))
      (change, refused) = (abs(next - refused), next)
    }
    guard refused > BulkheadRefusal.negligible else { return nil }
    refusedShare = refused
    let failed = refused + (1 - refused) * served.failedShare
    failedShare = failed
    callFailedShare = (0..<attempts).reduce(1.0) { share, _ in share * failed }
    callRefusedShare = (0..<attempts).reduce(1.0) { share, _ in share * refused }
    drainHours = served.holdHours / Double(pool.slots + 1)
  }

  /// How often attempts fail that get a slot, and how long they hold it: what is left of the timeout after the wait.
  static func served(
    _ policies: EdgePolicies, _ failure: CalleeFailure, _ result: AttemptResult
  ) -> (failedShare: Double, holdHours: Double) {
    guard let waitHours = policies.bulkhead?.longestWaitHours, let timeout = policies.timeout else {
      return (result.failedShare, result.meanHours)
    }
    let leftHours = timeout.hours - waitHours
    switch failure {
    case .failsFast: return (result.failedShare, result.meanHours)
    case .hangs: return (1, leftHours)
    case .slow(let law, let errors):
      let attempts = SlowAttempts(law: law, errors: errors)
      return (attempts.failedShare(timeoutHours: leftHours), attempts.meanCut(atHours: leftHours))
    }
  }

  /// The attempts of a call on average that each fail as often: 1 + q + … + q^(n − 1).
  private static func attempts(_ most: Int, _ failed: Double) -> Double {
    (0..<most).reduce((sum: 0.0, weight: 1.0)) { made, _ in
      (made.sum + made.weight, made.weight * failed)
    }.sum
  }
}
