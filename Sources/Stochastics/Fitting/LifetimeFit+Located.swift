extension LifetimeFit {
  /// Whether intervals of a law with a location have the confidence they say only nominally: with a shape of at most 2 the
  /// location does not follow the usual theory, though shape and scale do for many failures.
  ///
  /// Source: Smith, "Maximum likelihood estimation in a class of nonregular cases", Biometrika 72 (1985), theorem 3.
  public var isNotRegular: Bool { family == .shiftedWeibull && peak.logShape <= portableLog(2) }

  /// A quantity of a law with a location, which is estimated along with it.
  ///
  /// Such a fit always has a shape above 1: at one of at most 1, the likelihood rises with the location all the way.
  func locatedEstimate(_ quantity: FittedQuantity, _ confidence: Double, _ kind: LikelihoodInterval)
    -> Estimate?
  {
    let best = locatedValue(quantity)
    let z = normalQuantile((1 + confidence) / 2)
    guard kind == .likelihoodRatio else {
      return locatedStandardError(quantity).map { error in
        Estimate(
          value: best, low: best * portableExp(-z * error), high: best * portableExp(z * error),
          confidence: confidence)
      }
    }
    let step = ProfiledQuantity(quantity, likelihood, peak).standardError
    let limits = LocatedProfile(quantity, of: self).limits(
      around: best, peak: logLikelihood, z: z, firstStep: step)
    return Estimate(
      value: best, low: min(limits.low, best), high: max(limits.high, best), confidence: confidence)
  }

  private func locatedValue(_ quantity: FittedQuantity) -> Double {
    switch quantity {
    case .shape: portableExp(peak.logShape)
    case .scale: portableExp(peak.logScale + likelihood.times.top)
    case .mean, .quantile: location + excess(quantity, peak, likelihood.times.top)
    }
  }

  private func excess(_ quantity: FittedQuantity, _ peak: LikelihoodPeak, _ top: Double) -> Double {
    portableExp(peak.logScale + top + likelihood.logStandard(quantity, logShape: peak.logShape))
  }

  /// The standard error of the logarithm of a quantity: that for a known location, and what the location adds, its
  /// variance times the square of how the quantity moves with it, the other parameters at their best.
  ///
  /// That is the inverse of the observed information of all three, by blocks. At the bound 0 the location is held.
  func locatedStandardError(_ quantity: FittedQuantity) -> Double? {
    let known = ProfiledQuantity(quantity, likelihood, peak).standardError
    let best = locatedValue(quantity)
    // A known location moves no share of the quantity.
    let scaled = quantity == .shape || quantity == .scale ? known : known * (best - location) / best
    guard location > 0 else { return scaled }
    let smallest = sample.times[..<sample.failureRows].min() ?? 0
    let step = min(location, smallest - location) * 1e-2
    guard let below = at(location - step, quantity), let above = at(location + step, quantity) else {
      return nil
    }
    let curvature = (below.value - 2 * logLikelihood + above.value) / (step * step)
    guard curvature < 0 else { return nil }
    let slope = (above.log - below.log) / (2 * step)
    return (scaled * scaled - slope * slope / curvature).squareRoot()
  }

  /// The log-likelihood and the logarithm of a quantity with the location elsewhere.
  private func at(_ location: Double, _ quantity: FittedQuantity) -> (value: Double, log: Double)? {
    let moved = try? LifetimeFit(.shiftedWeibull, of: sample, location: location)
    return moved.map { ($0.logLikelihood, portableLog($0.locatedValue(quantity))) }
  }
}
