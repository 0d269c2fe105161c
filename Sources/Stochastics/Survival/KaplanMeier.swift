/// The share that survives beyond a time, estimated without assuming any law.
///
/// Source: Kaplan and Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958); variance by
/// Greenwood's formula.
public struct KaplanMeierCurve: Hashable, Sendable {
  /// What the curve does at one time.
  public struct Step: Hashable, Sendable {
    /// The time.
    public let time: Double
    /// How many were under observation without a failure just before.
    public let atRisk: Int
    /// How many failed.
    public let failures: Int
    /// How many were censored, after the failures.
    public let censored: Int
    /// The share that survives beyond this time.
    public let survival: Double
    /// Σ d / (n (n − d)) up to here, the relative variance; ∞ where nobody survives.
    public let relativeVariance: Double

    /// Greenwood's standard error of the survival; 0 where nobody survives.
    public var standardError: Double { survival == 0 ? 0 : survival * relativeVariance.squareRoot() }
  }

  /// The distinct times of the sample, ascending.
  public let steps: [Step]

  /// The curve of a sample.
  ///
  /// - Complexity: O(n log n).
  public init(_ sample: CensoredSample) {
    var (atRisk, survival, variance) = (sample.observations, 1.0, 0.0)
    steps = sample.groupedAscending().map { group in
      let left = atRisk - group.failures
      survival *= Double(left) / Double(atRisk)
      variance += left == 0 ? .infinity : Double(group.failures) / (Double(atRisk) * Double(left))
      defer { atRisk = left - group.censored }
      return Step(
        time: group.time, atRisk: atRisk, failures: group.failures, censored: group.censored,
        survival: survival,
        relativeVariance: variance)
    }
  }

  /// The survival at the last observed time; 1 without an observation.
  var lastSurvival: Double { steps.last?.survival ?? 1 }

  /// The last observed time; 0 without an observation.
  var lastTime: Double { steps.last?.time ?? 0 }
}

extension KaplanMeierCurve {
  /// The survival beyond a time, with the interval that a normal error of log(−log S) gives; it stays between 0 and 1.
  ///
  /// That error has no size where all or none survive; there the other limit is exact and one-sided, from as many
  /// trials as were at risk (the rule of three).
  ///
  /// Source: Kalbfleisch and Prentice, "The statistical analysis of failure time data", 2002, section 1.4.1.
  ///
  /// - Parameters:
  ///   - time: at least 0.
  ///   - confidence: between 0 and 1.
  /// - Returns: nil beyond the last observed time while some survive: the curve does not say.
  public func survival(beyond time: Double, confidence: Double) -> Estimate? {
    preconditionConfidence(confidence)
    guard time <= lastTime || lastSurvival == 0 else { return nil }
    guard let step = steps.last(where: { $0.time <= time }), step.survival < 1 else {
      let atRisk = steps.first { $0.time >= time }?.atRisk ?? 0
      return proportionEstimate(successes: atRisk, trials: atRisk, confidence: confidence)
    }
    return step.estimate(confidence: confidence)
  }

  /// The first time by which at least the share `p` has failed; nil when that many never were seen to.
  ///
  /// - Parameter p: above 0, at most 1; 0.5 is the median.
  public func quantile(_ p: Double) -> Double? {
    preconditionProbability(p)
    // A share such as 1 − 0.9 is not exact, so equality is taken up to rounding.
    return steps.first { $0.failures > 0 && $0.survival <= 1 - p + 1e-12 }?.time
  }

  /// The median or another quantile with the times whose survival interval still holds the share 1 − p: ∞ as the
  /// upper limit where the data set none.
  ///
  /// Source: Brookmeyer and Crowley, "A confidence interval for the median survival time", Biometrics 38 (1982).
  ///
  /// - Returns: nil when the share was never seen to fail.
  public func quantile(_ p: Double, confidence: Double) -> Estimate? {
    guard let value = quantile(p) else { return nil }
    func firstBelow(_ limit: KeyPath<Estimate, Double>) -> Double? {
      steps.first { step in
        guard step.failures > 0, step.survival > 0,
          let estimate = survival(beyond: step.time, confidence: confidence)
        else {
          return false
        }
        return estimate[keyPath: limit] <= 1 - p + 1e-12
      }?.time
    }
    return Estimate(
      value: value, low: firstBelow(\.low) ?? value, high: firstBelow(\.high) ?? .infinity,
      confidence: confidence)
  }
}

extension KaplanMeierCurve.Step {
  /// The survival with its interval, where some have failed; exact from the trials at risk where all have.
  fileprivate func estimate(confidence: Double) -> Estimate? {
    guard survival > 0 else {
      return proportionEstimate(successes: 0, trials: atRisk, confidence: confidence)
    }
    let logSurvival = portableLog(survival)
    let z = normalQuantile((1 + confidence) / 2)
    let factor = portableExp(z * relativeVariance.squareRoot() / abs(logSurvival))
    return Estimate(
      value: survival, low: portableExp(logSurvival * factor), high: portableExp(logSurvival / factor),
      confidence: confidence)
  }
}
