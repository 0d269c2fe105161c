/// Calls whose attempts fare differently, since not all of a call's are made while callee and breaker stand the same.
struct MixedCalls: Sendable {
  /// Whether calls fail attempt by attempt, as those of late did.
  private(set) var isUnderWay = false
  /// Calls that have failed beyond those that arrived meanwhile, as a length of time: calls that took long, and later ones
  /// that fail at once.
  private(set) var excessHours = 0.0
  private var past = PastAttempts()

  /// Less than this is rounding.
  private static let leastExcessHours = 1e-7

  /// From now on calls fail attempt by attempt.
  mutating func begin() { isUnderWay = true }

  /// Attempts fare otherwise from a time on.
  mutating func note(
    atHours hours: Double, failedShare: Double, failureHours: Double, _ schedule: AttemptSchedule
  ) {
    past.add(atHours: hours, failedShare: failedShare, failureHours: failureHours, schedule)
  }

  /// Since when calls that make their last attempt from now on may have made others in vain; `nil`: never.
  mutating func feltSinceHours(atHours now: Double, _ schedule: AttemptSchedule) -> Double? {
    past.feltSinceHours(atHours: now, schedule)
  }

  /// The calls that fail of those that make their last attempt now, over those that arrive in as much time.
  func failedShare(atHours now: Double, _ schedule: AttemptSchedule) -> Double {
    past.failedShare(atHours: now, schedule)
  }

  /// Adds what has failed beyond what arrived in some time, or takes from it.
  mutating func count(_ hours: Double, failedShare: Double) {
    let excess = excessHours + hours * (failedShare - 1)
    excessHours = excess > MixedCalls.leastExcessHours ? excess : 0
  }

  /// When the share that fails changes next unless attempts fare otherwise; ∞ when it will not.
  ///
  /// - Parameter failedShare: that of now.
  func nextHours(after now: Double, failedShare: Double, _ schedule: AttemptSchedule) -> Double {
    let next = past.nextHours(after: now, schedule)
    return excessHours > 0 && failedShare < 1 ? min(next, now + excessHours / (1 - failedShare)) : next
  }

  /// All attempts are answered again.
  ///
  /// - Returns: the calls that have failed without being counted, as a length of time.
  mutating func end() -> Double {
    defer { excessHours = 0 }
    isUnderWay = false
    return excessHours
  }
}
