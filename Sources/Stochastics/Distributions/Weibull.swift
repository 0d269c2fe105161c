/// The Weibull law: S(x) = exp(−(x / scale)^shape), with a hazard that falls with age for a shape below 1 and
/// rises for one above.
///
/// Source: Rinne, "The Weibull distribution: a handbook", 2009, sections 1.1 and 2.9.
public struct Weibull: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "weibull"

  /// The shape, often β: 1 is the exponential law.
  public let shape: Double

  /// The scale, often η: 63.2 % of the values lie below it.
  public let scale: Double

  /// scale · Γ(1 + 1/shape).
  public let mean: Double

  /// scale² · (Γ(1 + 2/shape) − Γ(1 + 1/shape)²).
  public let variance: Double

  /// The law with this shape and scale, both greater than 0.
  public init(shape: Double, scale: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(shape, "the Weibull shape")
    try InvalidParameter.requirePositive(scale, "the Weibull scale")
    self.init(validShape: shape, scale: scale)
    try InvalidParameter.requireFiniteMoments(self)
  }

  /// The law with this shape and mean, both greater than 0.
  public init(shape: Double, mean: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(shape, "the Weibull shape")
    try InvalidParameter.requirePositive(mean, "the Weibull mean")
    self.init(validShape: shape, scale: mean / gammaFunction(1 + 1 / shape))
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validShape shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
    let first = logGamma(1 + 1 / shape)
    let second = logGamma(1 + 2 / shape)
    mean = scale * portableExp(first)
    let excess = second.isFinite ? portableExpm1(second - 2 * first) : .infinity
    variance = mean * mean * max(0, excess)
  }

  /// exp(−(x / scale)^shape).
  public func survival(_ x: Double) -> Double {
    x <= 0 ? 1 : portableExp(-portablePower(x / scale, shape))
  }

  /// (shape / scale) (x / scale)^(shape − 1) exp(−(x / scale)^shape); ∞ at 0 for a shape below 1.
  public func density(_ x: Double) -> Double {
    guard x >= 0, x.isFinite else { return 0 }
    let ratio = x / scale
    let power = portablePower(ratio, shape)
    guard power.isFinite else { return 0 }
    return shape / scale * portablePower(ratio, shape - 1) * portableExp(-power)
  }

  /// scale · (−log(1 − p))^(1/shape).
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return scale * portablePower(-portableLog1p(-p), 1 / shape)
  }

  /// A draw by inversion, scale · (−log u)^(1/shape).
  public func sample(using stream: inout RandomStream) -> Double {
    scale * portablePower(stream.standardExponential(), 1 / shape)
  }

  /// A draw of scale · G^(1/shape), G gamma with shape 1 + 1/shape.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    scale * portablePower(stream.standardGamma(shape: 1 + 1 / shape), 1 / shape)
  }

  /// The Weibull law with the same shape and `factor` times the scale.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Weibull(validShape: shape, scale: scale * factor)
  }

  /// For example `Weibull with shape 2 and scale 100`.
  public var description: String { "Weibull with shape \(plain(shape)) and scale \(plain(scale))" }
}
