/// The logarithm of the gamma function, log Γ(x), with the same bits on every CPU.
///
/// The absolute error is about 10⁻¹⁵ · max(1, log Γ(x)). Worked: log Γ(5) = log 24 = 3.178054.
///
/// Source: Stirling's series, NIST DLMF 5.11.1.
///
/// - Parameter x: greater than 0.
public func logGamma(_ x: Double) -> Double {
  if x < 1 { return logGamma(x + 1) - portableLog(x) }
  if x == 1 || x == 2 || x == .infinity { return x == .infinity ? x : 0 }
  return (x - 0.5) * portableLog(x) - x + 0.9189385332046728 + stirlingError(x)
}

/// The gamma function, Γ(x) = exp(log Γ(x)); ∞ above about 171.6.
func gammaFunction(_ x: Double) -> Double { portableExp(logGamma(x)) }

/// What Stirling's formula lacks: δ(x) = log Γ(x) − ((x − ½) log x − x + ½ log 2π).
///
/// The asymptotic series from 16 on, reached by δ(x) = δ(x + 1) + (x + ½) log(1 + 1/x) − 1.
func stirlingError(_ x: Double) -> Double {
  var shifted = x
  var sum = 0.0
  while shifted < 16 {
    sum += (shifted + 0.5) * portableLog1p(1 / shifted) - 1
    shifted += 1
  }
  let inverse = 1 / shifted
  let z = inverse * inverse
  var series = -691.0 / 360_360
  series = series * z + 1.0 / 1188
  series = series * z - 1.0 / 1680
  series = series * z + 1.0 / 1260
  series = series * z - 1.0 / 360
  series = series * z + 1.0 / 12
  return sum + series * inverse
}

/// The deviance term x log(x / m) + m − x, without cancellation for x near m.
///
/// Source: Loader, "Fast and accurate computation of binomial probabilities", 2000, equation (5.2).
func deviance(_ x: Double, _ m: Double) -> Double {
  guard abs(x - m) < 0.1 * (x + m) else {
    let ratio = x / m
    let logRatio = ratio.isFinite ? portableLog(ratio) : portableLog(x) - portableLog(m)
    return x * logRatio + m - x
  }
  let v = (x - m) / (x + m)
  var sum = (x - m) * v
  var term = 2 * x * v
  for order in 1...1000 {
    term *= v * v
    let next = sum + term / Double(2 * order + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}
