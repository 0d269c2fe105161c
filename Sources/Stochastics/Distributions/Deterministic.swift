/// Always the same value.
public struct Deterministic: Distribution, Hashable {
  /// The word for this law in a model.
  public static let kind = "deterministic"

  /// Always 0.
  public static let zero = Deterministic(valid: 0)

  /// The value; 0 is allowed.
  public let value: Double

  /// The law that always gives `value`, at least 0.
  public init(value: Double) throws(InvalidParameter) {
    try InvalidParameter.requireNonNegative(value, "the fixed value")
    self.init(valid: value)
  }

  private init(valid value: Double) {
    self.value = value
  }

  /// The value.
  public var mean: Double { value }

  /// 0.
  public var variance: Double { 0 }

  /// 1 below the value, 0 from it on.
  public func survival(_ x: Double) -> Double { x < value ? 1 : 0 }

  /// 0: all probability lies in one point.
  public func density(_ x: Double) -> Double { 0 }

  /// The value, with all of the probability.
  public var atoms: [(value: Double, probability: Double)] { [(value, 1)] }

  /// None: there is no density.
  public var kinks: [Double] { [] }

  /// The value.
  public func quantile(_ p: Double) -> Double {
    preconditionProbability(p)
    return value
  }

  /// The value; takes no random number.
  public func sample(using stream: inout RandomStream) -> Double { value }

  /// The value: every interval is alike.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double { value }

  /// The law of `factor` times the value.
  public func scaled(by factor: Double) -> any Distribution {
    preconditionValidFactor(factor)
    return Deterministic(valid: value * factor)
  }

  /// For example `always 4`.
  public var description: String { "always \(plain(value))" }
}
