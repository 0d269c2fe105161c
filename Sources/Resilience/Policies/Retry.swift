public import Quantities

/// Trying a failed call again, after a wait that may grow and may be random.
///
/// `attempts` counts the first try. The i-th wait is `wait · factor^(i − 1)`, made uniformly random within ± `jitter` of
/// itself and then cut at `longest`. The retry is the outermost policy: every attempt passes breaker, rate limit, timeout
/// and bulkhead, and one that they refuse is retried like one that failed.
///
/// Source: resilience4j 2, `IntervalFunction.ofExponentialRandomBackoff` (randomised, then cut) and its order
/// Retry ( CircuitBreaker ( RateLimiter ( TimeLimiter ( Bulkhead ) ) ) ).
public struct Retry: Hashable, Sendable {
  /// How often a call is tried in all, the first try included.
  public let attempts: Int
  /// The first wait.
  public let wait: TimeSpan
  /// Each wait over the one before.
  public let factor: Double
  /// No wait is longer.
  public let longest: TimeSpan?
  /// How far a wait may lie from its middle, as a share of it.
  public let jitter: Probability?

  /// A retry; throws everything that is wrong with it.
  public init(
    attempts: Int, wait: TimeSpan = .zero, factor: Double = 1, longest: TimeSpan? = nil,
    jitter: Probability? = nil
  ) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.require(
      attempts >= 1, "retry-attempts", "retry/attempts",
      "\(attempts) attempts; the first try counts as one, so expected 2 or more", help: "attempts: 3")
    check.require(
      attempts != 1, "retry-once", "retry/attempts",
      "1 attempt is the first try, so nothing is retried; expected 2 or more", help: "attempts: 2")
    check.require(
      attempts <= Retry.mostAttempts, "retry-storm", "retry/attempts",
      "\(attempts) attempts multiply the load of an outage as often; expected at most \(Retry.mostAttempts)",
      help: "attempts: 4")
    check.require(
      factor >= 1 && factor.isFinite, "retry-factor", "retry/factor",
      "a factor of \(factor) makes waits shrink; expected 1 or more", help: "factor: 2")
    if let longest {
      check.require(
        longest >= wait, "retry-longest", "retry/longest",
        "the longest wait is \(longest.exactText), shorter than the first of \(wait.exactText)",
        help: "longest: \(wait.exactText)")
    }
    check.require(
      jitter.map { $0.value > 0 && wait > .zero } ?? true, "retry-jitter", "retry/jitter",
      "a jitter needs a share above 0 % and a wait to spread", help: "wait: 1 s")
    try check.finish()
    (self.attempts, self.wait, self.factor) = (attempts, wait, factor)
    (self.longest, self.jitter) = (longest, jitter)
  }

  /// More attempts than this are no policy but a storm.
  public static let mostAttempts = 100

  /// The laws of the waits between attempts, one fewer than attempts.
  public var waits: [WaitLaw] {
    var middleHours = wait.hours
    return (1..<attempts).map { _ in
      let law = WaitLaw(middleHours: middleHours, jitter: jitter?.value ?? 0, longestHours: longest?.hours)
      middleHours = min(middleHours * factor, 1e12)
      return law
    }
  }

  /// The probability that a call fails when each attempt fails with probability p, independently: pⁿ.
  ///
  /// Worked: 0.5 and 4 attempts give 0.0625.
  public func failedShare(attemptFails p: Probability) -> Double {
    (0..<attempts).reduce(1.0) { share, _ in share * p.value }
  }

  /// The mean number of attempts a call takes: 1 + p + … + p^(n − 1) = (1 − pⁿ) / (1 − p); n when every attempt fails.
  ///
  /// Worked: 0.5 and 4 attempts give 1.875.
  public func meanAttempts(attemptFails p: Probability) -> Double {
    geometricSum(p.value, terms: attempts)
  }
}
