/// How an interval is got from a likelihood.
public enum LikelihoodInterval: String, CaseIterable, Hashable, Sendable {
  /// Normal errors of the logarithm, from the curvature at the maximum: exp(log x ± z · standard error).
  case wald

  /// All values that the data make less likely than the best by no more than half a chi-square quantile, the other
  /// parameter at its best for each. Better for few failures, and slower.
  ///
  /// Source: Meeker and Escobar, "Statistical methods for reliability data", 1998, section 8.2.
  case likelihoodRatio
}

extension LifetimeFit {
  /// A quantity of the fitted law with its interval, which is never negative.
  ///
  /// A limit of the likelihood-ratio interval is 0 or ∞ where the data set none. Of a law with a location, the location is
  /// free too, and laws are those with a shape of at least 1, below which nothing is bounded.
  ///
  /// - Parameters:
  ///   - quantity: what to estimate.
  ///   - confidence: between 0 and 1.
  /// - Returns: nil for the shape of an exponential law, which has none, and for a law with a location where the
  ///   curvature is asked for and the likelihood is too flat. The location's own is ``locationEstimate(confidence:)``.
  public func estimate(
    _ quantity: FittedQuantity, confidence: Double, interval: LikelihoodInterval = .likelihoodRatio
  ) -> Estimate? {
    preconditionConfidence(confidence)
    if case .quantile(let p) = quantity { precondition(p > 0 && p < 1, "a quantile lies between 0 and 1") }
    if family == .shiftedWeibull { return locatedEstimate(quantity, confidence, interval) }
    guard quantity != .shape || !likelihood.hasFixedShape else { return nil }
    let target = ProfiledQuantity(quantity, likelihood, peak)
    let z = normalQuantile((1 + confidence) / 2)
    let limits = interval == .wald ? target.waldLimits(z) : target.likelihoodLimits(z)
    let unit = quantity == .shape ? 0 : likelihood.times.top
    return Estimate(
      value: portableExp(target.best + unit), low: portableExp(limits.low + unit),
      high: portableExp(limits.high + unit), confidence: confidence)
  }

  /// The standard error of the logarithm of a quantity; nil where ``estimate(_:confidence:interval:)`` is.
  public func standardErrorOfLog(_ quantity: FittedQuantity) -> Double? {
    if family == .shiftedWeibull { return locatedStandardError(quantity) }
    guard quantity != .shape || !likelihood.hasFixedShape else { return nil }
    return ProfiledQuantity(quantity, likelihood, peak).standardError
  }
}

/// The logarithm of a quantity of a law, and the likelihood as a function of it with the shape at its best.
struct ProfiledQuantity {
  private let quantity: FittedQuantity
  private let likelihood: any ScaleFamilyLikelihood
  private let peak: LikelihoodPeak

  /// The logarithm of the quantity at the maximum, for a largest time of 1.
  let best: Double

  /// The standard error of the logarithm.
  let standardError: Double

  /// By how much the log shape follows a unit of the log quantity.
  private let shapePerUnit: Double

  init(_ quantity: FittedQuantity, _ likelihood: any ScaleFamilyLikelihood, _ peak: LikelihoodPeak) {
    (self.quantity, self.likelihood, self.peak) = (quantity, likelihood, peak)
    if quantity == .shape {
      best = peak.logShape
      standardError = peak.covariance.second.squareRoot()
      shapePerUnit = 1
      return
    }
    func logStandard(_ logShape: Double) -> Double { likelihood.logStandard(quantity, logShape: logShape) }
    best = peak.logScale + logStandard(peak.logShape)
    let step = 1e-5
    let slope = (logStandard(peak.logShape + step) - logStandard(peak.logShape - step)) / (2 * step)
    let variance = peak.covariance.variance(ofFirstPlus: slope)
    standardError = max(0, variance).squareRoot()
    shapePerUnit =
      variance > 0 ? (peak.covariance.mixed + slope * peak.covariance.second) / variance : 0
  }

  func waldLimits(_ z: Double) -> (low: Double, high: Double) {
    (best - z * standardError, best + z * standardError)
  }

  func likelihoodLimits(_ z: Double) -> (low: Double, high: Double) {
    let step = max(z * standardError, 1e-6)
    return (limit(z, firstStep: -step), limit(z, firstStep: step))
  }

  /// Where √(2 (ℓ max − ℓ)) reaches z, in the direction of the step; infinite where it never does.
  private func limit(_ z: Double, firstStep: Double) -> Double {
    func excess(_ away: Double) -> Double {
      guard let value = profile(best + away) else { return -z }
      return (2 * max(0, peak.value - value)).squareRoot() - z
    }
    var (near, nearExcess) = (0.0, -z)
    var (far, farExcess) = (firstStep, excess(firstStep))
    while farExcess < 0 {
      (near, nearExcess) = (far, farExcess)
      far *= 1.6
      guard abs(far) < 2000 else { return firstStep < 0 ? -.infinity : .infinity }
      farExcess = excess(far)
    }
    return best + signChange(from: (near, nearExcess), to: (far, farExcess), excess)
  }

  /// The log-likelihood with the quantity's logarithm held; nil where the shape has no best value.
  private func profile(_ logQuantity: Double) -> Double? {
    if quantity == .shape {
      return likelihood.value(
        logScale: likelihood.bestLogScale(logShape: logQuantity), logShape: logQuantity)
    }
    func value(_ logShape: Double) -> Double {
      likelihood.value(
        logScale: logQuantity - likelihood.logStandard(quantity, logShape: logShape), logShape: logShape)
    }
    if likelihood.hasFixedShape { return value(0) }
    let start = peak.logShape + shapePerUnit * (logQuantity - best)
    let bounds = (peak.logShape - 20)...(peak.logShape + 20)
    let step = max(peak.covariance.second.squareRoot() / 4, 1e-4)
    return unimodalMaximum(
      start: min(max(start, bounds.lowerBound + 1), bounds.upperBound - 1), step: step, bounds: bounds, value
    )?.value
  }
}
