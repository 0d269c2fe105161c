/// The chi-square quantile.
///
/// Worked: 0.95 with 2 degrees of freedom gives −2 log 0.05 = 5.991465.
///
/// - Parameters:
///   - p: a probability, from 0 to 1.
///   - degreesOfFreedom: greater than 0, not necessarily whole.
public func chiSquareQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
  2 * inverseRegularizedGammaP(shape: degreesOfFreedom / 2, p: p)
}

/// The quantile of Student's t.
///
/// Relative accuracy about 10⁻¹³. Worked: 0.975 with 9 degrees of freedom gives 2.262157.
///
/// Source: NIST DLMF 8.17 (t² / (ν + t²) is a beta variable); above 10⁸ degrees of freedom the expansion of
/// Abramowitz and Stegun 26.7.5.
///
/// - Parameters:
///   - p: a probability, from 0 to 1.
///   - degreesOfFreedom: ν, greater than 0.
public func studentTQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
  if p > 0.5 { return -studentTLowerQuantile(1 - p, degreesOfFreedom) }
  return studentTLowerQuantile(p, degreesOfFreedom)
}

/// The quantile for p ≤ ½: −√(ν (1 − x) / x) with I(x; ν/2, ½) = 2p.
private func studentTLowerQuantile(_ p: Double, _ nu: Double) -> Double {
  if nu > 1e8 {
    let z = normalQuantile(p)
    return z + z * (z * z + 1) / (4 * nu)
  }
  let point = inverseBeta(lower: 2 * p, upper: 1 - 2 * p, a: nu / 2, b: 0.5)
  return -(nu * (point.complement / point.x)).squareRoot()
}

/// The upper tail of Student's t: the probability of a value above t.
///
/// Worked: 2.262157 with 9 degrees of freedom gives 0.025.
///
/// Source: NIST DLMF 8.17, as ``studentTQuantile(_:degreesOfFreedom:)``; normal above 10⁸ degrees of freedom.
public func studentTSurvival(_ t: Double, degreesOfFreedom nu: Double) -> Double {
  if nu > 1e8 || t.isInfinite { return normalSurvival(t) }
  let whole = nu + t * t
  let tail = 0.5 * regularizedBeta(x: nu / whole, complement: t * t / whole, a: nu / 2, b: 0.5)
  return t > 0 ? tail : 1 - tail
}
