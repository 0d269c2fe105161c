internal import Resilience
internal import Stochastics

/// How long calls take whose attempts are answered late, get an error, or are given up.
///
/// A call that is answered by its attempt j of n has waited for those before, each as long as what failed it took: an error, or
/// the timeout. Waits between attempts are their means.
struct RetriedAnswers {
  /// How long the calls take whose attempts all fail.
  let failed: AttemptErrors
  private var values: [Double] = []
  private var weights: [Double] = []

  /// What a timeout lets pass is kept as so many values for each attempt, and as no fewer for each time at which it can begin.
  private static let valuesOfAttempt = 2_048
  private static let leastValues = 256

  init(_ attempts: SlowAttempts, timeoutHours: Double?, waitHours: [Double]) {
    let late = timeoutHours.map { attempts.law.survival($0) } ?? 0
    let failing = RetriedAnswers.failing(attempts, lateShare: late, timeoutHours: timeoutHours)
    let answered = (1 - attempts.errors.share) * (1 - late)
    var starts = [AttemptErrors.Part(share: 1, afterHours: 0)]
    for attempt in 0...waitHours.count {
      let count = max(
        RetriedAnswers.leastValues, RetriedAnswers.valuesOfAttempt / starts.count)
      let within = SlowLaw.middles(count).map { attempts.law.quantile($0 * (1 - late)) }
      for start in starts {
        values += within.map { start.afterHours + $0 }
        weights += within.map { _ in start.share * answered / Double(count) }
      }
      let waitHours = attempt < waitHours.count ? waitHours[attempt] : 0
      starts =
        AttemptErrors(
          starts.flatMap { start in
            failing.map {
              AttemptErrors.Part(
                share: start.share * $0.share, afterHours: start.afterHours + $0.afterHours + waitHours)
            }
          }
        ).parts
    }
    failed = AttemptErrors(starts)
  }

  /// What becomes of one attempt that fails.
  private static func failing(
    _ attempts: SlowAttempts, lateShare: Double, timeoutHours: Double?
  ) -> [AttemptErrors.Part] {
    let ends = timeoutHours ?? .infinity
    var parts = attempts.errors.parts.map {
      AttemptErrors.Part(share: $0.share, afterHours: min($0.afterHours, ends))
    }
    if lateShare > 0 {
      parts.append(AttemptErrors.Part(share: (1 - attempts.errors.share) * lateShare, afterHours: ends))
    }
    return AttemptErrors(parts).parts
  }

  /// How long those take that are answered; `nil` where none is.
  ///
  /// - Parameter servedShare: the share that is answered all the same of the calls whose attempts all fail: by a fallback that
  ///   lasts, or since their caller does without.
  func law(servedShare: Double) -> SlowLaw? {
    let served = failed.parts
    let law = try? Empirical(
      values: values + served.map(\.afterHours), weights: weights + served.map { $0.share * servedShare })
    return law.map { SlowLaw($0) }
  }
}
