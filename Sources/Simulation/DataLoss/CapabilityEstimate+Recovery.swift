public import Stochastics

extension CapabilityEstimate {
  /// A time that the capability promises to recover in, and how many outages took longer.
  struct RecoveryOutcome: Sendable, Hashable {
    let limitHours: Double
    let late: Int
  }

  /// The share of outages that ended within some hours, of those that began and ended in the horizon; `nil` without one.
  ///
  /// Exact for the recovery times that the capability promises, and an outage of just that length is in time; for others,
  /// lengths near the limit are told apart to 0.4 %.
  public func outagesEnded(within hours: Double) -> Estimate? {
    proportionEstimate(successes: ended(within: hours), trials: lengths.count, confidence: confidence)
  }

  private func ended(within hours: Double) -> Int {
    if let promise = recoveries.first(where: { $0.limitHours == hours }) {
      return lengths.count - promise.late
    }
    let kept = 1 - lengths.fraction(above: Ticks.from(hours: hours))
    return Int((kept * Double(lengths.count)).rounded())
  }
}
