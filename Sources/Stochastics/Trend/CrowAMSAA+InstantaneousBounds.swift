extension CrowAMSAA {
  /// The instantaneous mean time between events at the end of the observation, with Crow's exact interval, which the
  /// handbook tabulates.
  ///
  /// Worked: 3 events until a settled time have the limits 0.263 and 9.74 times the estimate at 90 %.
  ///
  /// Source: Crow, "Confidence interval procedures for the Weibull process with applications to reliability growth",
  /// Technometrics 24 (1982).
  ///
  /// - Parameter confidence: between 0 and 1.
  public func instantaneousMTBFEstimate(confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    let value = record.end / (Double(record.times.count) * shape)
    let factors =
      record.ending == .time
      ? Self.factorsUntilTime(record.times.count, tail: (1 - confidence) / 2)
      : Self.factorsUntilEvent(record.times.count, tail: (1 - confidence) / 2)
    return Estimate(
      value: value, low: value * factors.low, high: value * factors.high, confidence: confidence)
  }

  /// With S = Σ log(T / t) given, the number of events has the probabilities ∝ ρⁿ / (n! (n − 1)!), ρ = θ β S of the θ
  /// expected; the mean sought is T S / ρ and its estimate T S / n².
  private static func factorsUntilTime(_ count: Int, tail: Double) -> (low: Double, high: Double) {
    let n = Double(count)
    let highest = zero(from: n * n) { portableLog(tail) - portableLog(share(upTo: count, rho: $0)) }
    let square = n * n
    guard count > 1 else { return (square / highest, .infinity) }
    let lowest = zero(from: n * n) { portableLog(1 - share(upTo: count - 1, rho: $0)) - portableLog(tail) }
    return (square / highest, square / lowest)
  }

  /// P(N ≤ n) for probabilities ∝ ρⁿ / (n! (n − 1)!), n from 1.
  private static func share(upTo count: Int, rho: Double) -> Double {
    var (term, below, total, n) = (1.0, 1.0, 1.0, 1.0)
    // The terms grow up to n ≈ √ρ and then fall ever faster.
    while n * (n + 1) < rho || term > total * 0x1p-54 || Int(n) < count {
      term *= rho / (n * (n + 1))
      n += 1
      total += term
      if Int(n) <= count { below += term }
      if total > 0x1p900 { (term, below, total) = (term * 0x1p-900, below * 0x1p-900, total * 0x1p-900) }
    }
    return below / total
  }

  /// The estimate over the truth is W V / n², W gamma with shape n and V gamma with shape n − 1.
  private static func factorsUntilEvent(_ count: Int, tail: Double) -> (low: Double, high: Double) {
    let n = Double(count)
    let product = GammaProduct(first: n, second: n - 1)
    let start = n * (n - 1)
    let low = zero(from: start) { portableLog(product.probability(upTo: $0)) - portableLog(tail) }
    let high = zero(from: start) { portableLog(tail) - portableLog(product.probability(above: $0)) }
    return (n * n / high, n * n / low)
  }

  /// The zero of an increasing function, sought in the logarithm of its argument.
  private static func zero(from start: Double, _ function: (Double) -> Double) -> Double {
    portableExp(increasingZero(near: portableLog(start), step: 1) { function(portableExp($0)) })
  }
}

/// The product of two independent gamma variables with scale 1.
private struct GammaProduct {
  /// The shapes.
  let first: Double
  let second: Double

  func probability(upTo x: Double) -> Double {
    expectation { regularizedGammaP(shape: second, x: x / $0) }
  }

  func probability(above x: Double) -> Double {
    expectation { regularizedGammaQ(shape: second, x: x / $0) }
  }

  /// The expectation of a function of the first variable, by the trapezoidal rule in its logarithm, which for a smooth
  /// integrand that vanishes at both ends converges faster than any power of the step.
  private func expectation(_ function: (Double) -> Double) -> Double {
    let (centre, spread) = (portableLog(first), 1 / first.squareRoot())
    let step = spread / 8
    let (from, to) = (centre - 12 * spread - 40 / first, centre + 6 * spread)
    var (sum, weights) = (0.0, 0.0)
    for index in 0...Int((to - from) / step) {
      let w = portableExp(from + Double(index) * step)
      let weight = first * poissonMass(first, w)
      sum += weight * function(w)
      weights += weight
    }
    return sum / weights
  }
}
