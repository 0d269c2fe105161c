import Stochastics
import Testing

@Suite("Bayesian durations")
struct LognormalBeliefTests {
  static let minutes: [Double] = [12, 30, 45, 18, 240, 33]

  @Test("The reference prior gives Student's intervals of the logarithms, computed with scipy 1.17")
  func reference() throws {
    let belief = try LognormalBelief.reference.updated(durations: Self.minutes)
    let median = belief.medianEstimate(confidence: 0.9)
    #expect(relativeError(median.value, 36.35678317960753) < 1e-12)
    #expect(relativeError(median.low, 15.4921182) < 1e-8 && relativeError(median.high, 85.3218176) < 1e-8)
    #expect(relativeError(belief.predictiveQuantile(0.9), 189.89018432809132) < 1e-11)
    #expect(relativeError(belief.predictiveSurvival(100), 0.2038781814430642) < 1e-11)
    #expect(relativeError(belief.predictiveSurvival(belief.predictiveQuantile(0.1)), 0.9) < 1e-11)
    let sigma = belief.sigmaEstimate(confidence: 0.9)
    #expect(relativeError(sigma.low, 0.6968924531050875) < 1e-11)
    #expect(relativeError(sigma.value, 1.111557227648743) < 1e-11)
    #expect(relativeError(sigma.high, 2.166488032198667) < 1e-11)
    #expect(belief.predictiveSurvival(0) == 1)
  }

  @Test("Data at once or one by one, in any order, leave the same belief")
  func sequential() throws {
    let prior = try LognormalBelief(median: 30, sigma: 1, worth: 3)
    let once = try prior.updated(durations: Self.minutes)
    let single = try Self.minutes.reversed().reduce(prior) { try $0.updated(durations: [$1]) }
    #expect(
      relativeError(single.location, once.location) < 1e-14 && relativeError(single.scale, once.scale) < 1e-13
    )
    #expect(single.weight == once.weight && single.shape == once.shape)
    let (vague, strong) = (
      try LognormalBelief.reference.updated(durations: Self.minutes),
      try LognormalBelief(median: 5, sigma: 1, worth: 1e6)
    )
    #expect(
      try relativeError(strong.updated(durations: Self.minutes).medianEstimate(confidence: 0.9).value, 5)
        < 1e-4)
    #expect(once.medianEstimate(confidence: 0.9).halfWidth < vague.medianEstimate(confidence: 0.9).halfWidth)
  }

  @Test("Draws of the law of durations predict as the formula does, within 4 standard errors")
  func draws() throws {
    let belief = try LognormalBelief.reference.updated(durations: Self.minutes)
    var draws = stream("lognormal belief")
    let above = try (0..<20_000).reduce(0.0) { sum, _ in
      sum + (try belief.sample(using: &draws)).survival(100)
    }
    #expect(abs(above / 20_000 - 0.2038781814430642) < 4 * (0.2 * 0.8 / 20_000).squareRoot())
  }

  @Test("One duration is not enough for the reference prior, and zeros have no logarithm")
  func dirty() throws {
    #expect(!LognormalBelief.reference.isProper)
    #expect(try !LognormalBelief.reference.updated(durations: [5]).isProper)
    #expect(try !LognormalBelief.reference.updated(durations: [5, 5]).isProper)
    #expect(try LognormalBelief.reference.updated(durations: [5, 6]).isProper)
    for bad in [0, -1, Double.nan, .infinity] {
      #expect(throws: InvalidParameter.self) { try LognormalBelief.reference.updated(durations: [bad]) }
      #expect(throws: InvalidParameter.self) { try LognormalBelief(median: bad, sigma: 1, worth: 1) }
      #expect(throws: InvalidParameter.self) { try LognormalBelief(median: 1, sigma: bad, worth: 1) }
      #expect(throws: InvalidParameter.self) { try LognormalBelief(median: 1, sigma: 1, worth: bad) }
    }
  }
}
