internal import Quantities
internal import Stochastics

/// A breaker that opens after the callee has come back: attempts that hung keep timing out for one timeout, and new ones are
/// answered, on average as many. A short outage can so cut off a callee that is well again.
///
/// A run of failures comes as a coin's does, which is drawn, or takes its mean number of results; a window fills with half of what
/// comes in, beside the failures that it holds already.
struct LateOpening: Sendable {
  private let trip: CircuitBreaker.Trip
  private let failureHours: Double
  private let callsPerHour: Double

  /// `nil` where attempts do not hang, or calls are not counted.
  init?(_ breaker: CircuitBreaker, result: AttemptResult, callsPerHour: Double) {
    guard result.failedShare == 1, result.failureHours > 0, callsPerHour.isFinite else { return nil }
    (trip, failureHours, self.callsPerHour) = (breaker.trip, result.failureHours, callsPerHour)
  }

  /// When it opens, in hours from the loss of the callee; ∞ when time-outs are over before.
  ///
  /// - Parameters:
  ///   - outageHours: during which it has not opened.
  ///   - trialsUntilRun: results until a run of a length, so many of which have failed already, where each fails with one half.
  func hours(outageHours: Double, trialsUntilRun: (_ length: Int, _ begun: Int) -> Double) -> Double {
    let begin = max(outageHours, failureHours)
    let failed = callsPerHour * max(0, outageHours - failureHours)
    let mixedHours = needed(failed: failed, outageHours: outageHours, trialsUntilRun) / (2 * callsPerHour)
    return begin + mixedHours <= outageHours + failureHours ? begin + mixedHours : .infinity
  }

  /// Results of both kinds that are needed.
  private func needed(
    failed: Double, outageHours: Double, _ trialsUntilRun: (_ length: Int, _ begun: Int) -> Double
  ) -> Double {
    switch trip {
    case .consecutive(let failures):
      return trialsUntilRun(failures, min(failures - 1, Int(min(failed, Double(failures)))))
    case .countWindow(let size, let threshold):
      let results = 2 * (Double(leastCount(of: size, share: threshold.failures.value)) - failed)
      return results <= Double(size) ? max(0, results) : .infinity
    case .timeWindow(let length, let threshold):
      // Answers of the outage's length are missing in the window, and each result of both kinds adds half a failure.
      let share = threshold.failures.value
      let usual = callsPerHour * max(0, length.hours - outageHours)
      let results = share < 1 ? 2 * (share * (usual + failed) - failed) / (1 - share) : .infinity
      return usual + failed + results >= Double(threshold.minimum) ? max(0, results) : .infinity
    }
  }
}

/// One draw of the trials until a run of failures in a row of which some have happened already, where each fails with one half.
func drawnTrialsUntilRun(length: Int, begun: Int, using stream: inout RandomStream) -> Double {
  var broken = 0.0
  if begun > 0 {
    let failures = (stream.standardExponential() / portableLog(2)).rounded(.down)
    guard failures < Double(length - begun) else { return Double(length - begun) }
    broken = failures + 1
  }
  return broken + drawnTrialsUntilRun(length: length, probability: 0.5, using: &stream)
}
