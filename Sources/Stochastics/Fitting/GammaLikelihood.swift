/// The likelihood of a gamma law: with v = t / scale and k = shape,
/// ℓ = k Σ log v − Σ v − d log Γ(k) + Σ log Q(k, v), the last sum over the censored rows, the others over failures.
///
/// The failures enter through Σ log t and Σ t alone.
///
/// Source: Lawless, "Statistical models and methods for lifetime data", 2003, section 5.1.2.
struct GammaLikelihood: ScaleFamilyLikelihood {
  let times: LogTimes
  private let failureTotal: Double

  init(times: LogTimes) {
    let times = times.withCensoredTogether()
    self.times = times
    failureTotal = weightedSum(times.logs[..<times.failureRows], times.counts) { portableExp($0) }
  }

  func value(logScale: Double, logShape: Double) -> Double {
    let (shape, d) = (portableExp(logShape), times.failures)
    let inverse = portableExp(-logScale)
    let survivors = weightedSum(times.censored, times.censoredCounts) {
      logUpperGamma(shape, logX: $0 - logScale).logSurvival
    }
    return shape * (times.failureSum - d * logScale) - inverse * failureTotal - d * logGamma(shape)
      + survivors
  }

  func bestLogScale(logShape: Double) -> Double { bestLogScale(logShape: logShape, logMean: nil) }

  /// - Parameter logMean: about what the logarithm of the law's mean will be, to begin with.
  private func bestLogScale(logShape: Double, logMean: Double?) -> Double {
    let shape = portableExp(logShape)
    let complete = portableLog(failureTotal / (shape * times.failures))
    guard !times.censored.isEmpty else { return complete }
    return increasingZero(
      start: logMean.map { $0 - logShape } ?? complete, low: complete,
      high: complete + 100 + 700 / min(1, shape), tolerance: 1e-9
    ) { pull(logScale: $0, shape: shape) }
  }

  /// −∂ℓ/∂a and −∂²ℓ/∂a²: with H = −d log Q / d log v, dH / d log v = H (k − v + H).
  private func pull(logScale: Double, shape: Double) -> (value: Double, slope: Double) {
    let failed = portableExp(-logScale) * failureTotal
    let survivors = times.censoredSums { y in
      let rise = logUpperGamma(shape, logX: y - logScale).logSlope
      return (rise, max(0, rise * (shape - portableExp(y - logScale) + rise)))
    }
    return (shape * times.failures - failed - survivors.0, failed + survivors.1)
  }

  func peak() throws(NoMaximum) -> LikelihoodPeak {
    guard !times.showsNoSpread else { throw .oneDistinctTime }
    let rough = roughPeak
    let logMean = rough.map { $0.logScale + $0.logShape }
    func profile(_ logShape: Double) -> Double {
      value(logScale: bestLogScale(logShape: logShape, logMean: logMean), logShape: logShape)
    }
    let found = unimodalMaximum(
      start: rough?.logShape ?? momentStart, step: rough == nil ? 0.25 : 0.02, bounds: -60...25, profile)
    guard let found else { throw .timesTooAlike }
    let logScale = bestLogScale(logShape: found.argument, logMean: logMean)
    guard let covariance = information(logScale, found.argument).inverse else { throw .timesTooAlike }
    return LikelihoodPeak(
      logScale: logScale, logShape: found.argument, value: found.value, covariance: covariance)
  }

  /// The peak of a part of thousands of rows, a good place to begin.
  private var roughPeak: LikelihoodPeak? {
    guard times.logs.count > 20_000 else { return nil }
    let part = times.thinned(to: 2000)
    return part.failures > 20 ? try? GammaLikelihood(times: part).peak() : nil
  }

  /// log k by the variance of the logarithm, about 1 / k for a complete sample.
  private var momentStart: Double {
    min(max(-portableLog(max(times.failureMoments.variance, 1e-12)), -3), 20)
  }

  /// The observed information of (log scale, log shape), by differences where the shape changes.
  private func information(_ logScale: Double, _ logShape: Double) -> SymmetricMatrix {
    let step = 2e-3
    func level(_ steps: Double) -> Double { value(logScale: logScale, logShape: logShape + steps * step) }
    func slope(_ steps: Double) -> Double {
      pull(logScale: logScale, shape: portableExp(logShape + steps * step)).value
    }
    let bend = 16 * (level(1) + level(-1)) - (level(2) + level(-2)) - 30 * level(0)
    let mixed = 8 * (slope(1) - slope(-1)) - (slope(2) - slope(-2))
    return SymmetricMatrix(
      first: pull(logScale: logScale, shape: portableExp(logShape)).slope, mixed: mixed / (12 * step),
      second: -bend / (12 * step * step))
  }

  func logStandard(_ quantity: FittedQuantity, logShape: Double) -> Double {
    switch quantity {
    case .scale, .shape: 0
    case .mean: logShape
    case .quantile(let p): portableLog(inverseRegularizedGammaP(shape: portableExp(logShape), p: p))
    }
  }

  func law(logScale: Double, logShape: Double) throws(InvalidParameter) -> any Distribution {
    try Gamma(shape: portableExp(logShape), scale: portableExp(logScale + times.top))
  }
}
