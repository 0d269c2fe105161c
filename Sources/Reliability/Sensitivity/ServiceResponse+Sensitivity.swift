internal import Quantities
internal import Stochastics

extension ServiceResponse {
  /// A parameter that no factor can act on, as it is not one of the model's.
  public struct UnknownParameter: Error, Sendable, Hashable {
    /// The name.
    public let name: String
  }

  // MARK: One at a time

  /// The tornado of each capability's unavailability, in the order of the capabilities.
  ///
  /// - Parameters:
  ///   - stated: low and high values of some parameters, by name.
  ///   - factors: what is believed of others; they vary from the 5th to the 95th percentile.
  ///   - span: all others vary from their value divided by this to their value times this, and at most to 1 where they
  ///     are probabilities.
  public func tornadoes(
    stated: [String: ClosedRange<Double>] = [:], factors: [UncertainFactor] = [], span: Double = 2
  ) -> [Tornado] {
    let ranges = parameters.enumerated().map { place, parameter in
      let usual = ClosedRange(uncheckedBounds: (parameter.value / span, parameter.value * span))
      let range = stated[parameter.name] ?? believed(parameter, factors) ?? usual
      return Tornado.Range(
        place: place, name: parameter.name, low: min(parameter.maximum, range.lowerBound),
        high: min(parameter.maximum, range.upperBound))
    }
    var cache = ResponseCache()
    return Tornado.tornadoes(base: statedValues, ranges: ranges) {
      exact.unavailabilities($0, revaluation, &cache)
    }
  }

  private func believed(_ parameter: ModelParameter, _ factors: [UncertainFactor]) -> ClosedRange<Double>? {
    for factor in factors {
      let (low, high) = (factor.law.quantile(0.05), factor.law.quantile(0.95))
      if factor.multiplied.contains(parameter.name) {
        return (parameter.value * low)...(parameter.value * high)
      }
      if factor.divided.contains(parameter.name), low > 0 {
        return (parameter.value / high)...(parameter.value / low)
      }
    }
    return nil
  }

  // MARK: All at once

  /// The distribution of each capability's unavailability when factors are uncertain; `nil` when it has no value.
  ///
  /// - Throws: the first factor's parameter that the model does not have.
  public func uncertainty(
    _ factors: [UncertainFactor], samples: Int, seed: UInt64
  ) throws(UnknownParameter) -> [SampledDistribution?] {
    let places = try FactorPlaces(factors, of: parameters)
    var cache = ResponseCache()
    return UncertaintyPropagation.distributions(
      of: factors.map(\.input), samples: samples, seed: seed, outputs: capabilities.count
    ) { sampled(places.values($0), &cache) }
  }

  /// The Sobol indices of each capability's unavailability when factors are uncertain; `nil` when it does not vary.
  ///
  /// - Throws: the first factor's parameter that the model does not have.
  public func sobolIndices(
    _ factors: [UncertainFactor], samples: Int, seed: UInt64, resamples: Int = 200
  ) throws(UnknownParameter) -> [SobolIndices?] {
    let places = try FactorPlaces(factors, of: parameters)
    var cache = ResponseCache()
    return SobolIndices.estimates(
      of: factors.map(\.input), samples: samples, seed: seed, outputs: capabilities.count,
      resamples: resamples
    ) { sampled(places.values($0), &cache) }
  }

  /// How the samples treat roles that move by a chain too large to be solved for each, with the largest difference that this
  /// made in some of them; `nil` where nothing is approximated.
  ///
  /// - Throws: the first factor's parameter that the model does not have.
  public func samplingNote(
    _ factors: [UncertainFactor], samples: Int, seed: UInt64
  ) throws(UnknownParameter) -> String? {
    guard quick != nil, samples > 0 else { return nil }
    let places = try FactorPlaces(factors, of: parameters)
    let checked = min(samples, 8)
    let draws = factors.map { $0.input.draws(checked, seed: seed) }
    var cache = ResponseCache()
    var worst = 0.0
    for sample in 0..<checked {
      let values = places.values(draws.map { $0[sample] })
      let found = sampled(values, &cache)
      for (own, chain) in zip(found, exact.unavailabilities(values, revaluation, &cache)) where chain > 0 {
        worst = max(worst, abs(own / chain - 1))
      }
    }
    return
      "In samples, roles that move are down for the mean role outage, scaled to agree with their Markov chain as stated; "
      + "in \(checked) samples solved by the chain the downtime differed by at most "
      + "\(shortest((worst * 100).rounded(.up, digits: 2))) %."
  }

  /// The unavailabilities for one sample.
  private func sampled(_ values: [Double], _ cache: inout ResponseCache) -> [Double] {
    guard let quick else { return exact.unavailabilities(values, revaluation, &cache) }
    let found = quick.network.unavailabilities(values, revaluation, &cache)
    return zip(found, quick.factors).map { min(1, $0 * $1) }
  }
}

extension UncertainFactor {
  fileprivate var input: UncertainInput { UncertainInput(name: name, law: law) }
}
