internal import Stochastics

extension EdgeTimings {
  /// Whether more calls fail than can be taken for the same: more than twice as many.
  func isMuchWorse(than old: EdgeTimings) -> Bool { callFailedShare > 2 * old.callFailedShare }

  /// Whether the callee answers enough calls, 1 % or more, for the fallback to stay as fresh as when all is well.
  var refreshesFallback: Bool { callFailedShare <= 0.99 }

  /// How long the fallback serves from when the callee begins to fail so.
  var fallbackHours: Double { refreshesFallback ? .infinity : fallback.untilHours }

  /// What the breaker takes to open with an empty window, on average.
  var opensAfterHoursWhenEmpty: Double {
    guard let opening else { return .infinity }
    let opens = opening.meanHours(schedule, callsPerHour: ownCallsPerHour, isEmpty: true)
    guard let refused else { return opens }
    let afterRefusals = refused.opening.meanHours(
      refused.schedule, callsPerHour: ownCallsPerHour, isEmpty: true)
    return refused.hours(unrefused: opens, refused: refused.sinceHours + afterRefusals)
  }

  /// What the breaker takes to open again once it has closed on a callee that stays down: as many results as an empty window
  /// takes without retries.
  ///
  /// Calls whose earlier attempts were refused come with those that arrive, so that results come in faster: at x hours,
  /// λ Σᵢ q^k, k the number of the i-th attempt's predecessors within x hours. That failing attempts take time is left out.
  func reopensAfterHours(openedAfterHours: Double) -> Double {
    guard openedAfterHours.isFinite, ownCallsPerHour.isFinite, !schedule.waitHours.isEmpty else {
      return openedAfterHours
    }
    // Calls whose attempts a full bulkhead refuses fill it as fast, and then the breaker's window.
    let isRefused = refused.map { $0.sinceHours < openedAfterHours } ?? false
    let (schedule, result) = (isRefused ? refused?.schedule : nil, isRefused ? refused?.result : nil)
    return reopensAfterHours(openedAfterHours, schedule ?? self.schedule, result ?? self.result)
  }

  private func reopensAfterHours(
    _ openedAfterHours: Double, _ schedule: AttemptSchedule, _ result: AttemptResult
  ) -> Double {
    var (known, weight) = (0.0, 1.0)
    for start in schedule.startHours {
      known += weight * max(0, openedAfterHours - start - result.meanHours)
      weight *= result.failedShare
    }
    let missing = max(known, leastResults / ownCallsPerHour)
    return hours(untilAttemptsOf: missing, failing: result.failedShare) + result.meanHours
  }

  /// How much sooner than first the bulkhead refuses attempts again when the breaker has closed on a callee that stays down, since
  /// calls come along whose earlier attempts the breaker has refused.
  var bulkheadRefillsSoonerHours: Double {
    guard bulkheadFullAfterHours.isFinite, ownCallsPerHour.isFinite, !schedule.waitHours.isEmpty else {
      return 0
    }
    return bulkheadFullAfterHours
      - hours(untilAttemptsOf: bulkheadFullAfterHours, failing: result.failedShare)
  }

  /// When as many attempts have come, since the breaker has closed, as calls arrive in a time.
  private func hours(untilAttemptsOf callsHours: Double, failing share: Double) -> Double {
    var (missing, from) = (callsHours, 0.0)
    while true {
      let (attempts, until) = retriedAttempts(closedForHours: from, failing: share)
      if attempts * (until - from) >= missing { return from + missing / attempts }
      missing -= attempts * (until - from)
      from = until
    }
  }

  /// The attempts that come for each call once the breaker has been closed for a time, and until when as many do.
  private func retriedAttempts(
    closedForHours hours: Double, failing share: Double
  ) -> (attempts: Double, untilHours: Double) {
    var (attempts, until) = (1.0, Double.infinity)
    for last in schedule.waitHours.indices {
      var (weight, sinceHours) = (1.0, 0.0)
      for wait in schedule.waitHours[...last].reversed() {
        sinceHours += wait
        if sinceHours <= hours { weight *= share } else { until = min(until, sinceHours) }
      }
      attempts += weight
    }
    return (attempts, until)
  }

  /// From half-open to closed when the callee is up.
  var closesAfterHours: Double { Double(probes.results) * probeGapHours + usualHours }

  /// The share of calls that fail while the breaker is half-open and the callee is up.
  var halfOpenFailedShareWhenUp: Double {
    closesAfterHours > usualHours ? 1 - (closesAfterHours - usualHours) / closesAfterHours : 1
  }

