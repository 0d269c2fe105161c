/// The PERT law: a beta law between two bounds, set by an expert's minimum, likeliest and maximum value.
///
/// Source: Malcolm, Roseboom, Clark and Fazar, "Application of a technique for research and development
/// program evaluation", Operations Research 7 (1959); λ after Vose, "Risk analysis", 2008, section III.7.2.
public struct PERT: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "pert"

  /// The smallest value.
  public let minimum: Double

  /// The likeliest value.
  public let mode: Double

  /// The largest value.
  public let maximum: Double

  /// The weight of the mode in the mean, (minimum + λ · mode + maximum) / (λ + 2).
  public let lambda: Double

  /// The law with 0 ≤ minimum ≤ mode ≤ maximum, minimum < maximum and λ > 0, usually 4.
  public init(
    minimum: Double, mode: Double, maximum: Double, lambda: Double = 4
  ) throws(InvalidParameter) {
    try InvalidParameter.requireThreePoints("PERT", minimum, mode, maximum)
    try InvalidParameter.requirePositive(lambda, "the PERT lambda")
    self.init(validMinimum: minimum, mode: mode, maximum: maximum, lambda: lambda)
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validMinimum minimum: Double, mode: Double, maximum: Double, lambda: Double) {
    self.minimum = minimum
    self.mode = mode
    self.maximum = maximum
    self.lambda = lambda
  }

  private var width: Double { maximum - minimum }

  /// The first shape of the beta law, 1 + λ (mode − minimum) / width.
  package var alpha: Double { 1 + lambda * ((mode - minimum) / width) }

  /// The second shape of the beta law, 1 + λ (maximum − mode) / width.
  package var beta: Double { 1 + lambda * ((maximum - mode) / width) }

  /// (minimum + λ · mode + maximum) / (λ + 2).
  public var mean: Double { minimum + width * (alpha / (lambda + 2)) }

  /// (mean − minimum) (maximum − mean) / (λ + 3).
  public var variance: Double { (mean - minimum) * (maximum - mean) / (lambda + 3) }

  /// The upper tail of the beta law.
  public func survival(_ x: Double) -> Double {
    regularizedBeta(x: (maximum - x) / width, complement: (x - minimum) / width, a: beta, b: alpha)
  }

  /// The bounds.
  public var kinks: [Double] { [minimum, maximum] }

  /// The density of the beta law over the width.
  public func density(_ x: Double) -> Double {
    let (below, above) = (x - minimum, maximum - x)
    guard below >= 0, above >= 0 else { return 0 }
    if below == 0 { return alpha == 1 ? beta / width : 0 }
    if above == 0 { return beta == 1 ? alpha / width : 0 }
    return betaFactor(below / width, above / width, alpha, beta) * (width / below) / above
  }

  /// The quantile of the beta law, stretched.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    let point = inverseBeta(lower: p, upper: 1 - p, a: alpha, b: beta)
    return point.x < 0.5 ? minimum + width * point.x : maximum - width * point.complement
  }

  /// A draw from two gamma draws; it takes a varying number of uniforms.
  public func sample(using stream: inout RandomStream) -> Double {
    minimum + width * stream.beta(alpha, beta)
  }

  /// A draw from the plain law in minimum of mean cases, else with the first shape one larger.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    if stream.uniform() * mean < minimum { return sample(using: &stream) }
    return minimum + width * stream.beta(alpha + 1, beta)
  }

  /// The PERT law with `factor` times the three points.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return PERT(
      validMinimum: minimum * factor, mode: mode * factor, maximum: maximum * factor, lambda: lambda)
  }

  /// For example `PERT from 1 over 2 to 6`.
  public var description: String {
    let points = "PERT from \(plain(minimum)) over \(plain(mode)) to \(plain(maximum))"
    return lambda == 4 ? points : points + " with lambda \(plain(lambda))"
  }
}
