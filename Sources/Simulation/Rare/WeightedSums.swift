internal import Stochastics

/// Weighted shares and outages as they add up.
struct WeightedSums: Sendable {
  private var count = 0
  private var hits = 0
  private var share = WeightedSum()
  private var outages = WeightedSum()

  mutating func add(_ window: ForcedWindow) {
    count += 1
    guard window.weight > 0 else { return }
    if window.share > 0 { hits += 1 }
    share.add(window.weight * window.share)
    outages.add(window.weight * Double(window.outages))
  }

  func estimate(
    name: String, hours: Double, confidence: Double, ways: FailureWays
  ) -> RareEstimate {
    RareEstimate(
      name: name, unavailability: share.mean(count: count, confidence: confidence),
      outagesPerYear: outages.mean(count: count, confidence: confidence)?.multiplied(by: 8760 / hours),
      replications: count, hits: hits, effectiveHits: share.effectiveCount,
      ways: ways.minimalCount, unseenShare: ways.unseenShare)
  }
}

/// What weighted windows add up to.
struct WeightedSum: Sendable {
  private var sum = 0.0
  private var squares = 0.0
  private var most = 0.0

  /// With fewer equal weights the normal law leans to the wrong side.
  private static let enough = 100.0
  /// So many times heavier than any seen may a window be that was not, where few were.
  private static let mostTimesSeen = 10.0

  mutating func add(_ value: Double) {
    sum += value
    squares += value * value
    most = max(most, value)
  }

  /// As many equal weights would give the same variance.
  var effectiveCount: Double { squares > 0 ? sum * sum / squares : 0 }

  /// The mean over windows; `nil` when none had any.
  ///
  /// Of few hits by the gamma law of a compound Poisson sum, with one more that may be heavier than any seen: a normal
  /// interval would go below 0, and too seldom far enough up.
  func mean(count: Int, confidence: Double) -> Estimate? {
    guard sum > 0 else { return nil }
    guard effectiveCount < WeightedSum.enough else {
      return meanEstimate(count: count, sum: sum, sumOfSquares: squares, confidence: confidence)
    }
    let times = min(WeightedSum.mostTimesSeen, WeightedSum.enough / effectiveCount)
    let limits = compoundPoissonInterval(
      sum: sum, variance: squares, unseenWeight: times * most, confidence: confidence)
    let windows = Double(count)
    return Estimate(
      value: sum / windows, low: limits.low / windows, high: limits.high / windows, confidence: confidence)
  }
}
