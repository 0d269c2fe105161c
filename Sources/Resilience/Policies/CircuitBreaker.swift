public import Quantities

/// Cutting calls off after failures, for a time, and then trying a few.
///
/// Closed, every attempt passes and its result is recorded. Open, every attempt is refused at once for the time `open`.
/// Half-open, a few attempts pass: their results close the breaker or open it again.
///
/// Source: Nygard, "Release it!", 2nd edition 2018, section 5.2; windows and half-open rule as in resilience4j 2
/// (`CircuitBreakerMetrics`): a rate trips when it is greater than or equal to its threshold, a call is slow when it takes
/// longer than its threshold, and half-open decides after min(minimum, calls) results.
public struct CircuitBreaker: Hashable, Sendable {
  /// Slow calls count against a rate of their own.
  public struct SlowCalls: Hashable, Sendable {
    /// A call that takes longer is slow, whether it fails or not.
    public let longerThan: TimeSpan
    /// The share of slow calls that opens the breaker.
    public let share: Probability

    /// Calls that take longer than this are slow; the breaker opens at this share of them.
    public init(longerThan: TimeSpan, share: Probability) {
      (self.longerThan, self.share) = (longerThan, share)
    }
  }

  /// The rates that open a breaker.
  public struct Threshold: Hashable, Sendable {
    /// Results before a rate is believed.
    public let minimum: Int
    /// The share of failures that opens the breaker.
    public let failures: Probability
    /// When slow calls open it.
    public let slow: SlowCalls?

    /// Rates that count once there are `minimum` results.
    public init(minimum: Int, failures: Probability, slow: SlowCalls? = nil) {
      (self.minimum, self.failures, self.slow) = (minimum, failures, slow)
    }
  }

  /// What opens a closed breaker.
  public enum Trip: Hashable, Sendable {
    /// So many failures in a row.
    case consecutive(Int)
    /// A rate over the last `size` results.
    case countWindow(size: Int, Threshold)
    /// A rate over the results of the last `length`.
    case timeWindow(length: TimeSpan, Threshold)

    /// The rates, where there are any.
    public var threshold: Threshold? {
      switch self {
      case .consecutive: nil
      case .countWindow(_, let threshold), .timeWindow(_, let threshold): threshold
      }
    }
  }

  /// What closes a half-open breaker.
  public enum Closing: Hashable, Sendable {
    /// Every call succeeds; the first failure opens it again.
    case all
    /// The failure rate of the calls stays below the threshold.
    case rate
  }

  /// What opens it.
  public let trip: Trip
  /// How long it stays open.
  public let open: TimeSpan
  /// Attempts let through when half-open.
  public let halfOpenCalls: Int
  /// What closes it.
  public let closing: Closing

  /// A breaker; throws everything that is wrong with it.
  public init(
    trip: Trip, open: TimeSpan, halfOpenCalls: Int = 1, closing: Closing = .all
  ) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.requireSound(trip)
    check.require(
      open > .zero, "breaker-open", "breaker/open",
      "a breaker that stays open for no time refuses nothing; expected a duration", help: "open: 30 s")
    check.require(
      halfOpenCalls >= 1, "breaker-half-open", "breaker/half-open/calls",
      "\(halfOpenCalls) calls when half-open, so it would never close; expected 1 or more", help: "calls: 1")
    check.require(
      closing == .all || trip.threshold != nil, "breaker-closes", "breaker/half-open/closes",
      "a breaker of consecutive failures has no rate to close by; expected all", help: "closes: all")
    try check.finish()
    (self.trip, self.open, self.halfOpenCalls, self.closing) = (trip, open, halfOpenCalls, closing)
  }

  /// Results after which a half-open breaker decides: min(minimum, calls) by rate, else all calls.
  public var halfOpenResults: Int {
    guard closing == .rate, let threshold = trip.threshold else { return halfOpenCalls }
    return min(threshold.minimum, halfOpenCalls)
  }

  /// Failures among those results that open it again.
  public var halfOpenFailures: Int {
    guard closing == .rate, let threshold = trip.threshold else { return 1 }
    return leastCount(of: halfOpenResults, share: threshold.failures.value)
  }

  /// Slow calls among those results that open it again; `nil` where slow calls do not count.
  public var halfOpenSlowCalls: Int? {
    guard closing == .rate, let slow = trip.threshold?.slow else { return nil }
    return leastCount(of: halfOpenResults, share: slow.share.value)
  }
}

/// The smallest whole number that is at least `share` of `size`, and at least 1; 4 of 10 for 40 %, whatever the rounding.
func leastCount(of size: Int, share: Double) -> Int {
  max(1, Int((Double(size) * share - 1e-9).rounded(.up)))
}

extension PolicyCheck {
  fileprivate mutating func requireSound(_ trip: CircuitBreaker.Trip) {
    switch trip {
    case .consecutive(let failures):
      require(
        (1...100_000).contains(failures), "breaker-consecutive", "breaker/consecutive",
        "\(failures) failures in a row; expected 1 to 100,000", help: "consecutive: 5")
    case .countWindow(let size, let threshold):
      require(
        (1...100_000).contains(size), "breaker-window", "breaker/window",
        "a window of \(size) calls; expected 1 to 100,000", help: "window: 10")
      require(
        threshold.minimum <= size, "breaker-minimum", "breaker/minimum",
        "a minimum of \(threshold.minimum) calls in a window of \(size), which never holds as many",
        help: "minimum: \(size)")
      requireSound(threshold)
    case .timeWindow(let length, let threshold):
      require(
        length > .zero, "breaker-window", "breaker/window", "a window of no time; expected a duration",
        help: "window: 10 s")
      requireSound(threshold)
    }
  }

  private mutating func requireSound(_ threshold: CircuitBreaker.Threshold) {
    require(
      threshold.minimum >= 1, "breaker-minimum", "breaker/minimum",
      "a minimum of \(threshold.minimum) calls; expected 1 or more", help: "minimum: 5")
    require(
      threshold.failures.value > 0, "breaker-failures", "breaker/failures",
      "a threshold of 0 % opens at the first call, failed or not; expected more", help: "failures: 50 %")
    guard let slow = threshold.slow else { return }
    require(
      slow.share.value > 0, "breaker-slow", "breaker/slow/share",
      "a threshold of 0 % opens at the first call, slow or not; expected more", help: "share: 50 %")
    require(
      slow.longerThan > .zero, "breaker-slow", "breaker/slow/longer-than",
      "every call takes longer than no time; expected a duration", help: "longer-than: 10 s")
  }
}
