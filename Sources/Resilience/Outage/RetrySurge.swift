/// What retries do to a callee when it returns: those who were waiting come on top of those who arrive.
public struct RetrySurge: Hashable, Sendable {
  /// Attempts an hour right after the return.
  public let peakAttemptsPerHour: Double
  /// How long the callee works at its capacity until it has caught up; 0 when it copes at once, ∞ when it never does.
  public let overloadHours: Double
}

extension EdgeTimings {
  /// The surge when the callee returns; `nil` without traffic.
  ///
  /// Every call that waits for its next attempt makes it within its present wait gᵢ, and it succeeds if there is capacity C.
  /// With λ calls an hour, x hours after the return λ x + λ Σ min(gᵢ, x) attempts have come in, and the callee has caught up
  /// when C x reaches that. Exact for evenly arriving calls none of which is given up meanwhile; calls that time out for the
  /// load alone come on top, so it is a lower bound when the overload lasts longer than the timeout.
  ///
  /// - Parameters:
  ///   - capacityPerHour: attempts that the callee manages in an hour.
  ///   - outageHours: how long it was down.
  public func surge(capacityPerHour: Double, outageHours: Double) -> RetrySurge? {
    guard let calls = callsPerHour else { return nil }
    let isOpen = opensAfterHours <= outageHours
    let gaps = zip(schedule.startHours, schedule.waitHours).compactMap { start, wait in
      start < outageHours ? wait + (isOpen ? 0 : schedule.failureHours) : nil
    }
    .filter { $0 > 0 }.sorted()
    let peak = calls * Double(1 + gaps.count)
    guard peak > capacityPerHour else { return RetrySurge(peakAttemptsPerHour: peak, overloadHours: 0) }
    var finished = 0.0
    for (index, gap) in gaps.enumerated() {
      // Between this gap and the one before, as many attempts as gaps not yet over come in.
      let rate = capacityPerHour - calls * Double(1 + gaps.count - index)
      if rate > 0, calls * finished / rate <= gap {
        return RetrySurge(peakAttemptsPerHour: peak, overloadHours: calls * finished / rate)
      }
      finished += gap
    }
    let spare = capacityPerHour - calls
    return RetrySurge(
      peakAttemptsPerHour: peak, overloadHours: spare > 0 ? calls * finished / spare : .infinity)
  }
}
