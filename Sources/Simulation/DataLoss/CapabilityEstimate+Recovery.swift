public import Stochastics

extension CapabilityEstimate {
  /// The share of outages that ended within some hours, of those that began and ended in the horizon; `nil` without one.
  ///
  /// Lengths near the limit are told apart to 0.4 %.
  public func outagesEnded(within hours: Double) -> Estimate? {
    let kept = 1 - lengths.fraction(above: Ticks.from(hours: hours))
    return proportionEstimate(
      successes: Int((kept * Double(lengths.count)).rounded()), trials: lengths.count, confidence: confidence)
  }
}
