extension EdgeTimings {
  /// Whether enough probes fail, on average, for a half-open breaker to open again while the callee is down.
  var reopens: Bool { result.failedShare * Double(probes.results) >= Double(probes.failures) }

  /// From half-open to the decision while the callee is down: the probes needed are sent, and the last has its result.
  var decidesAfterHours: Double {
    let sent = reopens && result.failedShare > 0 && !decidesByRate
      ? Double(probes.failures) / result.failedShare : Double(probes.results)
    return sent * probeGapHours + result.meanHours
  }

  /// From half-open to closed when the callee is up.
  var closesAfterHours: Double { Double(probes.results) * probeGapHours + usualHours }

  /// Whether probes that were sent while the callee was still down open the breaker again.
  func isDoomed(halfOpenHours: Double) -> Bool {
    let failed = result.failedShare * (halfOpenHours / probeGapHours).rounded(.down)
    return probeGapHours == 0 ? halfOpenHours > 0 : failed >= Double(probes.failures)
  }

  /// When calls begin to fail: once the first call has made its last attempt.
  ///
  /// - Parameter isOpen: whether the breaker has opened, so that attempts after that were refused at once.
  func failingAfterHours(isOpen: Bool) -> Double {
    guard isOpen else { return schedule.spanHours }
    return result.failedShare == 1
      ? schedule.spanHours(refusedFrom: opensAfterHours) : opensAfterHours + schedule.refusedSpanHours
  }

  /// The calls that had arrived before failing was seen, less those that recover at the end, as a length of time: calls
  /// fail that arrive up to a refused span before the breaker closes, while failing was first seen after a longer one.
  var arrivalCreditHours: Double {
    result.failedShare == 1
      ? min(failingAfterHours(isOpen: true), schedule.spanHours) - schedule.refusedSpanHours : 0
  }

  /// How long after the callee's return the caller's full pool has slots again.
  ///
  /// The calls that filled it arrived in one burst and stay together: all make their attempts at the same times after the
  /// outage began, give or take the burst. The next attempt finds the callee up.
  ///
  /// - Parameter sinceHours: the length of the outage.
  func drainHours(sinceHours: Double) -> Double {
    let holdHours = schedule.spanHours + schedule.failureHours
    guard holdHours > 0 else { return 0 }
    let phase = sinceHours.truncatingRemainder(dividingBy: holdHours)
    if sinceHours >= holdHours, phase < burstHours { return 0 }
    for start in schedule.startHours where start > phase { return start - phase }
    return holdHours - phase
  }

  /// How long after the breaker opened the caller's full pool has slots again: the attempts under way end, and what follows
  /// is refused.
  func drainAfterOpeningHours(sinceHours: Double) -> Double {
    let holdHours = schedule.spanHours + schedule.failureHours
    guard holdHours > 0 else { return 0 }
    let phase = sinceHours.truncatingRemainder(dividingBy: holdHours)
    let attempt = (schedule.startHours.lastIndex { $0 <= phase }) ?? 0
    let end = schedule.startHours[attempt] + schedule.failureHours
    let waits = schedule.waitHours[attempt...].reduce(0, +)
    return phase <= end ? end - phase + waits : max(0, end + waits - phase)
  }
}
