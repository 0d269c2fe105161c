public import Stochastics

/// What chance decides in an outage.
extension EdgeState {
  /// Lets time pass up to `now`, and chance decide what it has to on the way: how probes fare, and when a breaker opens that has
  /// closed on a callee that fails in part.
  public mutating func advance(
    toHours now: Double, _ timings: EdgeTimings, using stream: inout RandomStream
  ) {
    decide(timings, using: &stream)
    while nextChangeHours <= now {
      advance(toHours: nextChangeHours, timings)
      decide(timings, using: &stream)
    }
    advance(toHours: now, timings)
  }

  private mutating func decide(_ timings: EdgeTimings, using stream: inout RandomStream) {
    switch undecided {
    case .probes: decide(timings.drawProbes(using: &stream), timings)
    case .opening:
      let opens = timings.drawOpensAfterHours(isEmpty: true, using: &stream)
      decide(opensAfterHours: timings.reopensAfterHours(openedAfterHours: opens), timings)
    case nil: break
    }
  }

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
