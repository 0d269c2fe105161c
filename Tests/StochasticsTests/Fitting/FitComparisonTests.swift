import Stochastics
import Testing

@Suite("Comparison and closeness of fits")
struct FitComparisonTests {
  @Test("Weights are the shares of exp(−Δ / 2); for the bearings gamma leads lognormal and Weibull")
  func weights() throws {
    let comparison = try FitComparison(of: FittingExamples.bearings.sample())
    #expect(comparison.candidates.map { $0.fit.family } == [.gamma, .lognormal, .weibull, .exponential])
    #expect(comparison.criterion == .aicc && comparison.refusals.isEmpty)
    // Three families have two parameters, so their weights compare as their likelihoods.
    let gamma = comparison.candidates[0], weibull = comparison.candidates[2]
    #expect(
      relativeError(weibull.weight / gamma.weight, portableExp(-113.6919590876901 + 113.02981883970305))
        < 1e-8)
    #expect(abs(comparison.candidates.reduce(0) { $0 + $1.weight } - 1) < 1e-14)
    #expect(gamma.difference == 0 && comparison.best?.fit.family == .gamma)
  }

  @Test("Families without a maximum are listed with the reason; small samples are compared by AIC")
  func refusals() throws {
    let one = try FitComparison(
      of: CensoredSample(failures: [7, 7]), among: [.weibull, .exponential, .weibull])
    #expect(one.refusals.map(\.family) == [.weibull] && one.refusals[0].reason == .oneDistinctTime)
    #expect(one.candidates.map { $0.fit.family } == [.exponential] && one.candidates[0].weight == 1)
    #expect(one.criterion == .aic)
    let none = try FitComparison(of: CensoredSample(failures: [], censored: [4]))
    #expect(none.best == nil && none.refusals.count == 4)
    #expect(
      none.refusals[0].reason.description
        == "no failure was seen, so only a lower limit of the mean can be given")
  }

  @Test("The bearings' Weibull law has AD 0.32851 and KS 0.15104, computed with scipy 1.17")
  func complete() throws {
    let fit = try LifetimeFit(.weibull, of: FittingExamples.bearings.sample())
    #expect(relativeError(fit.goodnessOfFit.andersonDarling, 0.3285098459754714) < 1e-6)
    #expect(relativeError(fit.goodnessOfFit.kolmogorovSmirnov, 0.15104122669564046) < 1e-6)
    #expect(!fit.goodnessOfFit.isCensored)
  }

  @Test(
    "With one censoring time they are D'Agostino and Stephens' 0.14386 and 0.13161, computed with scipy 1.17")
  func censored() throws {
    let fit = try LifetimeFit(.weibull, of: FittingExamples.nist.sample())
    #expect(relativeError(fit.goodnessOfFit.andersonDarling, 0.14386402923738117) < 1e-6)
    #expect(relativeError(fit.goodnessOfFit.kolmogorovSmirnov, 0.13160922429711946) < 1e-6)
    #expect(fit.goodnessOfFit.isCensored)
  }
}
