import Stochastics
import Testing

@Suite("Durations")
struct DurationSummaryTests {
  static let bootstrap = Bootstrap(seed: 7, name: "durations")

  @Test("Ten values: the median lies between the 2nd and the 9th at 95 %")
  func orderStatistics() throws {
    // P(2 ≤ binomial(10, ½) ≤ 8) = 1 − 2 · 11 / 1024 = 0.9785, the classic interval of ten values.
    let values = (1...10).map { Double($0 * $0) }
    let median = try #require(quantileEstimate(of: values.reversed(), p: 0.5, confidence: 0.95))
    #expect(median.value == 30.5 && median.low == 4 && median.high == 81)
    let p90 = try #require(quantileEstimate(of: values, p: 0.9, confidence: 0.95))
    #expect(p90.high == .infinity && p90.low == 49)
    #expect(quantileEstimate(of: [1], p: 0.5, confidence: 0.95) == nil)
    // Three values cannot hold the median with 95 %: 2 / 8 of the error lies outside.
    let three = try #require(quantileEstimate(of: [1, 2, 3], p: 0.5, confidence: 0.95))
    #expect(three.low == 0 && three.high == .infinity)
  }

  @Test("The p90 of 29 values has the largest as its upper limit at 90 %, of 28 none")
  func p90NeedsThirty() throws {
    // 0.9²⁸ = 0.0523 and 0.9²⁹ = 0.0471, against 0.05 on each side.
    let values = (1...29).map { Double($0) }
    #expect(try #require(quantileEstimate(of: values, p: 0.9, confidence: 0.9)).high == 29)
    #expect(try #require(quantileEstimate(of: values.dropLast(), p: 0.9, confidence: 0.9)).high == .infinity)
  }

  @Test("Resamples keep their draws, and another name draws others")
  func seeds() throws {
    let values = [3.0, 8, 2, 40, 9, 5, 11, 300]
    let first = try #require(Self.bootstrap.meanInterval(of: values, confidence: 0.9))
    #expect(
      first == Bootstrap(seed: 7, name: "durations").meanInterval(of: values.reversed(), confidence: 0.9))
    #expect(first != Bootstrap(seed: 7, name: "other").meanInterval(of: values, confidence: 0.9))
    #expect(relativeError(first.value, 47.25) < 1e-14 && first.low < 47.25 && 47.25 < first.high)
    #expect(first.high - first.value > first.value - first.low)
  }

  @Test("The percentile interval of a mean is near Student's for values without skew")
  func percentile() throws {
    // x̄ ± t(0.95; 39) s / √40 with the values 1 to 40: 20.5 ± 3.1145, and 3 % for 2,000 resamples and for normal
    // instead of Student's errors.
    let values = (1...40).map { Double($0) }
    func mean(_ sample: [Double]) -> Double { sample.reduce(0, +) / Double(sample.count) }
    for estimate in [
      try #require(Self.bootstrap.percentileInterval(of: values, confidence: 0.9, mean)),
      try #require(Self.bootstrap.meanInterval(of: values, confidence: 0.9)),
    ] {
      #expect(estimate.value == 20.5)
      #expect(abs(estimate.low - 17.3855) < 0.2 && abs(estimate.high - 23.6145) < 0.2, "\(estimate)")
    }
    #expect(Self.bootstrap.percentileInterval(of: [3], confidence: 0.9, mean) == nil)
  }

  @Test("Equal durations have no spread, one has no interval, none nothing")
  func few() throws {
    let same = try DurationSummary(of: [5, 5, 5, 5, 5, 5, 5, 5], confidence: 0.9, bootstrap: Self.bootstrap)
    #expect(same.mean == Estimate(value: 5, low: 5, high: 5, confidence: 0.9) && same.median?.value == 5)
    let one = try DurationSummary(of: [5], confidence: 0.9, bootstrap: Self.bootstrap)
    #expect(one.count == 1 && one.mean == nil && one.median == nil && one.p90 == nil)
    #expect(try DurationSummary(of: [], confidence: 0.9, bootstrap: Self.bootstrap).count == 0)
    for bad in [-1, Double.nan, .infinity] {
      #expect(throws: InvalidParameter.self) {
        try DurationSummary(of: [1, bad], confidence: 0.9, bootstrap: Self.bootstrap)
      }
    }
  }

  /// 300 histories of 40 durations from an exponential law.
  @Test("90 % intervals of mean, median and p90 hold the truth within 4 standard errors")
  func coverage() throws {
    let law = try Exponential(mean: 30)
    var draws = stream("durations")
    var held = (mean: 0, median: 0, p90: 0)
    for history in 0..<300 {
      let values = (0..<40).map { _ in law.sample(using: &draws) }
      let bootstrap = Bootstrap(seed: UInt64(history), name: "coverage", replications: 400)
      let summary = try DurationSummary(of: values, confidence: 0.9, bootstrap: bootstrap)
      func holds(_ estimate: Estimate?, _ truth: Double) -> Int {
        estimate.map { $0.low <= truth && truth <= $0.high } == true ? 1 : 0
      }
      held.mean += holds(summary.mean, 30)
      held.median += holds(summary.median, law.quantile(0.5))
      held.p90 += holds(summary.p90, law.quantile(0.9))
    }
    let bound = 4 * (0.09 / 300.0).squareRoot()
    // A bootstrap of 40 skewed values falls short by some two points; order statistics hold at least what they say.
    #expect(abs(Double(held.mean) / 300 - 0.88) < bound, "\(held)")
    #expect(Double(held.median) / 300 > 0.9 - bound && Double(held.p90) / 300 > 0.9 - bound, "\(held)")
  }
}
