/// What is believed of a constant rate of events, as a gamma law: before data a prior, after them the posterior, which
/// again is a gamma law.
///
/// It can be read as `shape` events seen in `exposure` before. Worked: Jeffreys' prior and 2 failures in 800 h give a
/// gamma law with shape 2.5 and exposure 800 h, with the mean rate 0.003125 /h.
///
/// Source: Gelman, Carlin, Stern, Dunson, Vehtari and Rubin, "Bayesian data analysis", 2013, section 2.6.
public struct GammaRate: Hashable, Sendable {
  /// The shape, often a.
  public let shape: Double

  /// The exposure, often b, in the unit that the rate is per; 0 for Jeffreys' prior alone, which is no law yet.
  public let exposure: Double

  /// Jeffreys' prior, shape ½ and exposure 0: as little as can be believed in a way that does not depend on the unit.
  public static let jeffreys = GammaRate(unchecked: 0.5, 0)

  private init(unchecked shape: Double, _ exposure: Double) {
    (self.shape, self.exposure) = (shape, exposure)
  }

  /// A belief worth `shape` events in `exposure`, both greater than 0.
  public init(shape: Double, exposure: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(shape, "the shape of a prior rate")
    try InvalidParameter.requirePositive(exposure, "the exposure of a prior rate")
    self.init(unchecked: shape, exposure)
  }

  /// The belief that the mean time between events is above `median` with 50 % and above `low` with 95 %.
  ///
  /// Worked: 600 h and 250 h give the shape 2.863 and the exposure 1,522.5 h.
  ///
  /// Source: NIST/SEMATECH, "e-Handbook of statistical methods", section 8.2.5 (the 50/95 method).
  ///
  /// - Parameters:
  ///   - median: greater than `low`, at most a million times it.
  ///   - low: greater than 0.
  public init(medianMTBF median: Double, mtbfExceededWith95Percent low: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(low, "the mean time between events exceeded with 95 %")
    guard median > low, median.isFinite else {
      throw InvalidParameter(
        message: "the median of the mean time between events is \(plain(median)); it must be greater than "
          + "\(plain(low)), which is exceeded with 95 %")
    }
    let ratio = portableLog(median / low)
    func excess(_ logShape: Double) -> Double {
      let shape = portableExp(logShape)
      let (far, middle) = (
        inverseRegularizedGammaQ(shape: shape, q: 0.05), inverseRegularizedGammaP(shape: shape, p: 0.5)
      )
      return middle > 0 ? portableLog(far / middle) - ratio : .infinity
    }
    var (small, large) = (-6.0, 25.0)
    for _ in 0..<80 {
      let between = (small + large) / 2
      if excess(between) > 0 { small = between } else { large = between }
    }
    let shape = portableExp((small + large) / 2)
    self.init(unchecked: shape, median * inverseRegularizedGammaP(shape: shape, p: 0.5))
  }

  /// The belief after more data: shape + events, exposure + exposure.
  ///
  /// - Parameters:
  ///   - events: at least 0.
  ///   - exposure: at least 0; greater than 0 for Jeffreys' prior.
  public func updated(events: Int, exposure added: Double) throws(InvalidParameter) -> GammaRate {
    try InvalidParameter.requireNonNegative(added, "the exposure")
    guard events >= 0 else {
      throw InvalidParameter(message: "the number of events is \(events); it must be at least 0")
    }
    return try GammaRate(shape: shape + Double(events), exposure: exposure + added)
  }

  /// Whether this is a law, with an exposure; Jeffreys' prior without data is none.
  private func preconditionProper() {
    precondition(exposure > 0, "a prior without exposure is no law yet; update it with data")
  }
}

extension GammaRate {
  /// The mean rate, shape / exposure.
  public var mean: Double {
    preconditionProper()
    return shape / exposure
  }

