internal import Quantities
internal import Stochastics

/// What becomes of one attempt that reaches a failing callee.
public struct AttemptResult: Hashable, Sendable {
  /// The probability that it fails, from 0 to 1.
  public let failedShare: Double
  /// The probability that it takes longer than a breaker calls slow; 0 without such a threshold.
  public let slowShare: Double
  /// How long a failing attempt takes.
  public let failureHours: Double
  /// How long an attempt takes on average, failed or not.
  public let meanHours: Double

  /// How long an attempt takes on average that is answered.
  var answerHours: Double {
    failedShare < 1 ? max(0, meanHours - failedShare * failureHours) / (1 - failedShare) : failureHours
  }

  /// Whether nothing about it is left to chance but how long it takes.
  var isCertain: Bool { (failedShare == 0 || failedShare == 1) && (slowShare == 0 || slowShare == 1) }

  private init(failedShare: Double, slowShare: Double, failureHours: Double, meanHours: Double) {
    (self.failedShare, self.slowShare) = (failedShare, slowShare)
    (self.failureHours, self.meanHours) = (failureHours, meanHours)
  }

  /// The same of attempts of which a full bulkhead refuses a share at once. As results come in they take no time: for each
  /// that is let in another one ends.
  ///
  /// - Parameter failed: the share that fails, refused or not.
  func refused(_ refused: Double, failedShare failed: Double) -> AttemptResult {
    let late = failed - refused
    return AttemptResult(
      failedShare: failed, slowShare: (1 - refused) * slowShare,
      failureHours: failed > 0 ? late * failureHours / failed : 0, meanHours: 0)
  }

  /// The result of an attempt.
  ///
  /// - Throws: when calls hang and no timeout ends them: then nobody knows how long they take.
  init(_ failure: CalleeFailure, policies: EdgePolicies) throws(InvalidPolicy) {
    let slowHours = policies.breaker?.trip.threshold?.slow?.longerThan.hours ?? .infinity
    let usual = policies.traffic?.latency
    let usualSlow = usual.map { $0.survival(slowHours) } ?? 0
    switch failure {
    case .failsFast(let share, let after):
      let takes = min(after.hours, policies.timeout?.hours ?? .infinity)
      failedShare = share.value
      slowShare = share.value * (takes > slowHours ? 1 : 0) + share.complement * usualSlow
      failureHours = takes
      meanHours = share.value * takes + share.complement * (usual?.mean ?? 0)
    case .hangs:
      guard let timeout = policies.timeout else {
        throw InvalidPolicy(findings: [
          PolicyFinding(
            "timeout-missing", key: "timeout",
            "calls can hang here and nothing gives them up; expected a timeout",
            help: "timeout: 10 s")
        ])
      }
      (failedShare, slowShare) = (1, timeout.hours > slowHours ? 1 : 0)
      (failureHours, meanHours) = (timeout.hours, timeout.hours)
    case .slow(let law, let errors):
      let attempts = SlowAttempts(law: law, errors: errors)
      let timeoutHours = policies.timeout?.hours ?? .infinity
      failedShare = attempts.failedShare(timeoutHours: timeoutHours)
      slowShare = slowHours < timeoutHours ? attempts.survival(slowHours) : 0
      (failureHours, meanHours) = (
        attempts.failureHours(timeoutHours: timeoutHours), attempts.meanCut(atHours: timeoutHours)
      )
    }
  }
}
