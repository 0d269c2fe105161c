import Stochastics
import Testing

@Suite("Intervals of fits")
struct FitIntervalTests {
  struct Row: Sendable {
    let family: LifetimeFamily, quantity: FittedQuantity, confidence: Double, low: Double, high: Double
    init(
      _ family: LifetimeFamily, _ quantity: FittedQuantity, _ confidence: Double, _ low: Double,
      _ high: Double
    ) {
      (self.family, self.quantity, self.confidence, self.low, self.high) = (
        family, quantity, confidence, low, high
      )
    }
  }

  /// The likelihood profiled with scipy 1.17 (minimize_scalar inside brentq).
  static let profiled = [
    Row(.weibull, .shape, 0.95, 0.9056453587521925, 2.8857378657413033),
    Row(.weibull, .scale, 0.95, 437.5567453940585, 1118.8776246985608),
    Row(.weibull, .mean, 0.95, 389.64740969810043, 1090.1103376960075),
    Row(.weibull, .p90, 0.95, 653.6706866433577, 2499.6503834882337),
    Row(.lognormal, .shape, 0.9, 0.6315331803328106, 1.4454835611271561),
    Row(.lognormal, .median, 0.9, 350.12567171130496, 860.2735739425372),
    Row(.lognormal, .mean, 0.9, 476.0045686409836, 2097.5179520137713),
    Row(.gamma, .shape, 0.9, 1.0387675564676395, 4.076103814487354),
    Row(.gamma, .mean, 0.9, 423.292436524772, 955.3671612304433),
    Row(.gamma, .p90, 0.9, 754.0892566783378, 2078.9294740604987),
    Row(.exponential, .mean, 0.95, 443.06102035304616, 1550.8608287053044),
  ]

  @Test("Likelihood-ratio intervals of NIST's sample", arguments: profiled)
  func likelihoodRatio(row: Row) throws {
    let fit = try LifetimeFit(row.family, of: FittingExamples.nist.sample())
    let estimate = try #require(fit.estimate(row.quantity, confidence: row.confidence))
    #expect(relativeError(estimate.low, row.low) < 1e-6)
    #expect(relativeError(estimate.high, row.high) < 1e-6)
  }

  /// The log-scale Wald intervals that go with the published fits, computed with scipy 1.17.
  static let wald: [(example: Int, shape: (Double, Double), scale: (Double, Double))] = [
    (0, (0.9712661147919881, 3.048745516480442), (405.0892970416362, 908.1347774536864)),
    (1, (1.5470420325977539, 2.8556174594041663), (66.63926644890653, 100.59299454334594)),
    (2, (1.000823527243007, 3.732170649438144), (47.57730330650056, 113.62736451532048)),
    (3, (1.134848905217862, 4.488918500102602), (3316.976879447664, 7238.831205330813)),
    (4, (0.6982500763253776, 1.908629851530162), (72252.90862924152, 250936.63669087584)),
  ]

  @Test("Wald intervals of Weibull laws at 95 %", arguments: wald)
  func weibullWald(example: Int, shape: (Double, Double), scale: (Double, Double)) throws {
    let fit = try LifetimeFit(.weibull, of: FittingExamples.all[example].sample())
    for (quantity, limits) in [(FittedQuantity.shape, shape), (.scale, scale)] {
      let estimate = try #require(fit.estimate(quantity, confidence: 0.95, interval: .wald))
      #expect(relativeError(estimate.low, limits.0) < 1e-5 && relativeError(estimate.high, limits.1) < 1e-5)
    }
  }

  @Test("Standard errors of the logarithms, from scipy's second differences")
  func standardErrors() throws {
    let expected: [(LifetimeFamily, shape: Double, scale: Double)] = [
      (.weibull, 0.29181275, 0.2059439), (.lognormal, 0.24842193, 0.25043951),
      (.gamma, 0.41587749, 0.56797323),
    ]
    for (family, shape, scale) in expected {
      let fit = try LifetimeFit(family, of: FittingExamples.nist.sample())
      #expect(relativeError(try #require(fit.standardErrorOfLog(.shape)), shape) < 1e-5, "\(family)")
      #expect(relativeError(try #require(fit.standardErrorOfLog(.scale)), scale) < 1e-5, "\(family)")
    }
  }

  @Test("An exponential law has no shape, a law without a location no interval of one")
  func unavailable() throws {
    let sample = try FittingExamples.bearings.sample()
    #expect(try LifetimeFit(.exponential, of: sample).estimate(.shape, confidence: 0.9) == nil)
    #expect(try LifetimeFit(.weibull, of: sample).locationEstimate(confidence: 0.9) == nil)
  }

  @Test(
    "Intervals stay in range and around the value for two failures among a hundred",
    arguments: LikelihoodInterval.allCases)
  func inRange(interval: LikelihoodInterval) throws {
    let sample = try CensoredSample(
      failures: [3, 40], censored: [50], failureCounts: [1, 1], censoredCounts: [98])
    for family in [LifetimeFamily.exponential, .weibull, .lognormal, .gamma] {
      let fit = try LifetimeFit(family, of: sample)
      for quantity in [FittedQuantity.scale, .shape, .mean, .median, .p90] {
        guard let estimate = fit.estimate(quantity, confidence: 0.99, interval: interval) else { continue }
        #expect(
          estimate.low >= 0 && estimate.low < estimate.value && estimate.value < estimate.high,
          "\(family) \(quantity)")
      }
    }
  }

  /// 300 histories of 40 units with a third censored: the share of intervals that hold the truth is within 4 standard
  /// errors of 90 %, with 1.5 points for what is known of the method's own error at this size.
  @Test("Intervals hold the truth as often as they say", arguments: [LifetimeFamily.weibull, .lognormal])
  func coverage(family: LifetimeFamily) throws {
    let law: any Distribution =
      family == .weibull ? try Weibull(shape: 1.5, scale: 100) : try Lognormal(mu: 4, sigma: 0.8)
    var draws = stream("coverage \(family)")
    var held = [FittedQuantity.median: 0, .p90: 0]
    let histories = 300
    for _ in 0..<histories {
      let observed = (0..<40).map { _ in (law.sample(using: &draws), law.quantile(0.5) * 3 * draws.uniform())
      }
      let sample = try CensoredSample(
        failures: observed.filter { $0.0 <= $0.1 }.map { $0.0 },
        censored: observed.filter { $0.0 > $0.1 }.map { $0.1 })
      let fit = try LifetimeFit(family, of: sample)
      for (quantity, p) in [(FittedQuantity.median, 0.5), (.p90, 0.9)] {
        let estimate = try #require(fit.estimate(quantity, confidence: 0.9))
        if estimate.low <= law.quantile(p), law.quantile(p) <= estimate.high {
          held[quantity, default: 0] += 1
        }
      }
    }
    for quantity in [FittedQuantity.median, .p90] {
      let share = Double(held[quantity] ?? 0) / Double(histories)
      #expect(abs(share - 0.9) < 4 * (0.09 / Double(histories)).squareRoot() + 0.015, "\(quantity): \(share)")
    }
  }
}
