extension GroupedCrowAMSAA {
  /// The number of events, and the end of the last interval.
  private var total: Double { expected.reduce(0, +) }

  /// The variance of log β from the curvature of the likelihood of which interval each event fell in.
  ///
  /// With πᵢ = (bᵝ − aᵝ) / Tᵝ the events are multinomial, so the information on log β is n Σ (dπᵢ/d log β)² / πᵢ.
  ///
  /// Source: Crow, "Confidence interval procedures for the Weibull process with applications to reliability growth",
  /// Technometrics 24 (1982), for the grouped likelihood.
  private var logShapeVariance: Double {
    guard let last = ends.last else { return .infinity }
    let shares = ends.map { $0 / last }
    // d bᵝ / d log β = β bᵝ log b, which is 0 at b = 0 and b = 1.
    let slopes = shares.map { shape * portablePower($0, shape) * portableLog($0) }
    let reached = shares.map { portablePower($0, shape) }
    var information = 0.0
    for index in shares.indices {
      let share = reached[index] - (index > 0 ? reached[index - 1] : 0)
      let slope = slopes[index] - (index > 0 ? slopes[index - 1] : 0)
      if share > 0 { information += slope * slope / share }
    }
    return 1 / (total * information)
  }

  /// β with its large-sample interval, of log β.
  public func shapeEstimate(confidence: Double) -> Estimate {
    estimate(shape, variance: logShapeVariance, confidence)
  }

  /// The mean time between events at the end if the rate stayed, T / (β n), with its large-sample interval: n and β are
  /// independent, so the variance of its logarithm is 1/n + Var log β.
  public func instantaneousMTBFEstimate(confidence: Double) -> Estimate {
    let mean = (ends.last ?? 0) / (shape * total)
    return estimate(mean, variance: 1 / total + logShapeVariance, confidence)
  }

  /// The probability of a chi-square statistic at least as large if the events follow a power of time; nil for fewer than
  /// three intervals.
  public var pValue: Double? {
    let freedom = expected.count - 2
    return freedom > 0 ? regularizedGammaQ(shape: Double(freedom) / 2, x: chiSquare / 2) : nil
  }

  /// The expected number of events by a time, λ t^β.
  public func expectedEvents(by time: Double) -> Double { scale * portablePower(time, shape) }

  private func estimate(_ value: Double, variance: Double, _ confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    let factor = portableExp(normalQuantile((1 + confidence) / 2) * variance.squareRoot())
    return Estimate(value: value, low: value / factor, high: value * factor, confidence: confidence)
  }
}
