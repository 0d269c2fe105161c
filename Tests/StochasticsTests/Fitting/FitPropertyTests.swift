import Stochastics
import Testing

/// Random small samples with ties, counts and wild scales: what holds of every fit.
@Suite("Properties of fits")
struct FitPropertyTests {
  static func samples() throws -> [CensoredSample] {
    var draws = stream("fit properties")
    return try (0..<150).map { index in
      let unit = portableExp(60 * (draws.uniform() - 0.5))
      let spread = portableExp(4 * draws.uniform() - 2.5)
      func times(_ count: Int) -> [Double] {
        (0..<count).map { _ in
          let time = portableExp(spread * draws.standardNormal())
          // Every other sample is rounded, so it has ties.
          return unit * (index % 2 == 0 ? time : max(0.25, (4 * time).rounded() / 4))
        }
      }
      let (failures, censored) = (times(1 + Int(6 * draws.uniform())), times(Int(5 * draws.uniform())))
      let counts = censored.map { _ in 1 + Int(portableExp(8 * draws.uniform())) }
      return try CensoredSample(
        failures: failures, censored: censored, censoredCounts: index % 3 == 0 ? counts : nil)
    }
  }

  /// ℓ from the law's own density and survival.
  static func logLikelihood(_ law: any Distribution, _ sample: CensoredSample) -> Double {
    sample.times.indices.reduce(0.0) { sum, row in
      let count = sample.counts.isEmpty ? 1 : Double(sample.counts[row])
      let time = sample.times[row]
      let share = row < sample.failureRows ? law.density(time) : law.survival(time)
      return sum + count * (share > 0 ? portableLog(share) : -.infinity)
    }
  }

  static func moved(_ law: any Distribution, shape: Double, scale: Double) throws -> any Distribution {
    switch law {
    case let law as Weibull: try Weibull(shape: law.shape * shape, scale: law.scale * scale)
    case let law as Gamma: try Gamma(shape: law.shape * shape, scale: law.scale * scale)
    case let law as Lognormal: try Lognormal(mu: law.mu + portableLog(scale), sigma: law.sigma * shape)
    default: law.scaled(by: scale)
    }
  }

  @Test(
    "No law nearby or far is more likely",
    arguments: [LifetimeFamily.exponential, .weibull, .lognormal, .gamma])
  func maximum(family: LifetimeFamily) throws {
    var fitted = 0
    for sample in try Self.samples() {
      guard let fit = try? LifetimeFit(family, of: sample) else { continue }
      fitted += 1
      let here = Self.logLikelihood(fit.law, sample)
      let rounding = 1e-9 * max(1, abs(fit.logLikelihood)) + 1e-13 * Double(sample.observations)
      #expect(abs(here - fit.logLikelihood) < rounding, "\(fit.law) \(sample.times)")
      for shape in [0.5, 0.9, 0.999, 1, 1.001, 1.1, 2] {
        for scale in [0.5, 0.9, 0.999, 1, 1.001, 1.1, 2] {
          guard let other = try? Self.moved(fit.law, shape: shape, scale: scale) else { continue }
          #expect(Self.logLikelihood(other, sample) <= fit.logLikelihood + rounding, "\(fit.law) → \(other)")
        }
      }
    }
    #expect(fitted > 100)
  }

  @Test("Intervals hold their value and are never not a number", arguments: LifetimeFamily.allCases)
  func intervals(family: LifetimeFamily) throws {
    for sample in try Self.samples().prefix(60) {
      guard let fit = try? LifetimeFit(family, of: sample) else { continue }
      let estimates =
        [FittedQuantity.shape, .mean, .p90].flatMap { quantity in
          LikelihoodInterval.allCases.map { fit.estimate(quantity, confidence: 0.9, interval: $0) }
        } + [fit.locationEstimate(confidence: 0.9)]
      for estimate in estimates.compactMap({ $0 }) {
        #expect(
          estimate.low >= 0 && estimate.low <= estimate.value && estimate.value <= estimate.high, "\(fit.law)"
        )
      }
      let closeness = fit.goodnessOfFit
      #expect(
        closeness.kolmogorovSmirnov > 0 && closeness.kolmogorovSmirnov < 1 && closeness.andersonDarling > 0)
      #expect(!fit.aic.isNaN && !fit.bic.isNaN && fit.aicc?.isNaN != true)
    }
  }
}
