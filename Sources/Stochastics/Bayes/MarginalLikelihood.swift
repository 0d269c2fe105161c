/// The likelihood of a gamma law of rates when each component's own rate is integrated out: each number of events is
/// negative binomial.
///
/// Source: Gaver and O'Muircheartaigh, Technometrics 29 (1987), equation (2.3).
struct MarginalLikelihood {
  private let components: [EventCount]
  private let pooledRate: Double
  private let totalEvents: Double

  init(_ components: [EventCount]) {
    self.components = components
    totalEvents = Double(components.reduce(0) { $0 + $1.events })
    pooledRate = totalEvents / components.reduce(0) { $0 + $1.exposure }
  }

  /// Σ log Γ(a + n) − log Γ(a) + a log(b / (b + T)) − n log(b + T), with b = a / mean.
  func value(logShape: Double, logMean: Double) -> Double {
    let shape = portableExp(logShape)
    let mean = portableExp(logMean)
    return components.reduce(0) { sum, component in
      let n = Double(component.events)
      // b / (b + T) = 1 / (1 + m T / a); written so that a large shape loses no digits.
      let ratio = mean * component.exposure / shape
      let own = n * (logMean - logShape - portableLog1p(ratio)) - shape * portableLog1p(ratio)
      return sum + own + risingFactorial(shape, component.events)
    }
  }

  /// log Γ(a + n) − log Γ(a) = n log a + Σ log(1 + i / a) for few events, which a large shape would lose otherwise.
  private func risingFactorial(_ shape: Double, _ count: Int) -> Double {
    guard count <= 64 else { return logGamma(shape + Double(count)) - logGamma(shape) }
    return (0..<count).reduce(0) { $0 + portableLog1p(Double($1) / shape) } + Double(count)
      * portableLog(shape)
  }

  /// The log mean of the largest likelihood for a shape, and that.
  func best(logShape: Double) -> (logMean: Double, value: Double) {
    let found = unimodalMaximum(start: portableLog(pooledRate), step: 0.2, bounds: -700...700) {
      value(logShape: logShape, logMean: $0)
    }
    let start = portableLog(pooledRate)
    return found.map { ($0.argument, $0.value) } ?? (start, value(logShape: logShape, logMean: start))
  }

  /// The shape and exposure of the largest likelihood; nil where it grows with the shape for ever.
  func best() -> (shape: Double, exposure: Double)? {
    let logShapes = (0...26).map { -6 + 0.75 * Double($0) }
    let values = logShapes.map { best(logShape: $0).value }
    guard let highest = values.indices.max(by: { values[$0] < values[$1] }), highest < logShapes.count - 1
    else {
      return nil
    }
    let found = unimodalMaximum(start: logShapes[highest], step: 0.3, bounds: -12...14) {
      best(logShape: $0).value
    }
    guard let found, found.argument < 13 else { return nil }
    let shape = portableExp(found.argument)
    return (shape, shape / portableExp(best(logShape: found.argument).logMean))
  }

  /// The posterior of the common law on a grid.
  ///
  /// The coefficient of variation τ = 1/√a has a half-Cauchy prior: τ = tan(πu/2) with u uniform, at the middles of
  /// equal parts. For each, the log mean runs over all that is likely, by the trapezoidal rule.
  func posterior(spreads: Int = 48, means: Int = 49) -> [WeightedPrior] {
    var points: [(shape: Double, exposure: Double, logWeight: Double)] = []
    for part in 0..<spreads {
      let tau = tangentOfQuarterTurns((Double(part) + 0.5) / Double(spreads))
      let logShape = -2 * portableLog(tau)
      let range = meanRange(logShape)
      let step = (range.upperBound - range.lowerBound) / Double(means - 1)
      for index in 0..<means {
        let logMean = range.lowerBound + Double(index) * step
        let weight = value(logShape: logShape, logMean: logMean) + portableLog(step)
        points.append((portableExp(logShape), portableExp(logShape - logMean), weight))
      }
    }
    return Self.normalized(points)
  }

  /// Around the peak of the likelihood in the log mean, where it is above a billionth of that.
  private func meanRange(_ logShape: Double) -> ClosedRange<Double> {
    let peak = best(logShape: logShape)
    func edge(_ direction: Double) -> Double {
      let drop = signChange(
        from: (0, -20.7), to: (400, .infinity)
      ) { peak.value - value(logShape: logShape, logMean: peak.logMean + direction * $0) - 20.7 }
      return peak.logMean + direction * drop
    }
    return edge(-1)...edge(1)
  }

  /// Weights that sum to 1, without what is below a billionth of the largest.
  private static func normalized(
    _ points: [(shape: Double, exposure: Double, logWeight: Double)]
  ) -> [WeightedPrior] {
    let largest = points.reduce(-Double.infinity) { max($0, $1.logWeight) }
    let kept = points.filter { $0.logWeight > largest - 20.7 }
    let weights = kept.map { portableExp($0.logWeight - largest) }
    let total = weights.reduce(0, +)
    return zip(kept, weights).map {
      WeightedPrior(shape: $0.shape, exposure: $0.exposure, weight: $1 / total)
    }
  }
}

/// tan(π u / 2) for u between 0 and 1: the quantile of a half-Cauchy variable.
///
/// Student's t with one degree of freedom is Cauchy's.
private func tangentOfQuarterTurns(_ u: Double) -> Double {
  studentTQuantile((1 + u) / 2, degreesOfFreedom: 1)
}
