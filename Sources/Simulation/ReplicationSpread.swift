internal import Stochastics

/// How a quantity lies over the replications: enough to say how far its mean may be off where few have any of it.
public struct ReplicationSpread: Sendable, Hashable {
  /// How many replications there were.
  public let replications: Int
  /// The sum over them.
  public let sum: Double
  /// The sum of the squared deviations from the mean.
  public let squaredDeviations: Double
  /// What the replication with the least had of it, and that with the most; 0 without a replication.
  public let least, most: Double

  /// - Parameters:
  ///   - moments: the sum and the sum of squares, as whole numbers.
  ///   - histogram: the same whole numbers.
  ///   - scale: what 1 of them is.
  init(_ moments: Moments, _ histogram: TickHistogram, replications: Int, scale: Double) {
    self.replications = replications
    sum = Double(moments.sum) * scale
    squaredDeviations = moments.squaredDeviations(count: replications) * scale * scale
    least = Double(histogram.minimum ?? 0) * scale
    most = Double(histogram.maximum ?? 0) * scale
  }
}

extension Moments {
  /// Σ (x − mean)², exact to the last whole number: about the whole part q of the mean the squares sum to
  /// Σx² − 2q Σx + n q². Products may exceed 128 bits, the result cannot, so wrapping arithmetic gives it.
  fileprivate func squaredDeviations(count: Int) -> Double {
    guard count > 0 else { return 0 }
    let (whole, rest) = sum.quotientAndRemainder(dividingBy: Int128(count))
    let aboutWhole = squares &- 2 &* whole &* sum &+ Int128(count) &* whole &* whole
    return max(0, Double(aboutWhole) - Double(rest) * (Double(rest) / Double(count)))
  }
}
