/// Between which two of n independent values, counted from the smallest as 1, a quantile lies with at least this
/// confidence, whatever their law.
///
/// Values that come in clusters, such as the outages of one replication, are worth fewer than there are; how many is for the
/// caller to say, and where large values cluster more than others limits found so lie too close together.
///
/// Half of the error lies on each side. Worked: of 10 values the median lies between the 2nd and the 9th at 95 %, as
/// P(2 ≤ binomial(10, ½) ≤ 8) = 0.979.
///
/// Source: Hahn and Meeker, "Statistical intervals", 1991, section 5.2: as many values lie below a quantile as
/// successes in n trials with probability p.
public struct QuantileRanks: Hashable, Sendable {
  /// The rank of the lower limit; `nil` where even the smallest value lies above the quantile too often.
  public let low: Int?
  /// The rank of the upper limit; `nil` where even the largest value lies below the quantile too often.
  public let high: Int?

  /// The ranks of a quantile.
  ///
  /// - Parameters:
  ///   - p: above 0 and below 1.
  ///   - count: how many values there are, at least 0.
  ///   - confidence: between 0 and 1.
  public init(of p: Double, count: Int, confidence: Double) {
    preconditionConfidence(confidence)
    precondition(p > 0 && p < 1, "a quantile lies between 0 and 1")
    let n = Double(count)
    let tail = (1 - confidence) / 2
    // P(at most r − 1 of n below the quantile) = I(1 − p; n − r + 1, r).
    func shareUpTo(_ r: Int) -> Double {
      r > count ? 1 : r < 1 ? 0 : regularizedBeta(x: 1 - p, a: n - Double(r) + 1, b: Double(r))
    }
    let below = firstRank(1...(count + 1)) { shareUpTo($0) > tail } - 1
    let above = firstRank(1...(count + 1)) { 1 - shareUpTo($0) <= tail }
    low = below >= 1 ? below : nil
    high = above <= count ? above : nil
  }
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
