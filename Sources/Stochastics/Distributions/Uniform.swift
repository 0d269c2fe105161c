/// Every value between two bounds equally likely.
public struct Uniform: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "uniform"

  /// The smallest value.
  public let minimum: Double

  /// The largest value.
  public let maximum: Double

  /// The law between `minimum`, at least 0, and `maximum`, above it.
  public init(minimum: Double, maximum: Double) throws(InvalidParameter) {
    try InvalidParameter.requireNonNegative(minimum, "the uniform minimum")
    guard maximum > minimum, maximum.isFinite else {
      throw InvalidParameter(
        message: "the uniform maximum is \(plain(maximum)) and the minimum \(plain(minimum)); "
          + "the maximum must be greater than the minimum")
    }
    self.init(validMinimum: minimum, maximum: maximum)
    try InvalidParameter.requireFiniteMoments(self)
  }

  private init(validMinimum minimum: Double, maximum: Double) {
    self.minimum = minimum
    self.maximum = maximum
  }

  private var width: Double { maximum - minimum }

  /// The middle.
  public var mean: Double { minimum + width / 2 }

  /// width² / 12.
  public var variance: Double { width * width / 12 }

  /// The part of the width above `x`.
  public func survival(_ x: Double) -> Double { min(1, max(0, (maximum - x) / width)) }

  /// The bounds.
  public var kinks: [Double] { [minimum, maximum] }

  /// 1 / width between the bounds.
  public func density(_ x: Double) -> Double { x >= minimum && x <= maximum ? 1 / width : 0 }

  /// minimum + p · width.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return min(maximum, minimum + p * width)
  }

  /// A draw by inversion.
  public func sample(using stream: inout RandomStream) -> Double { maximum - stream.uniform() * width }

  /// A draw by inversion of (x² − minimum²) / (maximum² − minimum²).
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    (maximum * maximum - stream.uniform() * width * (maximum + minimum)).squareRoot()
  }

  /// The uniform law with `factor` times both bounds.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Uniform(validMinimum: minimum * factor, maximum: maximum * factor)
  }

  /// For example `uniform from 1 to 4`.
  public var description: String { "uniform from \(plain(minimum)) to \(plain(maximum))" }
}
