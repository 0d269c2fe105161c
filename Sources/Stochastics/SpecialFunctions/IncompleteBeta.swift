/// The regularised incomplete beta function I(x; a, b): the probability that a beta variable is at most x.
///
/// Relative accuracy about 10⁻¹⁴ in the lower tail; the upper tail 1 − I(x; a, b) is I(1 − x; b, a). Worked:
/// I(0.3; 2, 3) = 0.3483.
///
/// Source: continued fraction of Didonato and Morris 1992; factor in front after Loader 2000.
///
/// - Parameters:
///   - x: from 0 to 1.
///   - a: greater than 0.
///   - b: greater than 0.
public func regularizedBeta(x: Double, a: Double, b: Double) -> Double {
  regularizedBeta(x: x, complement: 1 - x, a: a, b: b)
}

/// I(x; a, b) with 1 − x given as well, for an x so near 1 that the difference would lose it.
package func regularizedBeta(x: Double, complement: Double, a: Double, b: Double) -> Double {
  precondition(a > 0 && b > 0 && !x.isNaN, "both shapes must be greater than 0")
  if x <= 0 { return 0 }
  if complement <= 0 { return 1 }
  let factor = betaFactor(x, complement, a, b)
  if x < (a + 1) / (a + b + 2) { return min(1, factor / betaFraction(x, complement, a, b)) }
  return max(0, 1 - factor / betaFraction(complement, x, b, a))
}

/// xᵃ (1 − x)ᵇ / B(a, b).
func betaFactor(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
  let n = a + b
  let exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x)
    - deviance(b, n * complement)
  return portableExp(exponent) * (a / n * b).squareRoot() * 0.3989422804014327
}

/// The reciprocal of the continued fraction of I(x; a, b) · B(a, b) / (xᵃ (1 − x)ᵇ), with Lentz's method, for
/// x < (a + 1) / (a + b + 2).
///
/// Source: Didonato and Morris, Algorithm 708, ACM TOMS 18 (1992), BFRAC, as arranged in Boost.Math
/// `ibeta_fraction2`. It takes 1 − x from the caller and so does not cancel for x near 1.
private func betaFraction(_ x: Double, _ complement: Double, _ a: Double, _ b: Double) -> Double {
  let difference = a * complement - b * x + 1
  func denominator(_ m: Double) -> Double {
    m + m * (b - m) * x / (a + 2 * m - 1) + (a + m) * (difference + m * (1 + complement)) / (a + 2 * m + 1)
  }
  var fraction = nonZero(a * difference / (a + 1))
  var c = fraction
  var d = 0.0
  var m = 0.0
  repeat {
    m += 1
    let scale = x / (a + 2 * m - 1)
    let numerator = (a + m - 1) * (a + b + m - 1) * m * (b - m) * scale * scale
    d = 1 / nonZero(denominator(m) + numerator * d)
    c = nonZero(denominator(m) + numerator / c)
    fraction *= d * c
  } while abs(d * c - 1) > 0x1p-52
  return fraction
}
