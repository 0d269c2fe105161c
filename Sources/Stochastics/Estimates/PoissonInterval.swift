/// The exact two-sided interval for the expected number of events when `count` were seen.
///
/// With no event the lower limit is 0 and the upper −log((1 − confidence) / 2). Worked: 12 events give 6.20
/// to 20.96 at 95 %.
///
/// Source: Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
///
/// - Parameters:
///   - count: at least 0.
///   - confidence: between 0 and 1.
public func poissonInterval(count: Int, confidence: Double) -> (low: Double, high: Double) {
  precondition(count >= 0, "a number of events is at least 0")
  preconditionConfidence(confidence)
  let tail = (1 - confidence) / 2
  let low = count == 0 ? 0 : inverseRegularizedGammaP(shape: Double(count), p: tail)
  return (low, inverseRegularizedGammaQ(shape: Double(count) + 1, q: tail))
}

/// The exact one-sided upper limit for the expected number of events when `count` were seen.
///
/// With no event this is the rule of three: −log(1 − confidence), 2.996 at 95 %.
///
/// Source: Garwood 1936; for no event Hanley and Lippman-Hand, "If nothing goes wrong, is everything all
/// right?", JAMA 249 (1983).
public func poissonUpperLimit(count: Int, confidence: Double) -> Double {
  precondition(count >= 0, "a number of events is at least 0")
  preconditionConfidence(confidence)
  return inverseRegularizedGammaQ(shape: Double(count) + 1, q: 1 - confidence)
}

/// The rate of events over an exposure, with its exact interval.
///
/// Two-sided when events were seen; with none, the low limit is 0 and the high one the rule of three.
///
/// - Parameters:
///   - count: at least 0.
///   - exposure: greater than 0, for example in hours; the rate is per that unit.
///   - confidence: between 0 and 1.
public func rateEstimate(count: Int, exposure: Double, confidence: Double) -> Estimate {
  precondition(exposure > 0, "an exposure is greater than 0")
  guard count > 0 else {
    let high = poissonUpperLimit(count: count, confidence: confidence) / exposure
    return Estimate(value: 0, low: 0, high: high, confidence: confidence)
  }
  let (low, high) = poissonInterval(count: count, confidence: confidence)
  return Estimate(
    value: Double(count) / exposure, low: low / exposure, high: high / exposure, confidence: confidence)
}
