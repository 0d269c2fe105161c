/// How far a fitted law is from the sample's own distribution function.
///
/// They are distances, not probabilities: the tables for given laws do not hold for fitted ones. Among laws fitted to
/// one sample the smaller is the closer.
public struct GoodnessOfFit: Hashable, Sendable {
  /// Kolmogorov and Smirnov's distance: the largest difference between the two functions up to the last observation.
  public let kolmogorovSmirnov: Double

  /// Anderson and Darling's: n ∫ (Fₙ − F)² / (F (1 − F)) dF up to the last observation. ∞ where a failure lies
  /// beyond all that the law can reach.
  public let andersonDarling: Double

  /// Whether the sample's function is Kaplan and Meier's because times are censored. Without, both are the usual
  /// ones; when all are censored at one time, A² is that of D'Agostino and Stephens, "Goodness-of-fit techniques",
  /// 1986, section 4.7.3.
  public let isCensored: Bool
}

extension LifetimeFit {
  /// How far the fitted law is from its sample.
  ///
  /// - Complexity: O(n log n).
  public var goodnessOfFit: GoodnessOfFit {
    let curve = KaplanMeierCurve(sample)
    var distance = StepDistance()
    for step in curve.steps where step.failures > 0 {
      distance.advance(to: survival(step.time))
      distance.below = 1 - step.survival
      distance.measure()
    }
    distance.advance(to: curve.lastSurvival == 0 ? 0 : survival(curve.lastTime))
    return GoodnessOfFit(
      kolmogorovSmirnov: distance.largest, andersonDarling: distance.integral * Double(observations),
      isCensored: sample.failureRows < sample.times.count)
  }
}

/// The distances between a step function and a law, from left to right.
private struct StepDistance {
  /// The step function's value, the share below.
  var below = 0.0
  private(set) var largest = 0.0
  private(set) var integral = 0.0
  private var survival = 1.0

  /// Goes on to where the law's survival function has this value.
  mutating func advance(to next: Double) {
    if next < survival { integral += antiderivative(next) - antiderivative(survival) }
    survival = next
    measure()
  }

  mutating func measure() { largest = max(largest, abs(1 - survival - below)) }

  /// ∫ (a − u)² / (u (1 − u)) du = a² log u − (1 − a)² log(1 − u) − u, with u = 1 − S.
  private func antiderivative(_ survival: Double) -> Double {
    let above = 1 - below
    let lower = below == 0 ? 0 : below * below * portableLog1p(-survival)
    let upper = above == 0 ? 0 : above * above * portableLog(survival)
    return lower - upper - (1 - survival)
  }
}
