public import Stochastics

/// The share of the watched time in which a service was up, and how sure that is.
public struct ObservedAvailability: Sendable, Hashable {
  /// The share that was seen, 0 to 1.
  public let value: Double
  /// The availability behind it with its interval; `nil` without an outage that shows how long they last.
  public let estimate: Estimate?

  /// With outages at a constant rate λ and a mean downtime m of each, 1 / (1 + ρ) with ρ = λ m. What was seen, D of
  /// downtime and T − D of up time, is ρ̂ = D / (T − D); ρ / ρ̂ follows F with 2n (at the upper end 2n + 2, as the time
  /// was set beforehand) and 2k degrees of freedom, k = n / cv², where cv is the coefficient of variation of the
  /// downtimes, at least that of an exponential law. For exponential downtimes and k = n it is the classical interval.
  ///
  /// Source: Gray and Lewis, "A confidence interval for the availability ratio", Technometrics 9 (1967).
  ///
  /// - Parameters:
  ///   - windowHours: the time watched, above 0.
  ///   - downtimeHours: the downtime in it, at most as long.
  ///   - outages: the downtime of each outage that began in it and has ended.
  public init(windowHours: Double, downtimeHours: Double, outages: [Double], confidence: Double) {
    value = max(0, 1 - downtimeHours / windowHours)
    let (n, upHours) = (Double(outages.count), windowHours - downtimeHours)
    guard n > 0, downtimeHours > 0, upHours > 0 else {
      estimate = nil
      return
    }
    let mean = outages.reduce(0, +) / n
    let squares = outages.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variation = mean > 0 && n > 1 ? squares / (n - 1) / (mean * mean) : 1
    let k = n / max(1, variation)
    let (ratio, tail) = (downtimeHours / upHours * k / n, (1 - confidence) / 2)
    func odds(_ p: Double, _ a: Double) -> Double {
      let share = inverseRegularizedBeta(p: p, a: a, b: k)
      return share < 1 ? share / (1 - share) : .infinity
    }
    let (low, high) = (ratio * odds(tail, n), ratio * odds(1 - tail, n + 1))
    estimate = Estimate(value: value, low: 1 / (1 + high), high: 1 / (1 + low), confidence: confidence)
  }
}