  /// The rate not exceeded with a probability.
  public func quantile(_ p: Double) -> Double {
    preconditionProper()
    preconditionProbability(p)
    return inverseRegularizedGammaP(shape: shape, p: p) / exposure
  }

  /// The probability of a rate above this.
  public func survival(_ rate: Double) -> Double {
    preconditionProper()
    return regularizedGammaQ(shape: shape, x: rate * exposure)
  }

  /// The mean rate with the interval that leaves as much probability on each side.
  public func rateEstimate(confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    return Estimate(
      value: mean, low: quantile((1 - confidence) / 2), high: upperQuantile((1 - confidence) / 2),
      confidence: confidence)
  }

  /// The median of the mean time between events with the interval that leaves as much probability on each side.
  public func mtbfEstimate(confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    return Estimate(
      value: 1 / quantile(0.5), low: 1 / upperQuantile((1 - confidence) / 2),
      high: 1 / quantile((1 - confidence) / 2), confidence: confidence)
  }

  /// The mean time between events that is exceeded with a probability.
  public func mtbf(exceededWith probability: Double) -> Double {
    preconditionProbability(probability)
    return 1 / upperQuantile(1 - probability)
  }

  private func upperQuantile(_ q: Double) -> Double {
    preconditionProper()
    return inverseRegularizedGammaQ(shape: shape, q: q) / exposure
  }

  /// A draw of the rate.
  public func sample(using stream: inout RandomStream) -> Double {
    preconditionProper()
    return stream.standardGamma(shape: shape) / exposure
  }

  /// How much more exposure with at most `failures` events makes a mean time between events of at least `mtbf` believed
  /// with `confidence`; 0 where it is believed already.
  ///
  /// Worked: after the 50/95 prior of 600 h and 250 h, 500 h at 80 % take 1,756 h with 2 failures.
  ///
  /// Source: NIST/SEMATECH, "e-Handbook of statistical methods", section 8.3.1.5.
  public func exposure(toShow mtbf: Double, failures: Int, confidence: Double) -> Double {
    preconditionConfidence(confidence)
    precondition(mtbf > 0 && failures >= 0, "a mean time is greater than 0, a number of failures at least 0")
    return max(
      0, mtbf * inverseRegularizedGammaQ(shape: shape + Double(failures), q: 1 - confidence) - exposure)
  }
}

extension GammaRate {
  /// The probability of this many events in an exposure to come: negative binomial, the uncertainty of the rate
  /// included.
  ///
  /// Source: Gelman et al. 2013, section 2.6.
  ///
  /// - Parameters:
  ///   - events: at least 0.
  ///   - span: the exposure to come, at least 0.
  public func predictiveProbability(of events: Int, in span: Double) -> Double {
    preconditionProper()
    precondition(events >= 0 && span >= 0, "events and exposure are at least 0")
    if span == 0 { return events == 0 ? 1 : 0 }
    let n = Double(events)
    let share = span / (exposure + span)
    return portableExp(
      logGamma(shape + n) - logGamma(shape) - logGamma(n + 1) + shape * portableLog1p(-share)
        + n * portableLog(share))
  }

  /// The smallest number of events that is not exceeded with probability `p` in an exposure to come.
  ///
  /// - Parameter p: from 0 to below 1.
  public func predictiveQuantile(_ p: Double, in span: Double) -> Int {
    preconditionProper()
    precondition(p >= 0 && p < 1 && span >= 0, "a probability below 1 and an exposure of at least 0")
    return firstCount { predictiveShare(upTo: $0, in: span) >= p }
  }

  /// The probability of at most this many events in an exposure to come, I(b / (b + span); a, events + 1).
  public func predictiveShare(upTo events: Int, in span: Double) -> Double {
    preconditionProper()
    precondition(events >= 0 && span >= 0, "events and exposure are at least 0")
    let whole = exposure + span
    return regularizedBeta(x: exposure / whole, complement: span / whole, a: shape, b: Double(events) + 1)
  }
}
