/// The likelihood of a Weibull law with a location as a function of one quantity, everything else at its best.
///
/// Only shapes of at least 1 are asked: below, the likelihood grows without bound as the location approaches the smallest
/// failure, whatever the quantity. The location runs from 0 to a billionth below the smallest failure.
///
/// Source: Meeker and Escobar, "Statistical methods for reliability data", 1998, section 8.2; Smith, "Maximum
/// likelihood estimation in a class of nonregular cases", Biometrika 72 (1985).
struct LocatedProfile {
  private let quantity: FittedQuantity
  private let sample: CensoredSample
  private let smallest: Double
  private let startLogShape: Double

  init(_ quantity: FittedQuantity, of fit: LifetimeFit) {
    self.quantity = quantity
    sample = fit.sample
    smallest = fit.sample.times[..<fit.sample.failureRows].min() ?? 0
    startLogShape = max(0, fit.peak.logShape)
  }

  /// The largest log-likelihood of a law with this value of the quantity.
  func value(_ target: Double) -> Double {
    let isAboveLocation = quantity != .shape && quantity != .scale
    let bound = isAboveLocation ? min(smallest, target) : smallest
    let logBound = portableLog(bound)
    func atGap(_ logGap: Double) -> Double {
      value(target, location: logGap >= logBound ? 0 : max(0, bound - portableExp(logGap)))
    }
    // Distances of the location to its bound in steps of a power of e, from the location 0 to a billionth of it.
    let logGaps = (0...20).map { logBound - Double($0) }
    let values = logGaps.map(atGap)
    guard let top = values.indices.max(by: { values[$0] < values[$1] }), values[top] > -.infinity else {
      return -.infinity
    }
    let bounds = (logGaps[top] - 1)...min(logGaps[top] + 1, logBound)
    let found = unimodalMaximum(start: logGaps[top], step: 0.25, bounds: bounds, atGap)
    return max(values[top], found?.value ?? -.infinity)
  }

  /// The same at one location, with the shape at its best.
  private func value(_ target: Double, location: Double) -> Double {
    let likelihood = WeibullLikelihood(times: LogTimes(sample, location: location))
    let times = likelihood.times
    if quantity == .shape {
      let logShape = portableLog(target)
      return times.jacobian
        + likelihood.value(logScale: likelihood.bestLogScale(logShape: logShape), logShape: logShape)
    }
    let above = quantity == .scale ? target : target - location
    guard above > 0 else { return -.infinity }
    let logAbove = portableLog(above) - times.top
    func value(_ logShape: Double) -> Double {
      likelihood.value(
        logScale: logAbove - likelihood.logStandard(quantity, logShape: logShape), logShape: logShape)
    }
    return times.jacobian + bestOfShapes(value)
  }

  /// The largest value over log shapes from 0; where it falls on the way up from 0, the peak is sought again from there,
  /// because the first search passes over one close to the bound.
  private func bestOfShapes(_ value: (Double) -> Double) -> Double {
    let bounds = 0.0...20
    let found =
      unimodalMaximum(start: startLogShape, step: 0.1, bounds: bounds, value)
      ?? unimodalMaximum(start: 0, step: 1e-4, bounds: bounds, value)
    return max(found?.value ?? -.infinity, value(0))
  }
}

extension LocatedProfile {
  /// Where the likelihood has lost half of z² on both sides of the best; a shape ends at 1, another quantity at 0 or ∞,
  /// where the data set no limit.
  func limits(around best: Double, peak: Double, z: Double, firstStep: Double) -> (low: Double, high: Double)
  {
    let step = max(z * firstStep, 1e-6)
    return (limit(from: best, peak, z, step: -step), limit(from: best, peak, z, step: step))
  }

  /// Where √(2 (ℓ max − ℓ)) reaches z, by steps of the logarithm of the quantity.
  private func limit(from best: Double, _ peak: Double, _ z: Double, step: Double) -> Double {
    let logBest = portableLog(best)
    let floor = quantity == .shape ? 0 : -Double.infinity
    func excess(_ logValue: Double) -> Double {
      (2 * max(0, peak - value(portableExp(logValue)))).squareRoot() - z
    }
    var (near, nearExcess) = (logBest, -z)
    var away = step
    while true {
      let far = max(logBest + away, floor)
      let farExcess = excess(far)
      if farExcess >= 0 {
        return portableExp(signChange(from: (near, nearExcess), to: (far, farExcess), excess))
      }
      if far == floor { return 1 }
      (near, nearExcess) = (far, farExcess)
      away *= 1.6
      if abs(away) > 40 { return step < 0 ? 0 : .infinity }
    }
  }
}
