import Stochastics
import Testing

@Suite("Weibull laws with a location")
struct LocationTests {
  @Test("The bearings begin at 14.878, computed with scipy 1.17")
  func bearings() throws {
    let fit = try LifetimeFit(.shiftedWeibull, of: FittingExamples.bearings.sample())
    let law = try #require(fit.law as? Weibull)
    #expect(abs(fit.logLikelihood + 112.85024339997375) < 1e-9)
    #expect(relativeError(fit.location, 14.87834495954803) < 1e-5)
    #expect(relativeError(law.shape, 1.59399947) < 1e-5 && relativeError(law.scale, 63.87234592) < 1e-5)
    #expect(fit.survival(14) == 1 && fit.quantile(0) == fit.location && fit.mean > fit.location)
    let location = try #require(fit.locationEstimate(confidence: 0.9))
    #expect(location.low >= 0 && location.low < location.value && location.high <= 17.88)
    // Its ends lose half a chi-square quantile of the likelihood, 1.3528 at 90 %, unless they are bounds.
    let atLow = try CensoredSample(failures: FittingExamples.bearings.failures.map { $0 - location.low })
    let loss = fit.logLikelihood - (try LifetimeFit(.weibull, of: atLow)).logLikelihood
    #expect(location.low == 0 ? loss < 1.3528 : abs(loss - 1.3527717) < 1e-6)
  }

  @Test("Times of a falling rate have no maximum but the spike at the smallest of them")
  func unbounded() throws {
    let times = [0.001, 0.1, 0.2, 0.5, 0.8, 1.5, 3, 7, 20, 90]
    #expect(throws: NoMaximum.unboundedAtSmallestTime) {
      try LifetimeFit(.shiftedWeibull, of: CensoredSample(failures: times))
    }
  }

  @Test("A location at 0 is the law without one")
  func atZero() throws {
    // Quantiles of a Weibull law whose shape 4 leaves room on the left that no lifetime has.
    let law = try Weibull(shape: 6, scale: 10)
    let times = (1...40).map { law.quantile((Double($0) - 0.3) / 40.4) } + [0.5]
    let sample = try CensoredSample(failures: times)
    let fit = try LifetimeFit(.shiftedWeibull, of: sample)
    #expect(fit.logLikelihood >= (try LifetimeFit(.weibull, of: sample)).logLikelihood)
    #expect(fit.location >= 0 && fit.location < 0.5)
  }

  @Test("Censored times before the location say nothing")
  func censoredBefore() throws {
    let bearings = FittingExamples.bearings
    let fit = try LifetimeFit(.shiftedWeibull, of: bearings.sample())
    let more = try LifetimeFit(
      .shiftedWeibull, of: CensoredSample(failures: bearings.failures, censored: [1, 2, 5]))
    #expect(abs(more.logLikelihood - fit.logLikelihood) < 1e-9 && abs(more.location - fit.location) < 1e-5)
    #expect(more.observations == 26)
  }
}
