internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// What is believed of the rate of a class of incidents, per hour of exposure.
enum RateBelief: Sendable {
  /// By a stated prior and its own history.
  case own(prior: RatePrior, posterior: GammaRate)
  /// By its own history and what it has in common with others; `nil` for another of the kind.
  case pooled(PooledRates, Int?)

  /// The mean rate with its interval; of another of the kind the median.
  func perHour(confidence: Double) -> Estimate {
    switch self {
    case .own(_, let posterior): posterior.rateEstimate(confidence: confidence)
    case .pooled(let rates, let index?): rates.rateEstimate(index, confidence: confidence)
    case .pooled(let rates, nil): rates.newComponentEstimate(confidence: confidence)
    }
  }

  /// One over that, the limits exchanged.
  func meanTime(confidence: Double) -> Estimate {
    let rate = perHour(confidence: confidence)
    return Estimate(
      value: 1 / rate.value, low: 1 / rate.high, high: rate.low > 0 ? 1 / rate.low : .infinity,
      confidence: confidence)
  }

  /// How much of it comes from what the classes have in common; `nil` where nothing does.
  var shrinkage: Double? {
    guard case .pooled(let rates, let index?) = self else { return nil }
    return rates.shrinkage(index)
  }

  /// How many incidents come in an exposure: the number expected, or the median of another of the kind, whose mean may be
  /// infinite, with the limits that leave as much probability on each side.
  func count(in exposureHours: Double, confidence: Double) -> Estimate {
    let tail = (1 - confidence) / 2
    let expected =
      switch self {
      case .own(_, let posterior): posterior.mean * exposureHours
      case .pooled(_, .some): perHour(confidence: confidence).value * exposureHours
      case .pooled(_, nil): Double(quantile(0.5, in: exposureHours))
      }
    return Estimate(
      value: expected, low: Double(quantile(tail, in: exposureHours)),
      high: Double(quantile(1 - tail, in: exposureHours)), confidence: confidence)
  }

  /// The probability of no incident in an exposure.
  func none(in exposureHours: Double) -> Double {
    switch self {
    case .own(_, let posterior): posterior.predictiveShare(upTo: 0, in: exposureHours)
    case .pooled(let rates, let index):
      rates.predictiveShare(upTo: 0, in: exposureHours, component: index)
    }
  }

  private func quantile(_ p: Double, in exposureHours: Double) -> Int {
    switch self {
    case .own(_, let posterior): posterior.predictiveQuantile(p, in: exposureHours)
    case .pooled(let rates, let index): rates.predictiveQuantile(p, in: exposureHours, component: index)
    }
  }
}

/// What is believed of how long a class of incidents lasts.
enum DurationBelief: Sendable {
  /// By a stated prior and its own history.
  case own(prior: DurationPrior, posterior: LognormalBelief)
  /// By its own history and what it has in common with others; `nil` for another of the kind.
  case pooled(PooledDurations, Int?)

  /// The median with its interval, in hours.
  func median(confidence: Double) -> Estimate {
    switch self {
    case .own(_, let posterior): posterior.medianEstimate(confidence: confidence)
    case .pooled(let durations, let index?): durations.medianEstimate(index, confidence: confidence)
    case .pooled(let durations, nil): durations.newComponentEstimate(confidence: confidence)
    }
  }

  /// The standard deviation of the logarithm; `nil` where it is common to all.
  func sigma(confidence: Double) -> Estimate? {
    guard case .own(_, let posterior) = self else { return nil }
    return posterior.sigmaEstimate(confidence: confidence)
  }

  /// How long the next one is at most, with a probability, in hours.
  func next(_ p: Double) -> Double {
    switch self {
    case .own(_, let posterior): posterior.predictiveQuantile(p)
    case .pooled(let durations, let index): durations.predictiveQuantile(p, component: index)
    }
  }

  /// How much of it comes from what the classes have in common; `nil` where nothing does.
  var shrinkage: Double? {
    guard case .pooled(let durations, let index?) = self else { return nil }
    return durations.shrinkage(index)
  }
}
