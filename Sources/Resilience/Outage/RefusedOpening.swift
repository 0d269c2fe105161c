internal import Quantities
internal import Stochastics

/// When a breaker opens around a bulkhead that is full: attempts that it refuses fail at once, and count.
///
/// Until it is full attempts fare as the callee treats them. From then on it refuses a share of them, and of the others as many
/// end as come in. The breaker's window is taken as full of usual results by then, or as empty after it has closed. On a
/// callee that answers nothing all are refused until the first ones end.
///
/// Approximation: refusals are taken as independent of each other. They come in runs, while no slot is free, so that a bulkhead
/// that is little more than full opens its breaker sooner than this: 20 slots that answers keep to three quarters, 5 in a row, every
/// 11 s rather than hardly ever; from twice the load of its slots on the difference is small.
struct RefusedOpening {
  /// The breaker, given what becomes of attempts then.
  let opening: BreakerOpening
  /// What becomes of them.
  let result: AttemptResult
  /// When they are made.
  let schedule: AttemptSchedule
  /// When the bulkhead begins to refuse them, in hours from the loss of the callee, or since the breaker has closed.
  let sinceHours: Double
  /// When the breaker opens on average.
  let meanHours: Double

  /// `nil` without a breaker, or where no bulkhead refuses anything.
  init?(
    _ policies: EdgePolicies, result: AttemptResult, refusal: BulkheadRefusal?, waitHours: [Double],
    sinceHours: Double, callsPerHour: Double
  ) {
    guard let breaker = policies.breaker, sinceHours.isFinite else { return nil }
    guard refusal != nil || result.failedShare == 1 else { return nil }
    self.sinceHours = sinceHours
    self.result = result.refused(refusal?.refusedShare ?? 1, failedShare: refusal?.failedShare ?? 1)
    schedule = AttemptSchedule(waitHours: waitHours, result: self.result)
    opening = BreakerOpening(
      breaker, result: self.result, traffic: policies.traffic,
      attemptsPerHour: callsPerHour * schedule.meanAttempts, sinceHours: sinceHours)
    meanHours = sinceHours + opening.meanHours(schedule, callsPerHour: callsPerHour, isEmpty: false)
  }

  /// When it opens that would do so after a time for what the callee does, given when it does for what is refused as well.
  ///
  /// Where all attempts fail, more results than either counts are failures.
  func hours(unrefused: Double, refused: Double) -> Double {
    unrefused <= sinceHours || result.failedShare == 1 ? min(unrefused, refused) : refused
  }
}
