/// The interval for the expected sum of the weights of rare events, when their number is Poisson.
///
/// A gamma law takes the place of the normal one: it has the variance of the sum, is never below 0, and leans to the
/// side of a heavy event. For the upper limit one more event is counted, as in Garwood's interval; so it holds where
/// few or none were seen. With weights of 1 the interval is Garwood's. Worked: three events of weight 1 give 0.6187 to
/// 8.7673 at 95 %, as ``poissonInterval(count:confidence:)`` does.
///
/// Source: Fay and Feuer, "Confidence intervals for directly standardized rates: a method based on the gamma
/// distribution", Statistics in Medicine 16 (1997).
///
/// - Parameters:
///   - sum: the weights seen, at least 0.
///   - variance: of the sum, at least 0; for Poisson events the sum of the squared weights.
///   - unseenWeight: the most that one event not seen may weigh, greater than 0.
///   - confidence: between 0 and 1.
public func compoundPoissonInterval(
  sum: Double, variance: Double, unseenWeight: Double, confidence: Double
) -> (low: Double, high: Double) {
  precondition(sum >= 0 && variance >= 0, "a sum of weights and its variance are at least 0")
  precondition(unseenWeight > 0, "an event weighs more than 0")
  preconditionConfidence(confidence)
  let tail = (1 - confidence) / 2
  let high = gammaQuantile(
    mean: sum + unseenWeight, variance: variance + unseenWeight * unseenWeight, tail: tail, isUpper: true)
  guard sum > 0 else { return (0, high) }
  return (gammaQuantile(mean: sum, variance: variance, tail: tail, isUpper: false), high)
}

/// The quantile of a gamma law by its mean and variance; by Wilson and Hilferty's cube root where its shape is large,
/// which is then right to 1 in 10⁸.
private func gammaQuantile(mean: Double, variance: Double, tail: Double, isUpper: Bool) -> Double {
  guard variance > 0 else { return mean }
  let shape = mean / variance * mean
  guard shape > 1e5 else {
    let quantile =
      isUpper
      ? inverseRegularizedGammaQ(shape: shape, q: tail) : inverseRegularizedGammaP(shape: shape, p: tail)
    return quantile * (variance / mean)
  }
  let z = isUpper ? -normalQuantile(tail) : normalQuantile(tail)
  let root = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
  return mean * root * root * root
}
