/// The regularised lower incomplete gamma function P(a, x): the probability that a gamma variable with shape
/// a and scale 1 is at most x.
///
/// Relative accuracy about 10⁻¹⁴ in the lower tail too. The number of terms grows as √a. Worked:
/// P(3, 2) = 0.323324.
///
/// Source: series and continued fraction, NIST DLMF 8.11.4 and 8.9.2.
///
/// - Parameters:
///   - shape: a, greater than 0.
///   - x: at least 0.
public func regularizedGammaP(shape: Double, x: Double) -> Double {
  precondition(shape > 0 && !x.isNaN, "the shape must be greater than 0")
  if x <= 0 { return 0 }
  if x == .infinity { return 1 }
  return x < shape + 1 ? lowerGammaSeries(shape, x) : 1 - upperGammaFraction(shape, x)
}

/// The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x).
///
/// Relative accuracy about 10⁻¹⁴ in the upper tail too, 10⁻¹⁵ / a for a below 0.1. Worked: Q(3, 2) =
/// 0.676676, the probability of at most 2 events where 2 are expected.
///
/// Source: as ``regularizedGammaP(shape:x:)``; for x < 1 and a < 1, NIST DLMF 8.7.1.
public func regularizedGammaQ(shape: Double, x: Double) -> Double {
  precondition(shape > 0 && !x.isNaN, "the shape must be greater than 0")
  if x <= 0 { return 1 }
  if x == .infinity { return 0 }
  if x >= shape + 1 { return upperGammaFraction(shape, x) }
  return shape < 1 && x < 1 ? upperGammaSmall(shape, x) : 1 - lowerGammaSeries(shape, x)
}

/// xᵃ e⁻ˣ / Γ(a + 1), for real a the Poisson probability of a events with mean x.
///
/// Source: Loader 2000, equation (4.1).
func poissonMass(_ a: Double, _ x: Double) -> Double {
  portableExp(-stirlingError(a) - deviance(a, x)) / (6.283185307179586 * a).squareRoot()
}

/// P(a, x) by its series, for x < a + 1.
private func lowerGammaSeries(_ a: Double, _ x: Double) -> Double {
  min(1, lowerGammaSum(a, x) * poissonMass(a, x))
}

/// P(a, x) Γ(a + 1) / (xᵃ e⁻ˣ), for x < a + 1.
private func lowerGammaSum(_ a: Double, _ x: Double) -> Double {
  var sum = 1.0
  var term = 1.0
  var index = a
  while term > sum * 0x1p-54 {
    index += 1
    term *= x / index
    sum += term
  }
  return sum
}

/// Q(a, x) by its continued fraction with Lentz's method, for x ≥ a + 1.
private func upperGammaFraction(_ a: Double, _ x: Double) -> Double {
  let mass = poissonMass(a, x)
  guard mass > 0 else { return 0 }
  return min(1, a * mass * upperGammaRatio(a, x))
}

/// Q(a, x) Γ(a) / (xᵃ e⁻ˣ), for x ≥ a + 1.
private func upperGammaRatio(_ a: Double, _ x: Double) -> Double {
  var b = x + 1 - a
  var c = Double.greatestFiniteMagnitude
  var d = 1 / b
  var fraction = d
  var index = 0.0
  repeat {
    index += 1
    let numerator = -index * (index - a)
    b += 2
    d = 1 / nonZero(numerator * d + b)
    c = nonZero(b + numerator / c)
    fraction *= d * c
  } while abs(d * c - 1) > 0x1p-52
  return fraction
}

/// log Q(a, x), however small Q or x, and −d log Q / d log x.
func logUpperGamma(_ a: Double, logX: Double) -> (logSurvival: Double, logSlope: Double) {
  // P = xᵃ / Γ(a + 1) for an x so small that it may not be a number any more.
  if logX < -600 {
    let below = portableExp(a * logX - logGamma(a + 1))
    return (portableLog1p(-below), a * below / (1 - below))
  }
  let x = portableExp(logX)
  if x == .infinity { return (-.infinity, .infinity) }
  if x < a + 1 {
    let mass = poissonMass(a, x)
    let below = min(1, lowerGammaSum(a, x) * mass)
    let above = a < 1 && x < 1 ? upperGammaSmall(a, x) : 1 - below
    return (below < 0.5 ? portableLog1p(-below) : portableLog(above), a * mass / above)
  }
  let ratio = upperGammaRatio(a, x)
  let logMass = -stirlingError(a) - deviance(a, x) - 0.5 * portableLog(6.283185307179586 * a)
  return (portableLog(a * ratio) + logMass, 1 / ratio)
}

/// Q(a, x) for a < 1 and x < 1, where 1 − P would cancel: with w = xᵃ / Γ(1 + a),
/// Q = (1 − w) − w · a · Σ (−x)ⁿ / ((a + n) n!).
private func upperGammaSmall(_ a: Double, _ x: Double) -> Double {
  let logW = a * portableLog(x) - logGamma(1 + a)
  var term = 1.0
  var sum = 0.0
  for n in 1...30 {
    term *= -x / Double(n)
    sum += term / (a + Double(n))
  }
  return max(0, -portableExpm1(logW) - portableExp(logW) * a * sum)
}

/// The number itself, or the smallest normal number in place of 0, as Lentz's method needs.
func nonZero(_ x: Double) -> Double { abs(x) < 0x1p-1000 ? 0x1p-1000 : x }
