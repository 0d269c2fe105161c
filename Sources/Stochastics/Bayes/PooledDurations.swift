/// The durations of similar components, each component's median drawn towards what they have in common: the more, the
/// fewer durations of it were seen and the more alike the components are.
///
/// Durations are lognormal with one σ; the components' μ are normal around a common one. Nothing is plugged in: σ, the
/// common μ and the spread between components are all integrated over, with the prior 1/σ for σ, a flat one for the
/// common μ, and half-Cauchy with scale 1 for the ratio of the spread between components to σ.
///
/// Where something is believed of σ before, ``Spread``, it takes the place of that prior: of classes whose own durations are
/// all alike, as typed in or rounded, nothing else shows how much they vary.
///
/// Source: Gelman, Carlin, Stern, Dunson, Vehtari and Rubin, "Bayesian data analysis", 2013, sections 5.4 and 11.6;
/// for the prior of the spread Gelman, Bayesian Analysis 1 (2006).
public struct PooledDurations: Hashable, Sendable {
  /// What is believed of σ before.
  public struct Spread: Hashable, Sendable {
    /// The standard deviation of the logarithm that is expected.
    public let sigma: Double
    /// How many durations the belief counts as.
    public let worth: Double

    /// - Parameters:
    ///   - sigma: greater than 0.
    ///   - worth: greater than 0.
    public init(sigma: Double, worth: Double) throws(InvalidParameter) {
      try InvalidParameter.requirePositive(sigma, "the prior sigma of the durations")
      try InvalidParameter.requirePositive(worth, "the number of durations a prior is worth")
      (self.sigma, self.worth) = (sigma, worth)
    }

    /// The sum of squares that the belief is worth.
    var squares: Double { worth * sigma * sigma }
  }

  /// How many durations each component has.
  public let counts: [Int]

  private let means: [Double]
  private let points: [CommonPoint]
  private let degreesOfFreedom: Double

  /// - Parameters:
  ///   - durations: those of each of at least two components, each greater than 0 and finite; a component may have none.
  ///     Within one component at least, two must differ, unless a spread is believed.
  ///   - spread: what is believed of σ before: 1/σ² is gamma with half as much shape as it is worth.
  public init(_ durations: [[Double]], spread: Spread? = nil) throws(InvalidParameter) {
    for component in durations {
      for duration in component { try InvalidParameter.requirePositive(duration, "a duration") }
    }
    let observed = durations.filter { !$0.isEmpty }.count
    guard observed > 1 else {
      throw InvalidParameter(
        message: "pooling needs durations of at least two components; \(observed) "
          + (observed == 1 ? "has any" : "have any"))
    }
    let groups = durations.map { LogGroup($0) }
    guard spread != nil || groups.contains(where: { $0.squares > 0 }) else {
      throw InvalidParameter(
        message:
          "no class has two different durations (as typed in or rounded), so nothing shows how much one differs from the "
          + "next; say what is believed of that")
    }
    counts = groups.map(\.count)
    means = groups.map(\.mean)
    degreesOfFreedom = Double(counts.reduce(0, +) - 1) + (spread?.worth ?? 0)
    points = CommonPoint.posterior(groups.filter { $0.count > 0 }, spread: spread)
  }
}

extension PooledDurations {
  /// A component's median duration, with the interval that leaves as much probability on each side; the value leaves
  /// half.
  ///
  /// - Parameters:
  ///   - component: an index of the durations given; one without any is estimated from the others.
  ///   - confidence: between 0 and 1.
  public func medianEstimate(_ component: Int, confidence: Double) -> Estimate {
    law(component).estimate(confidence)
  }

  /// The median duration of another component of the kind, of which nothing was seen yet.
  public func newComponentEstimate(confidence: Double) -> Estimate { law(nil).estimate(confidence) }

  /// The length that a component's next duration does not exceed with probability `p`; of another component of the kind
  /// for nil.
  ///
  /// - Parameter p: above 0 and below 1.
  public func predictiveQuantile(_ p: Double, component: Int?) -> Double {
    precondition(p > 0 && p < 1, "a quantile lies between 0 and 1")
    return portableExp(law(component, isPredictive: true).quantile(p))
  }

  /// How much of a component's estimate comes from what the components have in common, from 0 to 1, on average over what
  /// is not known of them.
  public func shrinkage(_ component: Int) -> Double {
    points.reduce(0) { $0 + $1.weight / (1 + Double(counts[component]) * $1.ratio * $1.ratio) }
  }

