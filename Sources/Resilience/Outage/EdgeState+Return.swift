public import Stochastics

/// A callee that comes back.
extension EdgeState {
  /// The callee comes back; nothing if it is up.
  ///
  /// - Parameters:
  ///   - answersWaiting: whether that answers attempts under way for which the callee still tries again. It does not where another
  ///     does the callee's work from now on.
  ///   - stream: draws whether calls that still time out open the breaker.
  public mutating func calleeCameBack(
    atHours now: Double, _ timings: EdgeTimings, answersWaiting: Bool = true, using stream: inout RandomStream
  ) {
    calleeCameBack(atHours: now, timings, answersWaiting) {
      drawnTrialsUntilRun(length: $0, begun: $1, using: &stream)
    }
  }

  /// The callee comes back, and calls that still time out open the breaker where they do so on average; nothing if it is up.
  public mutating func calleeCameBack(
    atHours now: Double, _ timings: EdgeTimings, answersWaiting: Bool = true
  ) {
    calleeCameBack(atHours: now, timings, answersWaiting) { length, _ in
      meanTrialsUntilRun(length: length, probability: 0.5)
    }
  }
}
