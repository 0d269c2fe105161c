/// The lognormal law: the logarithm is normal with mean μ and standard deviation σ.
///
/// Source: Johnson, Kotz and Balakrishnan, "Continuous univariate distributions", volume 1, 1994, chapter 14.
public struct Lognormal: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "lognormal"

  /// The mean of the logarithm, the logarithm of the median.
  public let mu: Double

  /// The standard deviation of the logarithm.
  public let sigma: Double

  /// The law whose logarithm has this mean (any number) and standard deviation (greater than 0).
  public init(mu: Double, sigma: Double) throws(InvalidParameter) {
    try InvalidParameter.requireFinite(mu, "the lognormal mu")
    try InvalidParameter.requirePositive(sigma, "the lognormal sigma")
    self.init(validMu: mu, sigma: sigma)
    try InvalidParameter.requireFiniteMoments(self)
  }

  /// The law with this median, greater than 0, and this 90th percentile, above the median.
  ///
  /// σ = log(p90 / median) / 1.281552.
  public init(median: Double, p90: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(median, "the lognormal median")
    guard p90 > median, p90.isFinite else {
      throw InvalidParameter(
        message: "the lognormal p90 is \(plain(p90)) and the median \(plain(median)); "
          + "the p90 must be greater than the median")
    }
    let mu = portableLog(median)
    try self.init(mu: mu, sigma: portableLog1p((p90 - median) / median) / 1.2815515655446004)
  }

  /// The law with this mean and standard deviation, both greater than 0.
  ///
  /// σ² = log(1 + (standard deviation / mean)²), μ = log mean − σ²/2.
  public init(mean: Double, standardDeviation: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(mean, "the lognormal mean")
    try InvalidParameter.requirePositive(standardDeviation, "the lognormal standard deviation")
    let variation = standardDeviation / mean
    let sigmaSquared = portableLog1p(variation * variation)
    try self.init(mu: portableLog(mean) - sigmaSquared / 2, sigma: sigmaSquared.squareRoot())
  }

  /// The law with this median, greater than 0, and this error factor, the ratio of the 95th percentile to the
  /// median, greater than 1.
  ///
  /// σ = log(error factor) / 1.644854. Source: NUREG/CR-6823, "Handbook of parameter estimation for
  /// probabilistic risk assessment", 2003, appendix A.7.3.
  public init(median: Double, errorFactor: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(median, "the lognormal median")
    guard errorFactor > 1, errorFactor.isFinite else {
      throw InvalidParameter(
        message: "the lognormal error factor is \(plain(errorFactor)); it is the 95th percentile divided by "
          + "the median and must be greater than 1")
    }
    try self.init(mu: portableLog(median), sigma: portableLog(errorFactor) / 1.6448536269514722)
  }

  private init(validMu mu: Double, sigma: Double) {
    self.mu = mu
    self.sigma = sigma
  }

  /// exp(μ).
  public var median: Double { portableExp(mu) }

  /// exp(μ + σ²/2).
  public var mean: Double { portableExp(mu + sigma * sigma / 2) }

  /// mean² (exp(σ²) − 1).
  public var variance: Double { mean * mean * portableExpm1(sigma * sigma) }

  /// 1 − Φ((log x − μ) / σ).
  public func survival(_ x: Double) -> Double {
    x <= 0 ? 1 : normalSurvival((portableLog(x) - mu) / sigma)
  }

  /// φ((log x − μ) / σ) / (σ x).
  public func density(_ x: Double) -> Double {
    guard x > 0, x.isFinite else { return 0 }
    return normalDensity((portableLog(x) - mu) / sigma) / sigma / x
  }

  /// exp(μ + σ z), z the normal quantile of p.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return portableExp(mu + sigma * normalQuantile(p))
  }

  /// A draw by inversion.
  public func sample(using stream: inout RandomStream) -> Double {
    portableExp(mu + sigma * stream.standardNormal())
  }

  /// A draw from the lognormal law with μ + σ² in place of μ.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    portableExp(mu + sigma * (sigma + stream.standardNormal()))
  }

  /// The lognormal law with μ + log(factor).
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Lognormal(validMu: mu + portableLog(factor), sigma: sigma)
  }

  /// For example `lognormal with median 2 and sigma 0.7`.
  public var description: String {
    "lognormal with median \(plain(median)) and sigma \(plain(sigma))"
  }
}