  /// The law of a component's μ, or of the logarithm of its next duration.
  ///
  /// Given the ratio r of the spreads, μ is Student's t around B m + (1 − B) ȳ with B = 1 / (1 + n r²), and has the
  /// variance factor r² / (1 + n r²) + B² / A.
  private func law(_ component: Int?, isPredictive: Bool = false) -> StudentMixture {
    let (count, mean) = component.map { (Double(counts[$0]), means[$0]) } ?? (0, 0)
    let laws = points.map { point in
      let square = point.ratio * point.ratio
      let shared = 1 / (1 + count * square)
      let factor = square * shared + shared * shared / point.precision + (isPredictive ? 1 : 0)
      return (
        centre: shared * point.mean + (1 - shared) * mean,
        spread: (point.squares / degreesOfFreedom * factor).squareRoot(), weight: point.weight
      )
    }
    return StudentMixture(laws: laws, degreesOfFreedom: degreesOfFreedom)
  }
}

/// Mean and squares of the logarithms of one component's durations.
private struct LogGroup {
  let count: Int
  let mean: Double
  let squares: Double

  init(_ durations: [Double]) {
    let logs = durations.map { portableLog($0) }
    let mean = logs.isEmpty ? 0 : logs.reduce(0, +) / Double(logs.count)
    count = logs.count
    self.mean = mean
    squares = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}

/// What the components have in common for one ratio of the spread between them to that within.
private struct CommonPoint: Hashable, Sendable {
  /// The ratio r.
  let ratio: Double
  /// The mean of the common μ, m = Σ ȳ / v / A with v = r² + 1/n.
  let mean: Double
  /// A = Σ 1 / v.
  let precision: Double
  /// The squares within components, and Σ (ȳ − m)² / v.
  let squares: Double
  /// The probability of the ratio.
  let weight: Double

  /// The posterior of r at the middles of equal parts of its half-Cauchy prior: with N durations, the density
  /// ∝ Π (1 + n r²)^(−½) A^(−½) squares^(−(N − 1)/2); a belief about σ adds to the squares and to N.
  static func posterior(
    _ groups: [LogGroup], spread: PooledDurations.Spread?, parts: Int = 160
  ) -> [CommonPoint] {
    let ratios = (0..<parts).map { part in
      studentTQuantile(0.5 + (Double(part) + 0.5) / Double(2 * parts), degreesOfFreedom: 1)
    }
    let total = Double(groups.reduce(0) { $0 + $1.count }) + (spread?.worth ?? 0)
    let believed = spread?.squares ?? 0
    let drafts = ratios.map { CommonPoint(groups, believed: believed, ratio: $0, weight: 0) }
    let logWeights = drafts.map { draft in
      let determinant = groups.reduce(0) {
        $0 + portableLog1p(Double($1.count) * draft.ratio * draft.ratio)
      }
      return -0.5 * (determinant + portableLog(draft.precision) + (total - 1) * portableLog(draft.squares))
    }
    let largest = logWeights.reduce(-Double.infinity) { max($0, $1) }
    let weights = logWeights.map { portableExp($0 - largest) }
    let sum = weights.reduce(0, +)
    return zip(ratios, weights).map { CommonPoint(groups, believed: believed, ratio: $0, weight: $1 / sum) }
  }

  private init(_ groups: [LogGroup], believed: Double, ratio: Double, weight: Double) {
    let precisions = groups.map { 1 / (ratio * ratio + 1 / Double($0.count)) }
    let precision = precisions.reduce(0, +)
    let mean = zip(groups, precisions).reduce(0) { $0 + $1.0.mean * $1.1 } / precision
    (self.ratio, self.weight, self.precision, self.mean) = (ratio, weight, precision, mean)
    squares = zip(groups, precisions).reduce(believed) { sum, pair in
      let away = pair.0.mean - mean
      return sum + pair.0.squares + away * away * pair.1
    }
  }
}

/// A mixture of Student's t laws with the same degrees of freedom.
private struct StudentMixture {
  let laws: [(centre: Double, spread: Double, weight: Double)]
  let degreesOfFreedom: Double

  /// The median and the limits, of the exponential.
  func estimate(_ confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    return Estimate(
      value: portableExp(quantile(0.5)), low: portableExp(quantile((1 - confidence) / 2)),
      high: portableExp(quantile((1 + confidence) / 2)), confidence: confidence)
  }

  func quantile(_ p: Double) -> Double {
    let centre = laws.reduce(0) { $0 + $1.weight * $1.centre }
    let spread = laws.reduce(0) { $0 + $1.weight * $1.spread }
    return increasingZero(near: centre, step: spread) { (1 - p) - above($0) }
  }

  private func above(_ x: Double) -> Double {
    laws.reduce(0) {
      $0 + $1.weight * studentTSurvival((x - $1.centre) / $1.spread, degreesOfFreedom: degreesOfFreedom)
    }
  }
}
