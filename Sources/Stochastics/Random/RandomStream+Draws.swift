extension RandomStream {
  /// A standard exponential draw, −log u.
  @inlinable
  public mutating func standardExponential() -> Double { -logarithmOfNormal(uniform()) }

  /// A standard normal draw by inversion; a larger uniform gives a smaller draw, as everywhere here.
  @inlinable
  public mutating func standardNormal() -> Double { -normalQuantile(uniform()) }

  /// A gamma draw with the given shape and scale 1.
  ///
  /// - Parameter shape: greater than 0.
  package mutating func standardGamma(shape: Double) -> Double {
    Stochastics.standardGamma(shape: shape) { uniform() }
  }

  /// A beta draw: G₁ / (G₁ + G₂) of two gamma draws.
  package mutating func beta(_ alpha: Double, _ beta: Double) -> Double {
    let first = standardGamma(shape: alpha)
    let second = standardGamma(shape: beta)
    return first / (first + second)
  }
}

/// A gamma draw with the given shape and scale 1 from as many uniform numbers as it takes.
///
/// Source: Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000),
/// section 2; for a shape below 1 their section 6: a draw for shape + 1 times u^(1/shape).
///
/// - Parameter shape: greater than 0.
@inlinable
package func standardGamma(shape: Double, uniform: () -> Double) -> Double {
  let power = shape < 1 ? portableExp(logarithmOfNormal(uniform()) / shape) : 1
  let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
  let c = 1 / (9 * d).squareRoot()
  while true {
    let x = -normalQuantile(uniform())
    let root = 1 + c * x
    guard root > 0 else { continue }
    let v = root * root * root
    let u = uniform()
    let square = x * x
    // Their squeeze spares both logarithms. It lies inside the acceptance region; the margin is above the rounding error
    // of the bound, so that no decision is another than without it.
    if d < 1e6, u < 1 - 1e-6 - 0.0331 * (square * square) { return d * v * power }
    let bound = 0.5 * x * x + d - d * v + d * portableLog(v)
    if logarithmOfNormal(u) < bound { return d * v * power }
  }
}
