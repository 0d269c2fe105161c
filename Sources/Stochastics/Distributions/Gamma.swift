/// The gamma law; for a whole shape, the sum of that many exponential stages.
///
/// Source: Johnson, Kotz and Balakrishnan, "Continuous univariate distributions", volume 1, 1994, chapter 17.
public struct Gamma: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "gamma"

  /// The shape: 1 is the exponential law.
  public let shape: Double

  /// The scale, mean / shape.
  public let scale: Double

  /// The law with this shape and scale, both greater than 0.
  public init(shape: Double, scale: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(shape, "the gamma shape")
    try InvalidParameter.requirePositive(scale, "the gamma scale")
    self.init(validShape: shape, scale: scale)
    try InvalidParameter.requireFiniteMoments(self)
  }

  /// The law with this shape and mean, both greater than 0.
  public init(shape: Double, mean: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(shape, "the gamma shape")
    try InvalidParameter.requirePositive(mean, "the gamma mean")
    self.init(validShape: shape, scale: mean / shape)
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validShape shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  /// shape · scale.
  public var mean: Double { shape * scale }

  /// shape · scale².
  public var variance: Double { shape * scale * scale }

  /// The regularised upper incomplete gamma function of x / scale.
  public func survival(_ x: Double) -> Double { regularizedGammaQ(shape: shape, x: x / scale) }

  /// (x / scale)^(shape − 1) exp(−x / scale) / (scale · Γ(shape)); ∞ at 0 for a shape below 1.
  public func density(_ x: Double) -> Double {
    guard x >= 0, x.isFinite else { return 0 }
    if x == 0 { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
    return poissonMass(shape, x / scale) * shape / x
  }

  /// scale times the inverse of the regularised lower incomplete gamma function.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return scale * inverseRegularizedGammaP(shape: shape, p: p)
  }

  /// A draw by rejection; it takes a varying number of uniforms.
  public func sample(using stream: inout RandomStream) -> Double {
    scale * stream.standardGamma(shape: shape)
  }

  /// A draw from the gamma law with shape + 1.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    scale * stream.standardGamma(shape: shape + 1)
  }

  /// The gamma law with the same shape and `factor` times the scale.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Gamma(validShape: shape, scale: scale * factor)
  }

  /// For example `gamma with shape 2 and scale 1.5`.
  public var description: String { "gamma with shape \(plain(shape)) and scale \(plain(scale))" }
}
