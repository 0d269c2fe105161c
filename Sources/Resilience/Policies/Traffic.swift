public import Quantities
public import Stochastics

/// The calls on a dependency when all is well.
public struct Traffic: Sendable {
  /// Calls an hour, of all the caller's units together; more than 0.
  public let calls: Rate
  /// How long an answer takes, in hours.
  public let latency: any Distribution
  /// The share of attempts that fail when all is well.
  public let errors: Probability

  /// Traffic; throws everything that is wrong with it.
  public init(
    calls: Rate, latency: any Distribution, errors: Probability = Probability.one.inverted
  ) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.require(
      calls.perHour > 0, "traffic-calls", "traffic/calls",
      "no calls at all; expected a rate, or leave the traffic out", help: "calls: 20 /s")
    check.require(
      errors.value < 1, "traffic-errors", "traffic/errors",
      "every call fails when all is well; expected less than 100 %", help: "errors: 1 %")
    try check.finish()
    (self.calls, self.latency, self.errors) = (calls, latency, errors)
  }

  /// A percentile by which a latency is stated beside its mean.
  public enum Percentile: String, Sendable {
    case p95, p99

    /// The point of the standard normal law that so many lie below.
    var deviations: Double { self == .p95 ? 1.6448536269514722 : 2.3263478740408408 }
  }

  /// The lognormal law of a latency with this mean and this percentile.
  ///
  /// With z the percentile of the normal law, 2.326 for 99 %, log(p / mean) = z σ − σ²/2, so σ = z − √(z² − 2 log(p / mean)),
  /// the smaller root; there is none above p / mean = exp(z²/2): 14.97 for 99 %, 3.868 for 95 %. Worked: a mean of 0.45 s
  /// and a p99 of 2.5 s give σ = 0.9184.
  public static func latency(
    mean: TimeSpan, percentile: Percentile, _ bound: TimeSpan
  ) throws(InvalidPolicy) -> any Distribution {
    var check = PolicyCheck()
    let z = percentile.deviations
    let ratio = bound.hours / mean.hours
    let most = portableExp(z * z / 2)
    check.require(mean > .zero, "traffic-latency", "traffic/latency/mean", "a mean of 0; expected a duration")
    check.require(
      ratio > 1 && ratio < most, "traffic-latency", "traffic/latency/\(percentile.rawValue)",
      "a \(percentile.rawValue) of \(bound.exactText) for a mean of \(mean.exactText); a lognormal law has one between 1 and "
        + "\(percentile == .p95 ? "3.868" : "14.97") times the mean",
      help: percentile == .p95 ? "latency: {mixture: …}, or the p99" : nil)
    try check.finish()
    let sigma = z - (z * z - 2 * portableLog(ratio)).squareRoot()
    do {
      return try Lognormal(mu: portableLog(mean.hours) - sigma * sigma / 2, sigma: sigma)
    } catch {
      throw InvalidPolicy(
        findings: [PolicyFinding("traffic-latency", key: "traffic/latency", error.message)])
    }
  }
}

/// How a callee fails, as the attempts that reach it see it.
public enum CalleeFailure: Sendable {
  /// Attempts get an error: all of them, or a share, after a time.
  case failsFast(share: Probability, after: TimeSpan)
  /// Attempts get no answer, and are given up at the timeout.
  case hangs
  /// Attempts are answered after this law, in hours, if the timeout allows; those that get an error are not.
  case slow(any Distribution, errors: AttemptErrors = .none)
}
