extension PooledRates {
  /// The probability of at most this many events of a component in an exposure to come, the uncertainty of its rate and
  /// of what the components have in common included; of another component of the kind for nil.
  ///
  /// A mixture of negative binomial laws, Σ w I(b / (b + span); a, events + 1).
  ///
  /// Source: Gelman et al., "Bayesian data analysis", 2013, section 2.6, over the common law's posterior.
  ///
  /// - Complexity: some thousand incomplete beta functions.
  public func predictiveShare(upTo events: Int, in span: Double, component: Int?) -> Double {
    precondition(events >= 0 && span >= 0, "events and exposure are at least 0")
    return min(
      1,
      mixture(of: component).reduce(0) { sum, law in
        let whole = law.exposure + span
        return sum + law.weight
          * regularizedBeta(
            x: law.exposure / whole, complement: span / whole, a: law.shape, b: Double(events) + 1)
      })
  }

  /// The smallest number of events that a component does not exceed with probability `p` in an exposure to come; of
  /// another component of the kind for nil.
  ///
  /// - Parameter p: from 0 to below 1.
  public func predictiveQuantile(_ p: Double, in span: Double, component: Int?) -> Int {
    precondition(p >= 0 && p < 1 && span >= 0, "a probability below 1 and an exposure of at least 0")
    return firstCount { predictiveShare(upTo: $0, in: span, component: component) >= p }
  }

  /// The laws of a component's rate with their probabilities.
  private func mixture(of component: Int?) -> [WeightedPrior] {
    let (events, exposure) =
      component.map { (Double(components[$0].events), components[$0].exposure) } ?? (0, 0)
    return mixture.map {
      WeightedPrior(shape: $0.shape + events, exposure: $0.exposure + exposure, weight: $0.weight)
    }
  }
}

/// The first number of events from which on something holds.
func firstCount(where reaches: (Int) -> Bool) -> Int {
  var high = 0
  while !reaches(high), high < 1 << 60 { high = 2 * high + 1 }
  var low = 0
  while low < high {
    let middle = (low + high) / 2
    if reaches(middle) { high = middle } else { low = middle + 1 }
  }
  return low
}
