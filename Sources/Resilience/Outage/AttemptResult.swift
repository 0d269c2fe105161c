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
    case .slow(let law):
      let timeoutHours = policies.timeout?.hours ?? .infinity
      failedShare = timeoutHours.isFinite ? law.survival(timeoutHours) : 0
      slowShare = slowHours < timeoutHours ? law.survival(slowHours) : 0
      (failureHours, meanHours) = (
        timeoutHours.isFinite ? timeoutHours : 0, law.meanCut(atHours: timeoutHours)
      )
    }
  }
}

extension Distribution {
  /// The mean of the smaller of this and a bound: the area under the survival curve up to the bound.
  ///
  /// Simpson's rule on 512 pieces; exact without a bound.
  func meanCut(atHours bound: Double) -> Double {
    guard bound.isFinite else { return mean }
    let pieces = 512
    let sum = (0...pieces).reduce(0.0) { sum, index in
      let weight = index == 0 || index == pieces ? 1.0 : index % 2 == 1 ? 4 : 2
      return sum + weight * survival(bound * Double(index) / Double(pieces))
    }
    return sum * bound / Double(3 * pieces)
  }
}
