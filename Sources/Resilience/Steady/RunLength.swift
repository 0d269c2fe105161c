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

/// One draw of the trials until a run of k failures in a row, whose mean is ``meanTrialsUntilRun(length:probability:)``.
///
/// Up to a mean of 1,000 trials run by run, each broken by a success after a geometric number of failures; beyond it a run is
/// so rare that the trials before it are as good as exponential (Feller 1968, XIII.7, problem 25).
///
/// - Parameters:
///   - length: k, at least 1.
///   - probability: p, from 0 to 1.
func drawnTrialsUntilRun(length: Int, probability: Double, using stream: inout RandomStream) -> Double {
  let mean = meanTrialsUntilRun(length: length, probability: probability)
  guard probability < 1, mean < .infinity else { return mean }
  let least = Double(length)
  guard mean <= 1000 else { return least + ((mean - least) * stream.standardExponential()).rounded() }
  let decay = -portableLog(probability)
  var trials = 0.0
  while true {
    let failures = (stream.standardExponential() / decay).rounded(.down)
    if failures >= least { return trials + least }
    trials += failures + 1
  }
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
