/// How long something lasts: mean, median and p90 of observed durations with intervals that assume no law.
///
/// All durations are complete; of some that go on, fit a law to a ``CensoredSample`` or read a ``KaplanMeierCurve``.
public struct DurationSummary: Hashable, Sendable {
  /// How many durations there are.
  public let count: Int

  /// The mean, with the bias-corrected and accelerated bootstrap interval.
  public let mean: Estimate?

  /// The median, with the exact interval of order statistics.
  public let median: Estimate?

  /// The 90th percentile, likewise; its upper limit is ∞ for fewer than some thirty durations, which cannot set one.
  public let p90: Estimate?

  /// The summary of these durations.
  ///
  /// Every number is nil for fewer than two durations, which show no spread.
  ///
  /// - Parameters:
  ///   - durations: each at least 0 and finite, in any order.
  ///   - confidence: between 0 and 1.
  public init(of durations: [Double], confidence: Double, bootstrap: Bootstrap) throws(InvalidParameter) {
    try InvalidParameter.requireTimes(durations, "a duration")
    count = durations.count
    mean = bootstrap.meanInterval(of: durations, confidence: confidence)
    median = quantileEstimate(of: durations, p: 0.5, confidence: confidence)
    p90 = quantileEstimate(of: durations, p: 0.9, confidence: confidence)
  }
}

/// A quantile of observed values with the interval between two of them that holds it with at least this confidence,
/// whatever the law.
///
/// A limit is 0 or ∞ where the values are too few to set it (``QuantileRanks``). Nil for fewer than two values.
///
/// - Parameters:
///   - values: none negative, in any order.
///   - p: above 0 and below 1.
///   - confidence: between 0 and 1; half of the error on each side.
public func quantileEstimate(of values: [Double], p: Double, confidence: Double) -> Estimate? {
  preconditionConfidence(confidence)
  precondition(p > 0 && p < 1, "a quantile lies between 0 and 1")
  guard values.count > 1 else { return nil }
  let sorted = values.sorted()
  let ranks = QuantileRanks(of: p, count: sorted.count, confidence: confidence)
  return Estimate(
    value: sortedQuantile(sorted, p), low: ranks.low.map { sorted[$0 - 1] } ?? 0,
    high: ranks.high.map { sorted[$0 - 1] } ?? .infinity, confidence: confidence)
}
