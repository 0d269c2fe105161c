/// The law of a non-negative random quantity such as a lifetime or a duration.
///
/// Values are plain numbers; the caller settles the unit. Every parameter is validated by the initialisers,
/// so mean and variance are finite and a value of any conforming type can be used without a check.
///
/// A new distribution is one file in this folder and one line in ``Distributions/all``.
///
/// Sampling never calls libm, so the same stream gives the same draws on every CPU. Where a draw is made by
/// inversion, a uniform is a probability of survival: a larger uniform gives a smaller draw, for all of them.
public protocol Distribution: Sendable, CustomStringConvertible {
  /// The word for this law in a model, for example `weibull`.
  static var kind: String { get }

  /// The expected value.
  var mean: Double { get }

  /// The expected squared distance from the mean.
  var variance: Double { get }

  /// The probability of a value above `x`; 1 for a negative x.
  func survival(_ x: Double) -> Double

  /// The probability density at `x`; values of positive probability have none and count as 0.
  func density(_ x: Double) -> Double

  /// The values of positive probability, with it, ascending.
  var atoms: [(value: Double, probability: Double)] { get }

  /// Where the density is not smooth, ascending; atoms are not among them.
  var kinks: [Double] { get }

  /// The smallest value that is not exceeded with probability `p`, from 0 to 1; ∞ at 1 where there is no
  /// bound.
  func quantile(_ p: Double) -> Double

  /// A draw.
  func sample(using stream: inout RandomStream) -> Double

  /// A draw of the whole interval that covers a random instant: from the density x f(x) / mean.
  ///
  /// Source: Cox, "Renewal theory", 1962, section 5.4.
  func lengthBiasedSample(using stream: inout RandomStream) -> Double

  /// A draw of what is left of the interval at a random instant: from the density S(x) / mean.
  ///
  /// Source: Cox 1962, section 5.1: a uniform part of the covering interval.
  func residualSample(using stream: inout RandomStream) -> Double

  /// The law of `factor` times this quantity.
  ///
  /// - Precondition: `factor` is finite and greater than 0.
  func scaled(by factor: Double) -> any Distribution
}

extension Distribution {
  /// None.
  public var atoms: [(value: Double, probability: Double)] { [] }

  /// 0, where the density begins.
  public var kinks: [Double] { [0] }

  /// A uniform part of a length-biased draw.
  public func residualSample(using stream: inout RandomStream) -> Double {
    lengthBiasedSample(using: &stream) * stream.uniform()
  }

  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }
}

/// Stops the program on a factor no quantity can be multiplied by.
func preconditionValidFactor(_ factor: Double) {
  precondition(factor > 0 && factor.isFinite, "the factor must be finite and greater than 0")
}

/// Stops the program on what is no probability.
func preconditionProbability(_ p: Double) {
  precondition(p >= 0 && p <= 1, "a probability lies between 0 and 1")
}
