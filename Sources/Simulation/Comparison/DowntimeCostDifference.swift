internal import Quantities
internal import ServiceModel
internal import Stochastics

/// What downtime costs under two designs, which may put different prices on it.
struct DowntimeCostDifference {
  /// Money for an hour of downtime.
  let basePerHour: Double
  let otherPerHour: Double

  /// The prices of a pair; `nil` when one has none, or they are in different currencies.
  init?(base: MoneyRate?, other: MoneyRate?) {
    guard let base, let other, base.amount.currency == other.amount.currency else { return nil }
    basePerHour = base.perHour
    otherPerHour = other.perHour
  }

  /// Other minus base: the mean cost of a replication; `nil` when none differed.
  ///
  /// With downtimes X of the base and Y of the other, b Y − a X = b Z + (b − a) X for Z = Y − X, whose variance is
  /// b² var Z + (b − a)² var X + 2 b (b − a) cov(Z, X), and cov(Z, X) = (var Y − var X − var Z) / 2.
  func estimate(
    base: Moments, other: Moments, difference: Moments, count: Int, confidence: Double
  ) -> Estimate? {
    let hour = Ticks.hours(1)
    if basePerHour == otherPerHour {
      return difference.difference(count: count, scale: hour * otherPerHour, confidence: confidence)
    }
    guard base.sum > 0 || other.sum > 0, let x = base.variance(count: count),
      let y = other.variance(count: count), let z = difference.variance(count: count)
    else { return nil }
    let rest = otherPerHour - basePerHour
    let variance =
      otherPerHour * otherPerHour * z + rest * rest * x + otherPerHour * rest * (y - x - z)
    let mean = (otherPerHour * Double(difference.sum) + rest * Double(base.sum)) / Double(count)
    let squares = max(0, variance) * Double(count) + mean * mean * Double(count)
    return meanEstimate(
      count: count, sum: mean * Double(count), sumOfSquares: squares, confidence: confidence)?
      .multiplied(by: hour)
  }
}
