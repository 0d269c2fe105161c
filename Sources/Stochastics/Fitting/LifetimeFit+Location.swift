extension LifetimeFit {
  /// The location with the values that the data make less likely than the best by no more than half a chi-square
  /// quantile, shape and scale at their best for each; from 0 to the smallest failure.
  ///
  /// The usual theory holds for shapes above 2 only (Smith 1985); below, and where the interval reaches the smallest
  /// failure, its confidence is nominal.
  ///
  /// - Parameter confidence: between 0 and 1.
  /// - Returns: nil for a law without a location.
  public func locationEstimate(confidence: Double) -> Estimate? {
    preconditionConfidence(confidence)
    guard family == .shiftedWeibull else { return nil }
    let smallest = sample.times[..<sample.failureRows].min() ?? 0
    let z = normalQuantile((1 + confidence) / 2)
    let search = LocationSearch(sample)
    func isInside(_ location: Double) -> Bool { logLikelihood - search.value(location) <= z * z / 2 }
    return Estimate(
      value: location, low: edge(from: location, to: 0, isInside),
      high: edge(from: location, to: smallest, isInside), confidence: confidence)
  }

  /// Where the interval ends on the way to a bound; the bound when it reaches it.
  ///
  /// At the smallest failure itself there is no likelihood, so the way there ends one step before.
  private func edge(from inside: Double, to bound: Double, _ isInside: (Double) -> Bool) -> Double {
    var last = inside
    for step in 1...(bound == 0 ? 64 : 63) {
      let next = inside + (bound - inside) * Double(step) / 64
      if !isInside(next) { return halved(inside: last, outside: next, isInside) }
      last = next
    }
    return bound
  }

  private func halved(inside: Double, outside: Double, _ isInside: (Double) -> Bool) -> Double {
    var (inside, outside) = (inside, outside)
    for _ in 0..<50 {
      let middle = (inside + outside) / 2
      if isInside(middle) { inside = middle } else { outside = middle }
    }
    return inside
  }
}
