import Stochastics
import Testing

@Suite("Fitting of lifetimes")
struct LifetimeFitTests {
  /// Log-likelihoods to 1e-9; parameters to 1e-6, as an optimiser without slopes finds them no better.
  @Test("Weibull laws as published", arguments: FittingExamples.all)
  func weibull(example: FittingExample) throws {
    let expected = try #require(example.weibull)
    let fit = try LifetimeFit(.weibull, of: example.sample())
    let law = try #require(fit.law as? Weibull)
    #expect(abs(fit.logLikelihood - expected.logLikelihood) < 1e-9, "\(example.source)")
    #expect(
      relativeError(law.shape, expected.shape) < 1e-6 && relativeError(law.scale, expected.scale) < 1e-6)
  }

  @Test("Lognormal laws as published", arguments: FittingExamples.all)
  func lognormal(example: FittingExample) throws {
    guard let expected = example.lognormal else { return }
    let fit = try LifetimeFit(.lognormal, of: example.sample())
    let law = try #require(fit.law as? Lognormal)
    #expect(abs(fit.logLikelihood - expected.logLikelihood) < 1e-9, "\(example.source)")
    #expect(relativeError(law.mu, expected.mu) < 1e-6 && relativeError(law.sigma, expected.sigma) < 1e-6)
  }

  @Test("Gamma laws as published", arguments: FittingExamples.all)
  func gamma(example: FittingExample) throws {
    guard let expected = example.gamma else { return }
    let fit = try LifetimeFit(.gamma, of: example.sample())
    let law = try #require(fit.law as? Gamma)
    #expect(abs(fit.logLikelihood - expected.logLikelihood) < 1e-9, "\(example.source)")
    #expect(
      relativeError(law.shape, expected.shape) < 1e-6 && relativeError(law.scale, expected.scale) < 1e-6)
  }

  @Test("An exponential law has the mean total time / failures, and ℓ = −d (log mean + 1)")
  func exponential() throws {
    let fit = try LifetimeFit(.exponential, of: FittingExamples.nist.sample())
    #expect(relativeError(fit.mean, 777.1) < 1e-14)
    #expect(abs(fit.logLikelihood + 76.55569042215197) < 1e-11)
    #expect(fit.failures == 10 && fit.observations == 20)
    let cars = try LifetimeFit(.exponential, of: FittingExamples.all[4].sample())
    #expect(relativeError(cars.mean, 149061.6) < 1e-14)
  }

  @Test("Criteria of the bearings: AIC 231.384, AICc 231.984, BIC 233.655")
  func criteria() throws {
    let fit = try LifetimeFit(.weibull, of: FittingExamples.bearings.sample())
    #expect(abs(fit.aic - 231.3839181753802) < 1e-9)
    #expect(abs(try #require(fit.aicc) - 231.98391817538018) < 1e-9)
    #expect(abs(fit.bic - 233.6549066072385) < 1e-9)
    let nist = try FittingExamples.nist.sample()
    // Printed as 154.27 and 154.39 in NIST 8.4.1.3.
    #expect(abs(try LifetimeFit(.weibull, of: nist).aic - 154.26923632894975) < 1e-9)
    #expect(abs(try LifetimeFit(.lognormal, of: nist).aic - 154.39254155776877) < 1e-9)
    #expect(try LifetimeFit(.weibull, of: CensoredSample(failures: [1, 2, 3])).aicc == nil)
  }

  @Test("Mean and standard deviation of NIST's Weibull law are 540.737 and 323.806 h")
  func moments() throws {
    let fit = try LifetimeFit(.weibull, of: FittingExamples.nist.sample())
    #expect(relativeError(fit.mean, 540.7370254695101) < 1e-8)
    #expect(relativeError(fit.law.standardDeviation, 323.80582431348824) < 1e-8)
  }

  @Test("Counts are as good as repeated rows", arguments: LifetimeFamily.allCases)
  func counts(family: LifetimeFamily) throws {
    let nist = FittingExamples.nist
    let counted = try CensoredSample(
      failures: nist.failures, censored: [500], failureCounts: Array(repeating: 1, count: 10),
      censoredCounts: [10])
    let fit = try LifetimeFit(family, of: counted)
    let rows = try LifetimeFit(family, of: nist.sample())
    #expect(abs(fit.logLikelihood - rows.logLikelihood) < 1e-10)
    #expect(fit.observations == 20 && relativeError(fit.mean, rows.mean) < 1e-7)
  }

  @Test(
    "The unit of time changes nothing but the scale", arguments: LifetimeFamily.allCases,
    [1e-200, 1e-9, 1e150])
  func units(family: LifetimeFamily, unit: Double) throws {
    let nist = FittingExamples.nist
    let fit = try LifetimeFit(family, of: nist.sample())
    let scaled = try LifetimeFit(
      family,
      of: CensoredSample(failures: nist.failures.map { $0 * unit }, censored: nist.censored.map { $0 * unit })
    )
    // The density has the unit 1 / time.
    let shift = 10 * portableLog(unit)
    #expect(abs(scaled.logLikelihood + shift - fit.logLikelihood) < 1e-8)
    #expect(relativeError(scaled.mean, fit.mean * unit) < 1e-6)
  }

  @Test("Heavy censoring does not overflow: one failure among a million at a thousandth of their time")
  func heavyCensoring() throws {
    let sample = try CensoredSample(
      failures: [1, 1.5, 2], censored: [1e3], failureCounts: [1, 1, 1], censoredCounts: [1_000_000])
    for family in [LifetimeFamily.exponential, .weibull, .lognormal, .gamma] {
      do throws(NoMaximum) {
        let fit = try LifetimeFit(family, of: sample)
        #expect(fit.logLikelihood.isFinite && fit.mean > 1e3, "\(family)")
      } catch {
        // A mean beyond all numbers is an answer too.
        #expect(error == .momentsOverflow, "\(family)")
      }
    }
  }

  @Test("A hundred thousand draws give their law back within 4 standard errors")
  func recovery() throws {
    var draws = stream("recovery")
    let laws: [(LifetimeFamily, any Distribution)] = [
      (.weibull, try Weibull(shape: 0.7, scale: 30)), (.lognormal, try Lognormal(mu: 1, sigma: 1.3)),
      (.gamma, try Gamma(shape: 0.6, scale: 4)),
    ]
    for (family, law) in laws {
      let times = (0..<(family == .gamma ? 2000 : 30_000)).map { _ in law.sample(using: &draws) }
      let end = law.quantile(0.7)
      let fit = try LifetimeFit(
        family,
        of: CensoredSample(
          failures: times.filter { $0 <= end }, censored: times.filter { $0 > end }.map { _ in end }))
      let median = try #require(fit.estimate(.median, confidence: 0.95, interval: .wald))
      let error = try #require(fit.standardErrorOfLog(.median))
      #expect(abs(portableLog(median.value / law.quantile(0.5))) < 4 * error, "\(family)")
    }
  }
}
