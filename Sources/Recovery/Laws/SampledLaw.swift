public import Stochastics

/// The law of a time or an amount as seen in a seeded sample, with intervals for what is read from it.
public struct SampledLaw: Hashable, Sendable {
  /// The draws in ascending order; ∞ where there was no value.
  public let draws: [Double]
  /// How many draws have a value.
  public let valueCount: Int

  /// The law of these draws, at least one, none NaN; ∞ stands for no value.
  public init(draws: [Double]) {
    precondition(!draws.isEmpty, "a sample has draws")
    self.draws = draws.sorted()
    valueCount = draws.count { $0.isFinite }
  }

  /// The mean of those that have a value, with its Student-t interval; `nil` for fewer than two.
  public func mean(confidence: Double) -> Estimate? {
    guard valueCount > 1 else { return nil }
    // About the median, so that the squares do not cancel.
    let centre = draws[valueCount / 2]
    let deviations = draws.prefix(valueCount).map { $0 - centre }
    let estimate = meanEstimate(
      count: valueCount, sum: deviations.reduce(0, +), sumOfSquares: deviations.reduce(0) { $0 + $1 * $1 },
      confidence: confidence)
    return estimate.map {
      Estimate(
        value: $0.value + centre, low: $0.low + centre, high: $0.high + centre, confidence: confidence)
    }
  }

  /// The value not exceeded with probability `p`, between two draws whose ranks the true one leaves with the
  /// confidence's rest; ∞ where there is no value.
  ///
  /// Ranks n p ± z √(n p (1 − p)). Source: David and Nagaraja, "Order statistics", 2003, section 7.1.
  public func quantile(_ p: Double, confidence: Double) -> Estimate {
    let count = Double(draws.count)
    let spread = normalQuantile((1 + confidence) / 2) * (count * p * (1 - p)).squareRoot()
    return Estimate(
      value: draw(atRank: count * p), low: draw(atRank: count * p - spread),
      high: draw(atRank: count * p + spread + 1), confidence: confidence)
  }

  /// The probability of a value of at most `x`, with its exact binomial interval.
  public func probability(atMost x: Double, confidence: Double) -> Estimate? {
    let below = x < .infinity ? draws.partitioningIndex { $0 > x } : valueCount
    return proportionEstimate(successes: below, trials: draws.count, confidence: confidence)
  }

  private func draw(atRank rank: Double) -> Double {
    draws[min(draws.count, max(1, Int(rank.rounded(.up)))) - 1]
  }
}

extension Array {
  /// The first index of an array sorted by a condition, false before true.
  fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
