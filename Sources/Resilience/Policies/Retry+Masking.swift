public import Quantities

/// How long an outage a retry hides.
///
/// A call that arrives `a` after the outage began makes its last attempt at a + S, S being the attempts' span: the waits
/// and the times that all attempts but the last take to fail. It fails if the outage lasts longer than that. So of an
/// outage of length D the calls of a stretch max(0, D − S) fail, and an outage shorter than S is masked.
extension Retry {
  /// The attempts' span S at its shortest, on average and at its longest.
  ///
  /// - Parameter attemptTakes: how long a failing attempt takes: no time, or the timeout.
  public func span(attemptTakes: TimeSpan) -> (shortest: TimeSpan, mean: TimeSpan, longest: TimeSpan) {
    let attemptsHours = Double(attempts - 1) * attemptTakes.hours
    let laws = waits
    func span(_ hours: (WaitLaw) -> Double) -> TimeSpan {
      TimeSpan(hours: laws.reduce(attemptsHours) { $0 + hours($1) }) ?? .zero
    }
    return (span(\.lowHours), span(\.meanHours), span(\.highHours))
  }

  /// The mean length of the stretch whose calls fail in an outage, E[(D − S)⁺]; `nil` when the outage's length lies
  /// between the shortest and the longest span and more than ten waits are random.
  ///
  /// Exact. Integrating (x)⁺ once for each random wait turns the mean over a uniform wait in [a, b] into a difference,
  /// E[g(x − W)] = (G(x − a) − G(x − b)) / (b − a), with xᵏ/k! after k integrations. Worked: attempts 2, wait 1 s ± 50 %,
  /// an outage of 1 s: E[(1 − W)⁺] = 0.125 s.
  ///
  /// - Parameter attemptTakes: how long a failing attempt takes.
  /// - Complexity: 2ᵐ for m random waits.
  public func meanFailedTime(outage: TimeSpan, attemptTakes: TimeSpan) -> TimeSpan? {
    let spans = span(attemptTakes: attemptTakes)
    if outage <= spans.shortest { return .zero }
    let waits = waits
    let restHours = outage.hours - Double(attempts - 1) * attemptTakes.hours
    if outage >= spans.longest {
      return TimeSpan(hours: max(0, waits.reduce(restHours) { $0 - $1.meanHours }))
    }
    guard waits.count(where: { !$0.isFixed }) <= 10 else { return nil }
    let scale = spans.longest.hours
    return TimeSpan(
      hours: max(0, scale * Retry.excess(restHours / scale, waits[...], scale: scale, power: 1)))
  }

  /// E[((x − ΣW)⁺)ᵏ / k!], everything in units of `scale`.
  private static func excess(
    _ x: Double, _ waits: ArraySlice<WaitLaw>, scale: Double, power: Int
  ) -> Double {
    if x <= 0 { return 0 }
    guard let wait = waits.first else { return (1...power).reduce(1.0) { $0 * x / Double($1) } }
    let rest = waits.dropFirst()
    let (low, high) = (wait.lowHours / scale, wait.highHours / scale)
    var mean = 0.0
    if wait.shareAtHigh > 0 {
      mean += wait.shareAtHigh * excess(x - high, rest, scale: scale, power: power)
    }
    if wait.shareAtHigh < 1 {
      let difference =
        excess(x - low, rest, scale: scale, power: power + 1)
        - excess(x - high, rest, scale: scale, power: power + 1)
      mean += (1 - wait.shareAtHigh) * difference / (high - low)
    }
    return mean
  }
}
