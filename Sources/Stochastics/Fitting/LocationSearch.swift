/// The location of a Weibull law with three parameters: where the likelihood, with shape and scale at their best, has
/// its highest local maximum.
///
/// The likelihood is unbounded as the location approaches the smallest failure with a shape below 1, so the largest
/// value is no answer; the local maximum before is the usual one, and there need not be any. The location is at least
/// 0, as no lifetime is negative; 0 itself is the answer where the likelihood falls from there.
///
/// Source: Smith and Naylor, "A comparison of maximum likelihood and Bayesian estimators for the three-parameter
/// Weibull distribution", Applied Statistics 36 (1987).
struct LocationSearch {
  private let sample: CensoredSample
  private let smallest: Double

  /// - Parameter sample: at least one failure.
  init(_ sample: CensoredSample) {
    self.sample = sample
    smallest = sample.times[..<sample.failureRows].min() ?? 0
  }

  /// The location of the highest local maximum.
  func best() throws(NoMaximum) -> Double {
    // The distance to the smallest failure in steps of half a power of e, from the location 0 to a billionth of it.
    let logGaps = (0...41).map { portableLog(smallest) - 0.5 * Double($0) }
    let values = logGaps.map(profile(logGap:))
    if values[0] == -.infinity { _ = try WeibullLikelihood(times: LogTimes(sample)).peak() }
    var peaks: [(logGap: Double, value: Double)] = []
    if values[0] > values[1] { peaks.append((logGaps[0], values[0])) }
    for index in 1..<41 where values[index] >= values[index - 1] && values[index] > values[index + 1] {
      if let peak = refined(logGaps[index]) { peaks.append(peak) }
    }
    guard let highest = peaks.max(by: { $0.value < $1.value }) else { throw .unboundedAtSmallestTime }
    return max(0, smallest - portableExp(highest.logGap))
  }

  private func refined(_ logGap: Double) -> (logGap: Double, value: Double)? {
    let found = unimodalMaximum(
      start: logGap, step: 0.25, bounds: (logGap - 0.5)...min(logGap + 0.5, portableLog(smallest)), profile)
    return found.map { ($0.argument, $0.value) }
  }

  /// The log-likelihood at the best shape and scale for a distance of the location to the smallest failure.
  private func profile(logGap: Double) -> Double {
    value(logGap >= portableLog(smallest) ? 0 : max(0, smallest - portableExp(logGap)))
  }

  /// The log-likelihood at the best shape and scale for a location; −∞ where these have no best.
  func value(_ location: Double) -> Double {
    guard location < smallest else { return -.infinity }
    let times = LogTimes(sample, location: location)
    let peak = try? WeibullLikelihood(times: times).peak()
    return peak.map { $0.value + times.jacobian } ?? -.infinity
  }
}
