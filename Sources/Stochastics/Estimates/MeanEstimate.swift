/// The mean of observations with its Student-t interval; nil for fewer than two, which show no spread.
///
/// Worked: 1, 2 and 3 (count 3, sum 6, sum of squares 14) have the mean 2, at 95 % from −0.484 to 4.484.
///
/// Source: Law, "Simulation modeling and analysis", 2015, equation (4.12).
///
/// - Parameters:
///   - count: the number of independent observations.
///   - sum: their sum.
///   - sumOfSquares: the sum of their squares; it loses digits when the spread is far smaller than the mean.
///   - confidence: between 0 and 1.
public func meanEstimate(
  count: Int, sum: Double, sumOfSquares: Double, confidence: Double
) -> Estimate? {
  guard count > 1 else { return nil }
  let mean = sum / Double(count)
  let deviations = max(0, sumOfSquares - sum * mean)
  return meanEstimate(count: count, mean: mean, squaredDeviations: deviations, confidence: confidence)
}

/// The mean of observations counted in whole ticks, with its Student-t interval; nil for fewer than two.
///
/// The squared deviations are exact to the last tick, so the interval does not depend on the order or the
/// grouping in which the totals were made.
///
/// - Parameters:
///   - count: the number of independent observations.
///   - tickSum: the sum of the observations in ticks.
///   - tickSumOfSquares: the sum of the squared ticks.
///   - scale: the length of a tick in the unit of the estimate, for example 2⁻²⁰ h.
///   - confidence: between 0 and 1.
public func meanEstimate(
  count: Int, tickSum: Int128, tickSumOfSquares: Int128, scale: Double, confidence: Double
) -> Estimate? {
  guard count > 1 else { return nil }
  // About the whole part q of the mean the squares sum to Σx² − 2q Σx + n q². Intermediate products may
  // exceed 128 bits, the result cannot, so wrapping arithmetic gives it exactly.
  let (whole, rest) = tickSum.quotientAndRemainder(dividingBy: Int128(count))
  let aboutWhole =
    tickSumOfSquares &- 2 &* whole &* tickSum &+ Int128(count) &* whole &* whole
  let fraction = Double(rest) / Double(count)
  let deviations = max(0, Double(aboutWhole) - Double(rest) * fraction)
  return meanEstimate(
    count: count, mean: (Double(whole) + fraction) * scale,
    squaredDeviations: deviations * scale * scale, confidence: confidence)
}

private func meanEstimate(
  count: Int, mean: Double, squaredDeviations: Double, confidence: Double
) -> Estimate {
  preconditionConfidence(confidence)
  let degreesOfFreedom = Double(count - 1)
  let standardError = (squaredDeviations / degreesOfFreedom / Double(count)).squareRoot()
  let t = studentTQuantile((1 + confidence) / 2, degreesOfFreedom: degreesOfFreedom)
  return Estimate(
    value: mean, low: mean - t * standardError, high: mean + t * standardError, confidence: confidence)
}
