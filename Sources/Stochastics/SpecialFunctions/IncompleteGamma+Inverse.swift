/// The x at which P(a, x) is `p`: the quantile of a gamma variable with shape a and scale 1.
///
/// Relative accuracy about 10⁻¹³ in both tails. 0 at p = 0, ∞ at p = 1.
///
/// - Parameters:
///   - shape: a, greater than 0.
///   - p: a probability, from 0 to 1.
public func inverseRegularizedGammaP(shape: Double, p: Double) -> Double {
  inverseGamma(shape, lower: p, upper: 1 - p)
}

/// The x at which Q(a, x) is `q`; accurate for small q, unlike 1 − q put into the inverse of P.
///
/// Worked: Q(1, x) = 0.05 at x = −log 0.05 = 2.995732, the rule of three.
public func inverseRegularizedGammaQ(shape: Double, q: Double) -> Double {
  inverseGamma(shape, lower: 1 - q, upper: q)
}

/// Newton's method for the logarithm of the smaller tail as a function of t = log x, where it is concave.
private func inverseGamma(_ a: Double, lower: Double, upper: Double) -> Double {
  if lower <= 0 { return 0 }
  if upper <= 0 { return .infinity }
  let small = (portableLog(lower) + logGamma(a + 1)) / a
  if small < -740 { return 0 }
  let isLower = lower <= upper
  func error(_ x: Double) -> (value: Double, slope: Double) {
    let density = a * poissonMass(a, x)
    let tail = isLower ? regularizedGammaP(shape: a, x: x) : regularizedGammaQ(shape: a, x: x)
    let distance = portableLog(tail) - portableLog(isLower ? lower : upper)
    return (isLower ? distance : -distance, density / tail)
  }
  let furthest = portableLog(a + 60 * a.squareRoot() + 1500)
  let t = increasingZero(
    start: logGammaQuantileGuess(a, lower: lower, upper: upper) ?? small, low: -745, high: furthest
  ) { error(portableExp($0)) }
  let x = portableExp(t)
  let (value, slope) = error(x)
  let polished = x * (1 - value / slope)
  return polished > 0 && polished.isFinite ? polished : x
}

/// log x by the cube-root approximation of Wilson and Hilferty, 1931; nil where it is not positive.
private func logGammaQuantileGuess(_ a: Double, lower: Double, upper: Double) -> Double? {
  let z = lower < upper ? normalQuantile(lower) : -normalQuantile(upper)
  let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
  return a >= 0.5 && root > 0.1 ? portableLog(a) + 3 * portableLog(root) : nil
}
