/// The likelihood of a lognormal law: with z = (y − μ) / σ,
/// ℓ = −d log σ − ½ d log 2π − ½ Σ z² + Σ log(1 − Φ(z)), the second sum over the censored rows.
///
/// The failures enter through their mean and variance alone, so a pass over the censored rows is all it takes.
///
/// Source: Lawless, "Statistical models and methods for lifetime data", 2003, section 5.3.
struct LognormalLikelihood: ScaleFamilyLikelihood {
  let times: LogTimes
  private let mean: Double
  private let squares: Double

  init(times: LogTimes) {
    self.times = times
    let moments = times.failureMoments
    mean = moments.mean
    squares = moments.variance * times.failures
  }

  func value(logScale: Double, logShape: Double) -> Double {
    let inverseSigma = portableExp(-logShape)
    let away = mean - logScale
    let squared = (squares + times.failures * away * away) * inverseSigma * inverseSigma
    let survivors = weightedSum(times.censored, times.censoredCounts) {
      normalTail(($0 - logScale) * inverseSigma).logSurvival
    }
    return -times.failures * (logShape + 0.9189385332046728) - 0.5 * squared + survivors
  }

  func bestLogScale(logShape: Double) -> Double {
    guard !times.censored.isEmpty else { return mean }
    let inverseSigma = portableExp(-logShape)
    func pull(_ mu: Double) -> (value: Double, slope: Double) {
      let survivors = times.censoredSums { y in
        let tail = hazardAndSlope((y - mu) * inverseSigma)
        return (tail.hazard, tail.slope * inverseSigma)
      }
      let own = times.failures * inverseSigma
      return (own * (mu - mean) - survivors.0, own + survivors.1)
    }
    let furthest = mean - pull(mean).value / (times.failures * inverseSigma)
    return increasingZero(start: mean, low: mean, high: furthest, tolerance: 1e-12, pull)
  }

  func peak() throws(NoMaximum) -> LikelihoodPeak {
    guard !times.showsNoSpread else { throw .oneDistinctTime }
    guard let point = ConcavePoint(times, mean: mean, squares: squares).climbed() else {
      throw .timesTooAlike
    }
    let information = point.informationOfLogs
    guard let covariance = information.inverse else { throw .timesTooAlike }
    let (logScale, logShape) = (point.mu, -portableLog(point.inverseSigma))
    return LikelihoodPeak(
      logScale: logScale, logShape: logShape, value: value(logScale: logScale, logShape: logShape),
      covariance: covariance)
  }

  func logStandard(_ quantity: FittedQuantity, logShape: Double) -> Double {
    let sigma = portableExp(logShape)
    return switch quantity {
    case .scale, .shape: 0
    case .mean: sigma * sigma / 2
    case .quantile(let p): sigma * normalQuantile(p)
    }
  }

  func law(logScale: Double, logShape: Double) throws(InvalidParameter) -> any Distribution {
    try Lognormal(mu: logScale + times.top, sigma: portableExp(logShape))
  }
}

/// The normal hazard λ and its derivative λ (λ − z), which lies between 0 and 1.
private func hazardAndSlope(_ z: Double) -> (hazard: Double, slope: Double) {
  let hazard = normalTail(z).hazard
  return (hazard, min(1, max(0, hazard * (hazard - z))))
}

/// The likelihood at τ = 1/σ and η = μ/σ, in which it is concave, so that Newton's method with shortened steps always
/// arrives.
///
/// Source: Burridge, "A note on maximum likelihood estimation for regression models using grouped data", JRSS B 43
/// (1981): log-concave densities are concave in these.
private struct ConcavePoint {
  private let times: LogTimes
  private let mean: Double
  private let squares: Double
  private(set) var inverseSigma: Double
  private var eta: Double

  init(_ times: LogTimes, mean: Double, squares: Double) {
    (self.times, self.mean, self.squares) = (times, mean, squares)
    let rows = times.counts.isEmpty ? Double(times.logs.count) : times.counts.reduce(0, +)
    let centre = weightedSum(times.logs, times.counts) { $0 } / rows
    let spread = weightedSum(times.logs, times.counts) { ($0 - centre) * ($0 - centre) } / rows
    inverseSigma = spread > 0 ? 1 / spread.squareRoot() : 1
    eta = centre * inverseSigma
  }

  var mu: Double { eta / inverseSigma }

  /// The point moved to the maximum; nil when that is not reached within any sensible number of steps.
  func climbed() -> ConcavePoint? {
    var point = self
    for _ in 0..<200 {
      let (value, step, decrement) = point.newton()
      guard decrement.isFinite else { return nil }
      if decrement < 1e-18 * max(1, times.failures) { return point }
      guard let next = point.moved(by: step, above: value) else { return point }
      point = next
    }
    return nil
  }

  /// The first of the step and its halves that raises the likelihood; nil when rounding lets none do.
  private func moved(by step: (tau: Double, eta: Double), above value: Double) -> ConcavePoint? {
    var length = 1.0
    for _ in 0..<60 {
      var next = self
      next.inverseSigma += length * step.tau
      next.eta += length * step.eta
      if next.inverseSigma > 0, next.value > value { return next }
      length /= 2
    }
    return nil
  }

  /// ℓ but for a constant.
  private var value: Double {
    let centred = inverseSigma * mean - eta
    let survivors = weightedSum(times.censored, times.censoredCounts) {
      normalTail(inverseSigma * $0 - eta).logSurvival
    }
    return times.failures * (portableLog(inverseSigma) - 0.5 * centred * centred)
      - 0.5 * inverseSigma * inverseSigma * squares + survivors
  }

  /// The value, Newton's step and how much it promises.
  private func newton() -> (value: Double, step: (tau: Double, eta: Double), decrement: Double) {
    let (gradient, information) = slopes()
    guard let inverse = information.inverse else { return (value, (0, 0), .nan) }
    let tau = inverse.first * gradient.tau + inverse.mixed * gradient.eta
    let eta = inverse.mixed * gradient.tau + inverse.second * gradient.eta
    return (value, (tau, eta), tau * gradient.tau + eta * gradient.eta)
  }

  /// The gradient and the negative second derivatives, in (τ, η).
  private func slopes() -> (gradient: (tau: Double, eta: Double), information: SymmetricMatrix) {
    let (tau, d) = (inverseSigma, times.failures)
    let centred = tau * mean - eta
    let meanSquares = squares + d * mean * mean
    var gradient = (tau: d / tau - tau * squares - d * centred * mean, eta: d * centred)
    var (first, mixed, second) = (d / (tau * tau) + meanSquares, -d * mean, d)
    for row in times.failureRows..<times.logs.count {
      let (y, weight) = (times.logs[row], times.counts.isEmpty ? 1 : times.counts[row])
      let tail = hazardAndSlope(tau * y - eta)
      let slope = weight * tail.slope
      gradient.tau -= weight * tail.hazard * y
      gradient.eta += weight * tail.hazard
      first += slope * y * y
      mixed -= slope * y
      second += slope
    }
    return (gradient, SymmetricMatrix(first: first, mixed: mixed, second: second))
  }

  /// The information of (μ, log σ) where the gradient is 0: with J = ∂(τ, η) / ∂(μ, log σ), Jᵀ I J.
  var informationOfLogs: SymmetricMatrix {
    let information = slopes().information
    let (tau, eta) = (inverseSigma, eta)
    return SymmetricMatrix(
      first: information.second * tau * tau,
      mixed: -tau * (information.mixed * tau + information.second * eta),
      second: information.first * tau * tau + 2 * information.mixed * tau * eta + information.second * eta
        * eta)
  }
}
