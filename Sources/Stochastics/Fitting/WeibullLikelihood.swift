/// The likelihood of a Weibull law: with d failures, y = log t and β = shape,
/// ℓ = d log β + β (Σ y − d a) − e^(−βa) Σ e^(βy), the first sum over failures, the second over all rows.
///
/// Source: Lawless, "Statistical models and methods for lifetime data", 2003, section 5.2.
struct WeibullLikelihood: ScaleFamilyLikelihood {
  let times: LogTimes

  func value(logScale: Double, logShape: Double) -> Double {
    value(logScale: logScale, logShape: logShape, times.powerSums(portableExp(logShape)).zeroth)
  }

  private func value(logScale: Double, logShape: Double, _ sum: Double) -> Double {
    let (shape, d) = (portableExp(logShape), times.failures)
    return d * logShape + shape * (times.failureSum - d * logScale) - portableExp(-shape * logScale) * sum
  }

  func bestLogScale(logShape: Double) -> Double {
    let shape = portableExp(logShape)
    return portableLog(times.powerSums(shape).zeroth / times.failures) / shape
  }

  func peak() throws(NoMaximum) -> LikelihoodPeak {
    guard !times.showsNoSpread else { throw .oneDistinctTime }
    let logShape = try bestLogShape()
    let shape = portableExp(logShape)
    let sums = times.powerSums(shape)
    let logScale = portableLog(sums.zeroth / times.failures) / shape
    guard let covariance = information(shape, logScale, sums).inverse else { throw .timesTooAlike }
    return LikelihoodPeak(
      logScale: logScale, logShape: logShape,
      value: value(logScale: logScale, logShape: logShape, sums.zeroth), covariance: covariance)
  }

  /// The zero of β (Σ y e^(βy) / Σ e^(βy) − mean y) − 1, where the profile likelihood of log β is level.
  ///
  /// Thousands of rows are solved on a part of them first, so that the whole takes two or three passes. The last
  /// step squares an error below 10⁻⁷.
  private func bestLogShape() throws(NoMaximum) -> Double {
    let subset = times.logs.count > 20_000 ? times.thinned(to: 2000) : nil
    var start = Self.momentStart(times)
    if let subset, subset.failures > 20, !subset.showsNoSpread {
      start = Self.profileZero(subset, start: start, tolerance: 1e-4)
    }
    let zero = Self.profileZero(times, start: start, tolerance: 1e-8)
    guard zero < Self.largestLogShape - 1 else { throw .timesTooAlike }
    return zero
  }

  private static let largestLogShape = 30.0

  /// β of a complete sample with this variance of the logarithm, π² / (6 β²).
  private static func momentStart(_ times: LogTimes) -> Double {
    let variance = times.failureMoments.variance
    guard variance > 0 else { return 0 }
    return min(max(0.5 * portableLog(1.6449340668482264 / variance), -20), 20)
  }

  private static func profileZero(_ times: LogTimes, start: Double, tolerance: Double) -> Double {
    let mean = times.failureSum / times.failures
    return increasingZero(start: start, low: -30, high: largestLogShape, tolerance: tolerance) { logShape in
      let shape = portableExp(logShape)
      let sums = times.powerSums(shape)
      let weighted = sums.first / sums.zeroth
      let spread = max(0, sums.second / sums.zeroth - weighted * weighted)
      return (shape * (weighted - mean) - 1, shape * (weighted - mean) + shape * shape * spread)
    }
  }

  /// The observed information of (log scale, log shape) at the peak.
  private func information(_ shape: Double, _ logScale: Double, _ sums: PowerSums) -> SymmetricMatrix {
    let factor = portableExp(-shape * logScale)
    let zeroth = factor * sums.zeroth
    let first = factor * (sums.first - logScale * sums.zeroth)
    let second = factor * (sums.second - 2 * logScale * sums.first + logScale * logScale * sums.zeroth)
    let d = times.failures
    let centred = times.failureSum - d * logScale
    return SymmetricMatrix(
      first: shape * shape * zeroth, mixed: -(shape * (zeroth - d) + shape * shape * first),
      second: shape * (first - centred) + shape * shape * second)
  }

  func logStandard(_ quantity: FittedQuantity, logShape: Double) -> Double {
    switch quantity {
    case .scale, .shape: 0
    case .mean: logGamma(1 + portableExp(-logShape))
    case .quantile(let p): portableLog(-portableLog1p(-p)) * portableExp(-logShape)
    }
  }

  func law(logScale: Double, logShape: Double) throws(InvalidParameter) -> any Distribution {
    try Weibull(shape: portableExp(logShape), scale: portableExp(logScale + times.top))
  }
}

/// The likelihood of an exponential law: a Weibull law whose shape stays 1.
struct ExponentialLikelihood: ScaleFamilyLikelihood {
  let times: LogTimes
  private let total: Double

  init(times: LogTimes) {
    self.times = times
    total = times.powerSums(1).zeroth
  }

  var hasFixedShape: Bool { true }

  /// −d a − e^(−a) Σ t, and Σ y for the density of the logarithm.
  func value(logScale: Double, logShape: Double) -> Double {
    times.failureSum - times.failures * logScale - portableExp(-logScale) * total
  }

  func bestLogScale(logShape: Double) -> Double { portableLog(total / times.failures) }

  func peak() throws(NoMaximum) -> LikelihoodPeak {
    let logScale = bestLogScale(logShape: 0)
    return LikelihoodPeak(
      logScale: logScale, logShape: 0, value: value(logScale: logScale, logShape: 0),
      covariance: SymmetricMatrix(first: 1 / times.failures, mixed: 0, second: 0))
  }

  func logStandard(_ quantity: FittedQuantity, logShape: Double) -> Double {
    if case .quantile(let p) = quantity { return portableLog(-portableLog1p(-p)) }
    return 0
  }

  func law(logScale: Double, logShape: Double) throws(InvalidParameter) -> any Distribution {
    try Exponential(mean: portableExp(logScale + times.top))
  }
}
