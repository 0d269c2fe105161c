internal import Quantities
internal import Stochastics

/// How often a breaker opens although nothing but the usual errors happens.
public struct FalseTrips: Hashable, Sendable {
  /// Attempts from one trip to the next on average; ∞ where it never happens.
  public let meanAttempts: Double
  /// Trips an hour with the stated traffic, of all caller units together; `nil` without traffic.
  public let perHour: Double?
  /// Whether the attempts are a lower bound and the trips an upper one.
  public let isBound: Bool
}

extension EdgePolicies {
  /// How often the breaker opens by chance: attempts fail and are slow independently of one another.
  ///
  /// Consecutive failures: the run-length formula. A count window, from empty: the scan statistic for failures and for slow
  /// calls; where there is a threshold for both, their rates are added, which bounds the trips from above. A time window is
  /// taken as a count window of as many attempts as it holds on average, and is `nil` without traffic. Also `nil` without a
  /// breaker. A minimum below the window's size lets a window that is still filling trip sooner; that is left out.
  public var falseTrips: FalseTrips? {
    guard let breaker else { return nil }
    let errors = traffic?.errors.value ?? 0
    switch breaker.trip {
    case .consecutive(let failures):
      return falseTrips([(meanTrialsUntilRun(length: failures, probability: errors), false)])
    case .countWindow(let size, let threshold):
      return falseTrips(trips(window: size, threshold))
    case .timeWindow(let length, let threshold):
      guard let attempts = attemptsPerHour else { return nil }
      let size = Int((attempts / Double(callers) * length.hours).rounded())
      guard size >= threshold.minimum, size >= 1 else { return falseTrips([]) }
      return falseTrips(trips(window: size, threshold))
    }
  }

  /// Attempts an hour when all is well, retries of errors included.
  public var attemptsPerHour: Double? {
    traffic.map { $0.calls.perHour * (retry?.meanAttempts(attemptFails: $0.errors) ?? 1) }
  }

  private func trips(window: Int, _ threshold: CircuitBreaker.Threshold) -> [(Double, Bool)] {
    func trip(_ share: Double, _ probability: Double) -> (Double, Bool) {
      let trips = WindowTrips(
        window: window, failures: leastCount(of: window, share: share), probability: probability)
      return (trips.meanTrials, trips.isLowerBound)
    }
    var found = [trip(threshold.failures.value, traffic?.errors.value ?? 0)]
    if let slow = threshold.slow, let traffic {
      found.append(trip(slow.share.value, traffic.latency.survival(slow.longerThan.hours)))
    }
    return found
  }

  private func falseTrips(_ trips: [(attempts: Double, isBound: Bool)]) -> FalseTrips {
    let perAttempt = trips.reduce(0.0) { $0 + 1 / $1.attempts }
    let isBound = trips.contains { $0.isBound } || trips.count(where: { $0.attempts.isFinite }) > 1
    return FalseTrips(
      meanAttempts: perAttempt > 0 ? 1 / perAttempt : .infinity,
      perHour: attemptsPerHour.map { $0 * perAttempt }, isBound: isBound && perAttempt > 0)
  }
}
