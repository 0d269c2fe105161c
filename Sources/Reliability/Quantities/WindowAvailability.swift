public import Stochastics

/// How likely one repaired process, up at the start, keeps an availability target over a window.
///
/// The total downtime in the window is at most d when the failures in T − d of operation have outages of at most d
/// together: P = Σₙ Poisson(n; λ (T − d)) · P(n outages ≤ d). Source: Takács, *On certain sojourn time problems in the
/// theory of stochastic processes*, Acta Math. Hung. 8 (1957).
public enum WindowAvailability {
  /// The probability that availability over a window is at least a target.
  ///
  /// Worked: mean up time 999 h, mean outage 1 h, both exponential, 99.9 % over 720 h: 0.688308.
  ///
  /// - Parameters:
  ///   - unavailability: the share of the window that may be down, 0…1: 0.001 for a target of 99.9 %.
  ///   - windowHours: the length of the window, more than 0.
  ///   - uptime: the law of up times, exponential.
  ///   - outage: the law of an outage: exponential, gamma or fixed; `nil` comes back for any other.
  /// - Complexity: O(λ T) at the worst.
  public static func probability(
    downAtMost unavailability: Double, windowHours: Double, uptime: Exponential,
    outage: any Distribution
  ) -> Double? {
    let allowed = windowHours * min(1, max(0, unavailability))
    let failures = (windowHours - allowed) / uptime.mean
    guard let within = sumLaw(of: outage, upTo: allowed) else { return nil }
    if unavailability >= 1 { return 1 }
    var total = 0.0
    for count in counts(failures) {
      let mass =
        failures == 0
        ? (count == 0 ? 1 : 0)
        : portableExp(
          Double(count) * portableLog(failures) - failures - logGamma(Double(count) + 1))
      total += mass * within(count)
    }
    return min(1, total)
  }

  /// The numbers of failures that are not beyond belief, at eleven standard deviations either way.
  private static func counts(_ mean: Double) -> ClosedRange<Int> {
    let spread = 11 * mean.squareRoot() + 40
    return max(0, Int(mean - spread))...Int(mean + spread)
  }

  /// The probability that so many outages together are no longer than a limit.
  private static func sumLaw(of outage: any Distribution, upTo limit: Double) -> ((Int) -> Double)? {
    switch outage {
    case let law as Exponential:
      return { $0 == 0 ? 1 : regularizedGammaP(shape: Double($0), x: limit / law.mean) }
    case let law as Gamma:
      return { $0 == 0 ? 1 : regularizedGammaP(shape: Double($0) * law.shape, x: limit / law.scale) }
    case let law as Deterministic:
      return { Double($0) * law.value <= limit * (1 + 1e-14) ? 1 : 0 }
    default: return nil
    }
  }
}
