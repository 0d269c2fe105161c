import Stochastics
import Testing

/// Simulated histories: how often intervals hold the truth.
@Suite("Coverage of intervals")
struct CoverageTests {
  private static let histories = 2_000

  /// Within 4 standard errors of what is said.
  private static func isClose(_ held: Int, _ histories: Int, to share: Double) -> Bool {
    let error = (share * (1 - share) / Double(histories)).squareRoot()
    return abs(Double(held) / Double(histories) - share) < 4 * error
  }

  private static func holds(_ estimate: Estimate?, _ truth: Double) -> Bool {
    estimate.map { $0.low <= truth && truth <= $0.high } ?? false
  }

  @Test("MTBF to the r-th failure: 95 % exactly", arguments: [1, 3, 12])
  func meanTimeToFailures(failures: Int) throws {
    var draws = stream("mtbf failures \(failures)")
    var held = 0
    for _ in 0..<Self.histories {
      let time = 100 * draws.standardGamma(shape: Double(failures))
      let seen = try MeanTimeBetweenFailures(failures: failures, exposure: time, end: .failure)
      if Self.holds(seen.estimate(confidence: 0.95), 100) { held += 1 }
    }
    #expect(Self.isClose(held, Self.histories, to: 0.95), "\(held)")
  }

  /// A count is discrete, so the exact interval holds the truth at least as often as it says.
  @Test("MTBF in a window: at least 95 %, also with few failures or none", arguments: [0.5, 2, 12])
  func meanTimeInWindow(expected: Double) throws {
    var draws = stream("mtbf window \(expected)")
    var held = 0
    for _ in 0..<Self.histories {
      var (now, count) = (draws.standardExponential(), 0)
      while now < expected {
        count += 1
        now += draws.standardExponential()
      }
      let limits = try MeanTimeBetweenFailures(failures: count, exposure: 100 * expected)
        .limits(confidence: 0.95)
      if limits.low <= 100, 100 <= limits.high ?? .infinity { held += 1 }
    }
    #expect(Double(held) > 0.95 * Double(Self.histories) - 4 * 9.8, "\(held)")
  }

  /// Rates drawn from the stated prior itself, so the share is exact.
  @Test("Gamma-Poisson: rate 95 % exactly, next count at least 95 %")
  func gammaPoisson() throws {
    let prior = try GammaRate(shape: 2, exposure: 1_000)
    var draws = stream("gamma-poisson")
    var (held, predicted) = (0, 0)
    for _ in 0..<Self.histories {
      let rate = prior.sample(using: &draws)
      let posterior = try prior.updated(
        events: Self.count(rate * 3_000, &draws), exposure: 3_000)
      if Self.holds(posterior.rateEstimate(confidence: 0.95), rate) { held += 1 }
      let next = Self.count(rate * 730, &draws)
      if posterior.predictiveQuantile(0.025, in: 730) <= next,
        next <= posterior.predictiveQuantile(0.975, in: 730)
      {
        predicted += 1
      }
    }
    #expect(Self.isClose(held, Self.histories, to: 0.95), "\(held)")
    #expect(Double(predicted) > 0.95 * Double(Self.histories) - 4 * 9.8, "\(predicted)")
  }

  private static func count(_ mean: Double, _ draws: inout RandomStream) -> Int {
    var (now, count) = (draws.standardExponential(), 0)
    while now < mean {
      count += 1
      now += draws.standardExponential()
    }
    return count
  }

  /// μ and σ drawn from the stated prior itself.
  @Test("Normal-inverse-gamma: median, σ and the next duration's quantiles exactly")
  func lognormalBelief() throws {
    let prior = try LognormalBelief(median: 0.5, sigma: 1, worth: 6)
    var draws = stream("lognormal belief")
    var (median, sigma, next) = (0, 0, 0)
    for _ in 0..<Self.histories {
      let law = try prior.sample(using: &draws)
      let posterior = try prior.updated(durations: (0..<4).map { _ in law.sample(using: &draws) })
      if Self.holds(posterior.medianEstimate(confidence: 0.95), law.median) { median += 1 }
      if Self.holds(posterior.sigmaEstimate(confidence: 0.95), law.sigma) { sigma += 1 }
      if law.sample(using: &draws) <= posterior.predictiveQuantile(0.9) { next += 1 }
    }
    for held in [median, sigma] { #expect(Self.isClose(held, Self.histories, to: 0.95), "\(held)") }
    #expect(Self.isClose(next, Self.histories, to: 0.9), "\(next)")
  }

  /// 12 durations: the likelihood ratio's own error at this size is some two points.
  @Test("Lognormal mean, median and p90 by the likelihood ratio", arguments: [0.6, 1.5])
  func lognormalFit(sigma: Double) throws {
    let law = try Lognormal(mu: 2, sigma: sigma)
    var draws = stream("lognormal fit \(sigma)")
    let truths: [(FittedQuantity, Double)] = [
      (.mean, law.mean), (.median, law.median), (.p90, law.quantile(0.9)),
    ]
    var held = [0, 0, 0]
    for _ in 0..<400 {
      let sample = try CensoredSample(
        failures: (0..<12).map { _ in law.sample(using: &draws) }, censored: [])
      let fit = try LifetimeFit(.lognormal, of: sample)
      for (index, (quantity, truth)) in truths.enumerated()
      where Self.holds(fit.estimate(quantity, confidence: 0.95, interval: .likelihoodRatio), truth) {
        held[index] += 1
      }
    }
    for count in held { #expect(Double(count) / 400 > 0.95 - 0.025 - 4 * 0.011, "\(held)") }
  }

  @Test("Weibull scale, shape, mean and p90 by the likelihood ratio, a third censored")
  func weibullFit() throws {
    let law = try Weibull(shape: 1.6, scale: 100)
    var draws = stream("weibull fit")
    let truths: [(FittedQuantity, Double)] = [
      (.scale, 100), (.shape, 1.6), (.mean, law.mean), (.p90, law.quantile(0.9)),
    ]
    var held = [0, 0, 0, 0]
    for _ in 0..<300 {
      let observed = (0..<30).map { _ in (law.sample(using: &draws), 300 * draws.uniform()) }
      let sample = try CensoredSample(
        failures: observed.filter { $0.0 <= $0.1 }.map { $0.0 },
        censored: observed.filter { $0.0 > $0.1 }.map { $0.1 })
      let fit = try LifetimeFit(.weibull, of: sample)
      for (index, (quantity, truth)) in truths.enumerated()
      where Self.holds(fit.estimate(quantity, confidence: 0.95, interval: .likelihoodRatio), truth) {
        held[index] += 1
      }
    }
    for count in held { #expect(Double(count) / 300 > 0.95 - 0.02 - 4 * 0.0126, "\(held)") }
  }
}
