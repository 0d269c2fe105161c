/// The exact two-sided interval for a probability when `successes` of `trials` succeeded.
///
/// Without a trial it is 0 to 1. Worked: 0 of 10 gives 0 to 0.3085 at 95 %.
///
/// Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the
/// binomial", Biometrika 26 (1934).
///
/// - Parameters:
///   - successes: from 0 to `trials`.
///   - trials: at least 0.
///   - confidence: between 0 and 1.
public func binomialInterval(
  successes: Int, trials: Int, confidence: Double
) -> (low: Double, high: Double) {
  preconditionConfidence(confidence)
  let tail = (1 - confidence) / 2
  return clopperPearson(successes: successes, trials: trials, tail: tail)
}

/// A probability estimated by the share of successes, with its exact interval.
///
/// Two-sided; with no success or no failure seen the whole error lies on the other side, which is the rule of
/// three. Nil without a trial. Worked: 0 of 100 gives 0 to 0.0295 at 95 %.
public func proportionEstimate(successes: Int, trials: Int, confidence: Double) -> Estimate? {
  preconditionConfidence(confidence)
  guard trials > 0 else { return nil }
  let isOneSided = successes == 0 || successes == trials
  let (low, high) = clopperPearson(
    successes: successes, trials: trials, tail: isOneSided ? 1 - confidence : (1 - confidence) / 2)
  return Estimate(
    value: Double(successes) / Double(trials), low: low, high: high, confidence: confidence)
}

/// The limits with the probability `tail` beyond each.
private func clopperPearson(
  successes: Int, trials: Int, tail: Double
) -> (low: Double, high: Double) {
  precondition(successes >= 0 && successes <= trials, "successes lie between 0 and the number of trials")
  let (good, bad) = (Double(successes), Double(trials - successes))
  let low = successes == 0 ? 0 : inverseRegularizedBeta(p: tail, a: good, b: bad + 1)
  let high =
    successes == trials
    ? 1 : inverseBeta(lower: tail, upper: 1 - tail, a: bad, b: good + 1).complement
  return (low, high)
}
