/// What is believed of lognormal durations: normal-inverse-gamma for mean and variance of the logarithm.
///
/// 1/σ² is gamma with shape `shape` and exposure `scale`; given σ, μ is normal around `location` with variance σ² /
/// `weight`. Data update it to the same kind.
///
/// Source: Gelman, Carlin, Stern, Dunson, Vehtari and Rubin, "Bayesian data analysis", 2013, section 3.3, whose ν₀ is
/// 2 · `shape` and ν₀ σ₀² 2 · `scale`.
public struct LognormalBelief: Hashable, Sendable {
  /// The expected μ.
  public let location: Double

  /// How many durations the belief about μ is worth.
  public let weight: Double

  /// Half the degrees of freedom of σ².
  public let shape: Double

  /// Half the sum of squares that the belief about σ² is worth.
  public let scale: Double

  /// The reference prior, density ∝ 1/σ²: after n durations the intervals are Student's, as without a prior. No law until
  /// two different durations are in.
  public static let reference = LognormalBelief(unchecked: 0, 0, -0.5, 0)

  private init(unchecked location: Double, _ weight: Double, _ shape: Double, _ scale: Double) {
    (self.location, self.weight, self.shape, self.scale) = (location, weight, shape, scale)
  }

  /// The belief that durations have about this median and σ.
  ///
  /// - Parameters:
  ///   - median: greater than 0.
  ///   - sigma: the standard deviation of the logarithm that is expected, √(scale / shape), greater than 0.
  ///   - worth: how many durations the belief counts as, greater than 0.
  public init(median: Double, sigma: Double, worth: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(median, "the prior median of the durations")
    try InvalidParameter.requirePositive(sigma, "the prior sigma of the durations")
    try InvalidParameter.requirePositive(worth, "the number of durations a prior is worth")
    self.init(unchecked: portableLog(median), worth, worth / 2, worth / 2 * sigma * sigma)
  }

  /// The belief after more durations.
  ///
  /// - Parameter durations: each greater than 0 and finite; zeros have no logarithm.
  public func updated(durations: [Double]) throws(InvalidParameter) -> LognormalBelief {
    for duration in durations { try InvalidParameter.requirePositive(duration, "a duration") }
    guard !durations.isEmpty else { return self }
    let n = Double(durations.count)
    let logs = durations.map { portableLog($0) }
    let mean = logs.reduce(0, +) / n
    let squares = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let away = mean - location
    return LognormalBelief(
      unchecked: (weight * location + n * mean) / (weight + n), weight + n, shape + n / 2,
      scale + squares / 2 + weight * n * away * away / (2 * (weight + n)))
  }

  /// Whether this is a law: with the reference prior, after two different durations.
  public var isProper: Bool { weight > 0 && shape > 0 && scale > 0 }

  private func preconditionProper() {
    precondition(isProper, "a prior without data is no law yet; update it with durations")
  }
}

extension LognormalBelief {
  /// The median duration with the interval that leaves as much probability on each side: Student's t for μ.
  public func medianEstimate(confidence: Double) -> Estimate {
    preconditionProper()
    preconditionConfidence(confidence)
    let half = studentTQuantile((1 + confidence) / 2, degreesOfFreedom: 2 * shape) * spread(1 / weight)
    return Estimate(
      value: portableExp(location), low: portableExp(location - half), high: portableExp(location + half),
      confidence: confidence)
  }

  /// The median of σ with the interval that leaves as much probability on each side.
  public func sigmaEstimate(confidence: Double) -> Estimate {
    preconditionProper()
    preconditionConfidence(confidence)
    func sigma(_ precision: Double) -> Double { (scale / precision).squareRoot() }
    let tail = (1 - confidence) / 2
    return Estimate(
      value: sigma(inverseRegularizedGammaP(shape: shape, p: 0.5)),
      low: sigma(inverseRegularizedGammaQ(shape: shape, q: tail)),
      high: sigma(inverseRegularizedGammaP(shape: shape, p: tail)), confidence: confidence)
  }

  /// The length that the next duration does not exceed with probability `p`, the uncertainty of μ and σ included.
  ///
  /// The next duration's logarithm is Student's t. Its own mean is infinite, so there is none to give.
  ///
  /// - Parameter p: above 0 and below 1.
  public func predictiveQuantile(_ p: Double) -> Double {
    preconditionProper()
    precondition(p > 0 && p < 1, "a quantile lies between 0 and 1")
    return portableExp(
      location + studentTQuantile(p, degreesOfFreedom: 2 * shape) * spread(1 + 1 / weight))
  }

  /// The probability that the next duration is above this one.
  public func predictiveSurvival(_ duration: Double) -> Double {
    preconditionProper()
    if duration <= 0 { return 1 }
    let t = (portableLog(duration) - location) / spread(1 + 1 / weight)
    return studentTSurvival(t, degreesOfFreedom: 2 * shape)
  }

  /// A draw of the law of durations.
  public func sample(using stream: inout RandomStream) throws(InvalidParameter) -> Lognormal {
    preconditionProper()
    let sigma = (scale / stream.standardGamma(shape: shape)).squareRoot()
    return try Lognormal(
      mu: location + sigma / weight.squareRoot() * stream.standardNormal(), sigma: sigma)
  }

  private func spread(_ factor: Double) -> Double { (scale / shape * factor).squareRoot() }
}
