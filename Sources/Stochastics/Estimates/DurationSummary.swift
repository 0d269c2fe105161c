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
/// A limit is 0 or ∞ where the values are too few to set it. Nil for fewer than two values.
///
/// Source: Hahn and Meeker, "Statistical intervals", 1991, section 5.2: as many values lie below a quantile as
/// successes in n trials with probability p.
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
  let n = Double(sorted.count)
  let tail = (1 - confidence) / 2
  // P(at most r − 1 of n below the quantile) = I(1 − p; n − r + 1, r).
  func shareUpTo(_ r: Int) -> Double {
    r > sorted.count ? 1 : r < 1 ? 0 : regularizedBeta(x: 1 - p, a: n - Double(r) + 1, b: Double(r))
  }
  let low = firstRank(1...(sorted.count + 1)) { shareUpTo($0) > tail } - 1
  let high = firstRank(1...(sorted.count + 1)) { 1 - shareUpTo($0) <= tail }
  return Estimate(
    value: sortedQuantile(sorted, p), low: low >= 1 ? sorted[low - 1] : 0,
    high: high <= sorted.count ? sorted[high - 1] : .infinity, confidence: confidence)
}

/// The first rank of a range for which a condition holds that holds from some rank on; the last if it never does.
private func firstRank(_ ranks: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int {
  var (low, high) = (ranks.lowerBound, ranks.upperBound)
  while low < high {
    let middle = (low + high) / 2
    if holds(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
