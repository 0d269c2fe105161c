/// The exponential law: a constant hazard, so age makes no difference.
public struct Exponential: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "exponential"

  /// The expected value, the reciprocal of the rate.
  public let mean: Double

  /// The law with this mean, greater than 0.
  public init(mean: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(mean, "the exponential mean")
    self.init(valid: mean)
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(valid mean: Double) {
    self.mean = mean
  }

  /// The square of the mean.
  public var variance: Double { mean * mean }

  /// exp(−x / mean).
  public func survival(_ x: Double) -> Double { x <= 0 ? 1 : portableExp(-x / mean) }

  /// exp(−x / mean) / mean.
  public func density(_ x: Double) -> Double { x < 0 ? 0 : portableExp(-x / mean) / mean }

  /// −mean · log(1 − p).
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return -mean * portableLog1p(-p)
  }

  /// A draw by inversion, −mean · log u.
  public func sample(using stream: inout RandomStream) -> Double { mean * stream.standardExponential() }

  /// A draw from the gamma law with shape 2, a sum of two draws.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    mean * (stream.standardExponential() + stream.standardExponential())
  }

  /// A plain draw: what is left is distributed like the whole.
  public func residualSample(using stream: inout RandomStream) -> Double { sample(using: &stream) }

  /// The exponential law with `factor` times the mean.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Exponential(valid: mean * factor)
  }

  /// For example `exponential with mean 720`.
  public var description: String { "exponential with mean \(plain(mean))" }
}
