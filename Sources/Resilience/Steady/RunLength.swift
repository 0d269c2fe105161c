internal import Stochastics

/// The mean number of trials until a run of k failures in a row, each trial failing with probability p:
/// (1 − pᵏ) / ((1 − p) pᵏ).
///
/// It is what a breaker of consecutive failures takes to open without an outage. ∞ where pᵏ is 0. Worked: 5 in a row at
/// 1 % take 1.0101 · 10¹⁰ calls; 3 in a row at ½ take 14.
///
/// Source: Feller, "An introduction to probability theory and its applications", volume 1, 3rd edition 1968, XIII.7 (7.7).
///
/// - Parameters:
///   - length: k, at least 1.
///   - probability: p, from 0 to 1.
public func meanTrialsUntilRun(length: Int, probability: Double) -> Double {
  precondition(length >= 1 && probability >= 0 && probability <= 1, "a run has a length and a probability")
  let power = portablePower(probability, Double(length))
  guard power > 0 else { return .infinity }
  return geometricSum(probability, terms: length) / power
}

/// 1 + x + … + x^(n − 1), which is (1 − xⁿ) / (1 − x), and n at x = 1.
func geometricSum(_ x: Double, terms: Int) -> Double {
  var (sum, power) = (0.0, 1.0)
  for _ in 0..<terms {
    sum += power
    power *= x
  }
  return sum
}
