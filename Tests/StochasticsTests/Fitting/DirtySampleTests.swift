import Stochastics
import Testing

@Suite("Samples that cannot be fitted, or only just")
struct DirtySampleTests {
  static let families = LifetimeFamily.allCases

  @Test("No observation, and none that failed, have no maximum", arguments: families)
  func nothing(family: LifetimeFamily) throws {
    #expect(throws: NoMaximum.empty) { try LifetimeFit(family, of: CensoredSample(failures: [])) }
    #expect(throws: NoMaximum.noFailure) {
      try LifetimeFit(family, of: CensoredSample(failures: [], censored: [4, 5]))
    }
    #expect(throws: NoMaximum.empty) { try LifetimeFit(family, of: CensoredSample(failures: [0, 0])) }
  }

  @Test("One time shows no spread", arguments: [[7], [7, 7, 7]] as [[Double]], [[Double](), [3], [7]])
  func oneDistinctTime(failures: [Double], censored: [Double]) throws {
    let sample = try CensoredSample(failures: failures, censored: censored)
    for family in [LifetimeFamily.weibull, .lognormal, .gamma, .shiftedWeibull] {
      #expect(throws: NoMaximum.oneDistinctTime, "\(family)") { try LifetimeFit(family, of: sample) }
    }
    let mean = try LifetimeFit(.exponential, of: sample).mean
    #expect(relativeError(mean, sample.totalTime / Double(failures.count)) < 1e-14)
  }

  @Test(
    "One failure and a survivor beyond do have a maximum",
    arguments: [LifetimeFamily.weibull, .lognormal, .gamma])
  func oneFailure(family: LifetimeFamily) throws {
    let fit = try LifetimeFit(family, of: CensoredSample(failures: [5], censored: [9, 9]))
    let shape = try #require(fit.estimate(.shape, confidence: 0.9))
    #expect(fit.logLikelihood.isFinite && shape.low > 0 && shape.high > 2 * shape.low)
  }

  @Test("Times that differ in the last digit only are too alike, or have a finite fit")
  func nearlyEqual() throws {
    for family in Self.families {
      for times: [Double] in [[1, 1 + 1e-15], [5, 5 + 1e-9, 5 + 2e-9], [1, 1.0001, 1.0002]] {
        guard let fit = try? LifetimeFit(family, of: CensoredSample(failures: times)) else { continue }
        #expect(fit.logLikelihood.isFinite && fit.law.mean.isFinite, "\(family)")
      }
    }
  }

  @Test("Zeros are left out, halved or refused, and counted")
  func zeros() throws {
    let times: [Double] = [0, 3, 0, 8]
    let leftOut = try CensoredSample(failures: times, censored: [0, 5])
    #expect(leftOut.times == [3, 8, 5] && leftOut.zeroFailures == 2 && leftOut.zeroCensored == 1)
    #expect(leftOut.failures == 2 && leftOut.observations == 3)
    let halved = try CensoredSample(failures: times, zeros: .half(ofResolution: 1))
    #expect(halved.times == [0.5, 3, 0.5, 8] && halved.zeroFailures == 2 && halved.failures == 4)
    let counted = try CensoredSample(failures: [0, 3], failureCounts: [4, 2])
    #expect(counted.zeroFailures == 4 && counted.counts == [2] && counted.failures == 2)
    #expect(
      throws: InvalidParameter(
        message:
          "2 failure times are 0; leave zeros out, or say with which resolution the times were recorded "
          + "so that a zero counts as half of it")
    ) { try CensoredSample(failures: times, zeros: .refused) }
    #expect(throws: InvalidParameter.self) {
      try CensoredSample(failures: times, zeros: .half(ofResolution: -1))
    }
    #expect(halved.zeros.description == "zeros counted as 0.5")
  }

  @Test("Impossible times and counts are refused", arguments: [-1, Double.nan, .infinity, -.infinity])
  func impossible(bad: Double) {
    #expect(throws: InvalidParameter.self) { try CensoredSample(failures: [1, bad]) }
    #expect(throws: InvalidParameter.self) { try CensoredSample(failures: [1], censored: [bad]) }
    #expect(throws: InvalidParameter.self) { try CensoredSample(failures: [1], failureCounts: []) }
    #expect(throws: InvalidParameter.self) { try CensoredSample(failures: [1], failureCounts: [0]) }
    #expect(throws: InvalidParameter.self) { try CensoredSample(failures: [1], failureCounts: [.max]) }
    #expect(throws: InvalidParameter.self) {
      try CensoredSample(failures: [1], zeros: .half(ofResolution: bad))
    }
  }

  @Test("The message names the time")
  func message() {
    #expect(
      throws: InvalidParameter(message: "a failure time is -3; it must be a number of at least 0")
    ) { try CensoredSample(failures: [1, -3]) }
  }
}