  /// How long a call lasts that fails.
  public var failedCallHours: Double { schedule.spanHours + schedule.failureHours }

  /// The share of calls that still wait for an attempt, or for the next one, after a time.
  ///
  /// - Parameter failure: what the timings were worked out from.
  public func unfinishedShare(afterHours hours: Double, _ failure: CalleeFailure) -> Double {
    guard result.failedShare < 1 else { return failedCallHours > hours ? 1 : 0 }
    guard result.failedShare > 0 else {
      return SlowAttempts(failure)?.survival(hours) ?? 0
    }
    let begun = schedule.startHours.count { $0 <= hours }
    let attemptHours = hours - schedule.startHours[begun - 1]
    guard attemptHours < result.failureHours else {
      return begun < schedule.startHours.count ? portablePower(result.failedShare, Double(begun)) : 0
    }
    let underWay = SlowAttempts(failure)?.survival(attemptHours) ?? result.failedShare
    return portablePower(result.failedShare, Double(begun - 1)) * underWay
  }

  /// When calls begin to fail: once the first call has made its last attempt.
  ///
  /// - Parameters:
  ///   - isOpen: whether the breaker has opened, so that attempts after that were refused at once, as a full bulkhead
  ///     refuses them.
  ///   - openedAfterHours: what it took in this outage, where chance decides; `nil`: as long as on average.
  ///   - maskedHours: for how long an attempt can still be answered if the callee comes back.
  func failingAfterHours(isOpen: Bool, openedAfterHours: Double? = nil, maskedHours: Double = 0) -> Double {
    guard result.failedShare == 1 else {
      let opened = openedAfterHours ?? opensAfterHours
      return isOpen ? opened + schedule.refusedSpanHours : schedule.spanHours
    }
    let refusedFrom = min(isOpen ? opensAfterHours : .infinity, bulkheadFullAfterHours)
    let span = schedule.spanHours(refusedFrom: refusedFrom)
    return max(span, min(refusedFrom, schedule.spanHours + maskedHours))
  }

  /// The calls that had arrived before failing was seen, less those that recover at the end, as a length of time: where
  /// attempts are refused, calls fail that arrive up to a refused span before that ends, while failing was first seen after
  /// a longer one.
  func arrivalCreditHours(isOpen: Bool, maskedHours: Double = 0) -> Double {
    guard result.failedShare == 1 else { return 0 }
    let seen = failingAfterHours(isOpen: isOpen, maskedHours: maskedHours)
    return min(seen, schedule.spanHours + maskedHours) - schedule.refusedSpanHours
  }

  /// How long after the callee's return the full bulkhead has slots again.
  ///
  /// The attempts that filled it came in one burst and end together, when the next burst takes their places; within a burst
  /// there are free slots. Calls that were answered late leave one by one.
  ///
  /// - Parameter sinceHours: the length of the outage.
  func bulkheadDrainHours(sinceHours: Double) -> Double {
    guard result.failedShare == 1 else { return refusal?.drainHours ?? 0 }
    let phase = sinceHours.truncatingRemainder(dividingBy: max(result.meanHours, .leastNormalMagnitude))
    return phase < bulkheadFullAfterHours && sinceHours >= result.meanHours ? 0 : result.meanHours - phase
  }

  /// How long after the callee's return the caller's full pool has slots again: the calls that filled it arrived in one
  /// burst, and their next attempt finds the callee up.
  ///
  /// - Parameter sinceHours: how long ago they began to arrive.
  public func drainHours(sinceHours: Double) -> Double {
    // Calls that are slow leave one by one, and the first makes room.
    guard result.failedShare == 1 else { return 0 }
    for start in schedule.startHours where start > sinceHours { return start - sinceHours }
    return max(0, failedCallHours - sinceHours)
  }

  /// How long after the breaker opened the caller's full pool has slots again: the attempts under way end, and what follows
  /// is refused.
  ///
  /// - Parameter sinceHours: how long ago the calls began to arrive.
  public func drainAfterOpeningHours(sinceHours: Double) -> Double {
    let attempt = (schedule.startHours.lastIndex { $0 <= sinceHours }) ?? 0
    let end = schedule.startHours[attempt] + schedule.failureHours
    let waits = schedule.waitHours[attempt...].reduce(0, +)
    return max(0, end + waits - sinceHours)
  }
}
