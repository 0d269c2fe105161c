#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// ∫₀^∞ S(t) dt of a survival function, by the trapezoidal rule over the logarithm of time.
///
/// S(eˣ) eˣ is analytic and falls off at both ends faster than any power when S is a sum of exponentials, so
/// the rule's error falls exponentially with the step. Source: Trefethen, Weideman, *The exponentially
/// convergent trapezoidal rule*, SIAM Review 56 (2014).
struct MeanTimeIntegral {
  /// The integral.
  let value: Double
  /// The change in the last halving of the step, relative to the value.
  let relativeChange: Double

  /// Integrates from a time at which something may have happened.
  ///
  /// - Parameters:
  ///   - scale: a time of the order of the first changes of S, positive.
  ///   - survival: S(t), not increasing, from 1 to 0.
  init(scale: Double, survival: (Double) -> Double) {
    var last = scale
    while survival(last) > 1e-15, last < 1e300 { last *= 2 }
    let high = log(last)
    var first = last
    while survival(first) < 0.5, first > 1e-300 { first /= 2 }
    let low = log(first) - 39
    var step = 0.25
    var sum = 0.0
    var count = Int(((high - low) / step).rounded(.up))
    func term(_ x: Double) -> Double { survival(exp(x)) * exp(x) }
    for place in 0...count { sum += term(low + Double(place) * step) }
    var value = sum * step
    var change = 1.0
    var earlier = Double.infinity
    // The error falls by far more than a quarter with each step, until only rounding is left.
    while step > 0.003, change > 1e-13, change > 1e-9 || change < earlier / 4 {
      earlier = change
      for place in 0..<count { sum += term(low + (Double(place) + 0.5) * step) }
      step /= 2
      count *= 2
      let refined = sum * step
      change = refined > 0 ? abs(refined - value) / refined : 0
      value = refined
    }
    self.value = value
    relativeChange = change
  }
}
