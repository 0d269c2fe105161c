/// The likelihood of a law with a scale and one shape, given a censored sample.
///
/// Both parameters are taken as logarithms, a = log(scale / largest time) and s = log(shape), so that no step leaves
/// their range. The density is that of the logarithm of a time; ``LogTimes/jacobian`` is what the density of the time
/// itself adds.
protocol ScaleFamilyLikelihood: Sendable {
  /// The logarithms of the sample.
  var times: LogTimes { get }

  /// Whether the law has no shape but its scale alone; the shape is then left at 1.
  var hasFixedShape: Bool { get }

  /// The log-likelihood; −∞ or not a number where the parameters make the sample impossible.
  func value(logScale: Double, logShape: Double) -> Double

  /// The log scale of the largest likelihood for a shape.
  func bestLogScale(logShape: Double) -> Double

  /// Where the likelihood is largest.
  func peak() throws(NoMaximum) -> LikelihoodPeak

  /// The logarithm of a quantity of the law with scale 1.
  func logStandard(_ quantity: FittedQuantity, logShape: Double) -> Double

  /// The law with these parameters, with the scale in the unit of the times.
  func law(logScale: Double, logShape: Double) throws(InvalidParameter) -> any Distribution
}

extension ScaleFamilyLikelihood {
  var hasFixedShape: Bool { false }
}

/// Where a likelihood is largest, and how sharply.
struct LikelihoodPeak: Sendable {
  let logScale: Double
  let logShape: Double

  /// The log-likelihood of the logarithms of the times.
  let value: Double

  /// The inverse of the observed information of (log scale, log shape).
  let covariance: SymmetricMatrix
}

/// A symmetric matrix of two rows.
struct SymmetricMatrix: Hashable, Sendable {
  let first: Double
  let mixed: Double
  let second: Double

  /// The inverse; nil unless the matrix is positive definite.
  var inverse: SymmetricMatrix? {
    let determinant = first * second - mixed * mixed
    guard first > 0, second > 0, determinant > 0 else { return nil }
    return SymmetricMatrix(
      first: second / determinant, mixed: -mixed / determinant, second: first / determinant)
  }

  /// The variance of u + c v, given the covariance matrix of (u, v).
  func variance(ofFirstPlus factor: Double) -> Double {
    first + 2 * factor * mixed + factor * factor * second
  }
}
