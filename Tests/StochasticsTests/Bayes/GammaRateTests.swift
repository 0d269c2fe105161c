import Stochastics
import Testing

@Suite("Bayesian rates")
struct GammaRateTests {
  static func twoIn800() throws -> GammaRate { try GammaRate.jeffreys.updated(events: 2, exposure: 800) }

  @Test("Jeffreys and 2 failures in 800 h: 0.003125 /h, the mean time at 90 % from 144.5 to 1,396.8 h")
  func jeffreys() throws {
    let rate = try Self.twoIn800()
    #expect(rate.shape == 2.5 && rate.exposure == 800 && rate.mean == 0.003125)
    let mtbf = rate.mtbfEstimate(confidence: 0.9)
    #expect(
      relativeError(mtbf.low, 144.528280868264) < 1e-12
        && relativeError(mtbf.high, 1396.7989588932078) < 1e-12)
    let interval = rate.rateEstimate(confidence: 0.9)
    #expect(
      relativeError(interval.low, 1 / mtbf.high) < 1e-14 && relativeError(interval.high, 1 / mtbf.low) < 1e-14
    )
    #expect(relativeError(rate.survival(interval.high), 0.05) < 1e-11)
  }

  @Test("NIST's 50/95 prior of 600 and 250 h has shape 2.863 and 1,522.5 h")
  func fiftyNinetyFive() throws {
    let prior = try GammaRate(medianMTBF: 600, mtbfExceededWith95Percent: 250)
    #expect(relativeError(prior.shape, 2.863055306184257) < 1e-10)
    #expect(relativeError(prior.exposure, 1522.5056220644922) < 1e-10)
    #expect(relativeError(prior.mtbf(exceededWith: 0.5), 600) < 1e-12)
    #expect(relativeError(prior.mtbf(exceededWith: 0.95), 250) < 1e-10)
    let posterior = try prior.updated(events: 2, exposure: 1000)
    #expect(relativeError(posterior.mtbf(exceededWith: 0.5), 556.3419432925377) < 1e-9)
    #expect(relativeError(posterior.mtbf(exceededWith: 0.8), 384.6912801926455) < 1e-9)
    #expect(relativeError(posterior.mtbf(exceededWith: 0.95), 281.3885807347113) < 1e-9)
    #expect(
      relativeError(prior.exposure(toShow: 500, failures: 2, confidence: 0.8), 1756.1047233549223) < 1e-9)
  }

  @Test("The number of events to come is negative binomial, computed with scipy 1.17")
  func predictive() throws {
    let rate = try Self.twoIn800()
    #expect(relativeError(rate.predictiveProbability(of: 0, in: 1000), 0.13168724) < 1e-7)
    #expect(relativeError(rate.predictiveProbability(of: 3, in: 1000), 0.14818202) < 1e-7)
    #expect(rate.predictiveQuantile(0.5, in: 1000) == 3 && rate.predictiveQuantile(0.95, in: 1000) == 8)
    #expect(relativeError(rate.predictiveShare(upTo: 4, in: 1000), 0.7537812287723378) < 1e-12)
    let sum = (0...4).reduce(0) { $0 + rate.predictiveProbability(of: $1, in: 1000) }
    #expect(relativeError(sum, 0.7537812287723378) < 1e-12)
    #expect(rate.predictiveProbability(of: 0, in: 0) == 1 && rate.predictiveQuantile(0.99, in: 0) == 0)
  }

  @Test("Draws have the mean and spread of the law within 4 standard errors")
  func draws() throws {
    let rate = try Self.twoIn800()
    var draws = stream("gamma rate")
    let mean = (0..<20_000).reduce(0.0) { sum, _ in sum + rate.sample(using: &draws) } / 20_000
    #expect(abs(mean - rate.mean) < 4 * rate.mean / (2.5 * 20_000).squareRoot())
  }

  @Test("Impossible beliefs and data are refused")
  func dirty() throws {
    for bad in [0, -1, Double.nan, .infinity] {
      #expect(throws: InvalidParameter.self) { try GammaRate(shape: bad, exposure: 1) }
      #expect(throws: InvalidParameter.self) { try GammaRate(shape: 1, exposure: bad) }
      #expect(throws: InvalidParameter.self) {
        try GammaRate(medianMTBF: 600, mtbfExceededWith95Percent: bad)
      }
    }
    #expect(throws: InvalidParameter.self) { try GammaRate(medianMTBF: 200, mtbfExceededWith95Percent: 250) }
    #expect(throws: InvalidParameter.self) { try GammaRate.jeffreys.updated(events: 3, exposure: 0) }
    #expect(throws: InvalidParameter.self) { try GammaRate.jeffreys.updated(events: -3, exposure: 1) }
    #expect(try GammaRate.jeffreys.updated(events: 0, exposure: 10).mean == 0.05)
  }
}
