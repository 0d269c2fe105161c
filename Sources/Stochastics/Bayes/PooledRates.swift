/// Events seen on one component, and for how long.
public struct EventCount: Hashable, Sendable {
  /// The number of events.
  public let events: Int

  /// The time under observation.
  public let exposure: Double

  /// - Parameters:
  ///   - events: at least 0.
  ///   - exposure: greater than 0.
  public init(events: Int, exposure: Double) throws(InvalidParameter) {
    try InvalidParameter.requirePositive(exposure, "the time under observation")
    guard events >= 0 else {
      throw InvalidParameter(message: "the number of events is \(events); it must be at least 0")
    }
    (self.events, self.exposure) = (events, exposure)
  }
}

/// The rates of similar components, each drawn towards what they have in common: the more, the less was seen of it and
/// the more alike they are.
///
/// Rates are taken as draws from one gamma law, whose mean and spread are estimated from all components. With them
/// uncertain, each rate's law is a mixture of gamma laws over all that the data leave possible.
///
/// Worked: ten pumps (Gaver and O'Muircheartaigh 1987) have a law of rates with shape 0.823 and exposure 1.262 thousand
/// hours; the second pump, 1 failure in 15.7, goes from 0.0637 to 0.107.
///
/// Source: Gaver and O'Muircheartaigh, "Robust empirical Bayes analyses of event rates", Technometrics 29 (1987);
/// for the prior of the spread Gelman, "Prior distributions for variance parameters in hierarchical models", Bayesian
/// Analysis 1 (2006).
public struct PooledRates: Hashable, Sendable {
  /// The components.
  public let components: [EventCount]

  /// The law of the rates with the largest marginal likelihood, a gamma law; nil where components differ no more than
  /// chance lets them, so that the best law has no spread and all share one rate.
  public let commonLaw: GammaRate?

  /// The mean rate of that law, or of all components together.
  public let commonMean: Double

  /// The coefficient of variation between rates that has the largest marginal likelihood; 0 for one common rate.
  public let bestSpread: Double

  let mixture: [WeightedPrior]

  /// - Parameter components: at least two, with at least one event among them.
  public init(_ components: [EventCount]) throws(InvalidParameter) {
    guard components.count > 1 else {
      throw InvalidParameter(message: "pooling needs at least two components; \(components.count) is given")
    }
    guard components.contains(where: { $0.events > 0 }) else {
      throw InvalidParameter(
        message: "no component had an event, so nothing can be said of what they have in common; "
          + "give a prior instead")
    }
    let likelihood = MarginalLikelihood(components)
    self.components = components
    mixture = likelihood.posterior()
    let best = likelihood.best()
    commonLaw = best.flatMap { try? GammaRate(shape: $0.shape, exposure: $0.exposure) }
    bestSpread = commonLaw.map { 1 / $0.shape.squareRoot() } ?? 0
    commonMean =
      commonLaw?.mean
      ?? Double(components.reduce(0) { $0 + $1.events }) / components.reduce(0) { $0 + $1.exposure }
  }
}

extension PooledRates {
  /// A component's rate as the best common law has it, without that law's own uncertainty: too narrow for few components.
  ///
  /// - Returns: nil where all components share one rate.
  public func empiricalBayes(_ component: Int) -> GammaRate? {
    guard let law = commonLaw else { return nil }
    return try? law.updated(events: components[component].events, exposure: components[component].exposure)
  }

  /// A component's rate, the common law's uncertainty included.
  ///
  /// The value is the posterior mean, the interval leaves as much probability on each side. The prior of the common law
  /// is flat in the logarithm of its mean, and half-Cauchy with scale 1 in the coefficient of variation.
  ///
  /// - Parameters:
  ///   - component: an index of ``components``.
  ///   - confidence: between 0 and 1.
  /// - Complexity: some ten thousand incomplete gamma functions.
  public func rateEstimate(_ component: Int, confidence: Double) -> Estimate {
    estimate(components[component].events, components[component].exposure, confidence)
  }

  /// The rate of another component of the kind, of which nothing was seen yet.
  ///
  /// Its mean can be infinite for very few components; the value is the median.
  public func newComponentEstimate(confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    let law = RateMixture(mixture, events: 0, exposure: 0)
    return Estimate(
      value: law.quantile(0.5), low: law.quantile((1 - confidence) / 2),
      high: law.quantile((1 + confidence) / 2), confidence: confidence)
  }

  /// How much of a component's estimate comes from what the components have in common, from 0 to 1, on average over the
  /// common law's uncertainty.
  public func shrinkage(_ component: Int) -> Double {
    mixture.reduce(0) {
      $0 + $1.weight * $1.exposure / ($1.exposure + components[component].exposure)
    }
  }

  /// A draw of a component's rate, the common law's uncertainty included; of another component of the kind for nil.
  public func sampleRate(_ component: Int?, using stream: inout RandomStream) -> Double {
    var left = stream.uniform()
    let prior = mixture.first { prior in
      left -= prior.weight
      return left < 0
    }
    // Rounding can leave a last bit of the weights; it belongs to the last law.
    guard let law = prior ?? mixture.last else { return commonMean }
    let (events, exposure) =
      component.map { (Double(components[$0].events), components[$0].exposure) } ?? (0, 0)
    return stream.standardGamma(shape: law.shape + events) / (law.exposure + exposure)
  }

  private func estimate(_ events: Int, _ exposure: Double, _ confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    let law = RateMixture(mixture, events: events, exposure: exposure)
    return Estimate(
      value: law.mean, low: law.quantile((1 - confidence) / 2), high: law.quantile((1 + confidence) / 2),
      confidence: confidence)
  }
}

/// A gamma law of rates with the probability that the data leave it.
struct WeightedPrior: Hashable, Sendable {
  let shape: Double
  let exposure: Double
  let weight: Double
}

/// A mixture of gamma laws: the common laws, each updated by a component's own data.
private struct RateMixture {
  private let laws: [WeightedPrior]

  init(_ priors: [WeightedPrior], events: Int, exposure: Double) {
    laws = priors.map {
      WeightedPrior(shape: $0.shape + Double(events), exposure: $0.exposure + exposure, weight: $0.weight)
    }
  }

  var mean: Double { laws.reduce(0) { $0 + $1.weight * $1.shape / $1.exposure } }

  private func share(below rate: Double) -> Double {
    laws.reduce(0) { $0 + $1.weight * regularizedGammaP(shape: $1.shape, x: rate * $1.exposure) }
  }

  func quantile(_ p: Double) -> Double {
    portableExp(
      increasingZero(near: portableLog(mean), step: 0.5) { share(below: portableExp($0)) - p })
  }
}
