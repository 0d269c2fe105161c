import Stochastics
import Testing

@Suite("What comes next")
struct PredictionTests {
  /// Σ P(N > n) is the expected number, the mean rate times the exposure to come.
  @Test("The mean of a pooled prediction is the mean rate times the time", arguments: [0, 1, 9])
  func mean(pump: Int) throws {
    let pumps = try PooledRatesTests.pumps()
    let span = 4.0
    var (sum, count) = (0.0, 0)
    while count < 400 {
      let above = 1 - pumps.predictiveShare(upTo: count, in: span, component: pump)
      sum += above
      count += 1
      if above < 1e-9 { break }
    }
    let expected = pumps.rateEstimate(pump, confidence: 0.9).value * span
    #expect(relativeError(sum, expected) < 1e-6)
  }

  @Test("A quantile is the first count that is reached; no time brings no events")
  func quantiles() throws {
    let pumps = try PooledRatesTests.pumps()
    for component in [Int?.none, 1, 9] {
      for p in [0.05, 0.5, 0.95] {
        let count = pumps.predictiveQuantile(p, in: 10, component: component)
        #expect(pumps.predictiveShare(upTo: count, in: 10, component: component) >= p)
        if count > 0 {
          #expect(pumps.predictiveShare(upTo: count - 1, in: 10, component: component) < p)
        }
      }
      #expect(relativeError(pumps.predictiveShare(upTo: 0, in: 0, component: component), 1) < 1e-9)
    }
  }

  /// With components that agree and much seen, the prediction is that of their common rate: Poisson.
  @Test("Much seen of alike components predicts as a Poisson law does")
  func limit() throws {
    let alike = try PooledRates((0..<8).map { _ in try EventCount(events: 50_000, exposure: 50_000) })
    let share = alike.predictiveShare(upTo: 2, in: 2, component: 0)
    let poisson = 5 * portableExp(-2)
    #expect(relativeError(share, poisson) < 1e-3)
  }

  /// Two intervals: the events of the first are binomial with p = (t₁/T)^β, so β = log p / log(t₁/T) and the delta method
  /// gives Var log β = (1 − p) / (n p (log p)²).
  @Test("Grouped Crow-AMSAA's interval of β is the binomial one for two intervals")
  func groupedInterval() throws {
    let fit = try #require(try GroupedCrowAMSAA(counts: [20, 60], ends: [50, 200]))
    let p = 0.25
    #expect(relativeError(fit.shape, portableLog(p) / portableLog(0.25)) < 1e-12)
    let deviation = ((1 - p) / (80 * p)).squareRoot() / -portableLog(p)
    let estimate = fit.shapeEstimate(confidence: 0.95)
    #expect(relativeError(estimate.high, fit.shape * portableExp(1.959963984540054 * deviation)) < 1e-9)
    #expect(relativeError(estimate.low, fit.shape / portableExp(1.959963984540054 * deviation)) < 1e-9)
    #expect(fit.pValue == nil)
  }

  /// As intervals become short, the grouped information goes to that of exact times: Var log β = 1/n.
  @Test("Many short intervals are as good as exact times")
  func shortIntervals() throws {
    let times = (1...200).map { Double($0) / 200 * 1_000 }
    let exact = try #require(try CrowAMSAA(EventRecord(times: times, until: 1_000)))
    let ends = (1...5_000).map { Double($0) / 5 }
    var counts = [Int](repeating: 0, count: 5_000)
    for time in times { counts[Int((time * 5).rounded(.up)) - 1] += 1 }
    let grouped = try #require(try GroupedCrowAMSAA(counts: counts, ends: ends))
    let (own, other) = (
      grouped.shapeEstimate(confidence: 0.9), exact.largeSampleEstimates(confidence: 0.9).shape
    )
    #expect(relativeError(grouped.shape, exact.shape) < 2e-2)
    #expect(relativeError(own.high / own.low, other.high / other.low) < 1e-2)
  }

  /// ReliaWiki's grouped example: χ² 0.68797 on four degrees of freedom.
  @Test("The fit of ReliaWiki's intervals")
  func chiSquare() throws {
    let fit = try #require(
      try GroupedCrowAMSAA(counts: [12, 6, 15, 3, 18, 16], ends: [62, 100, 187, 210, 350, 500]))
    #expect(relativeError(fit.chiSquare, 0.6879676) < 1e-6)
    // exp(−x/2) (1 + x/2) for four degrees of freedom.
    let half = fit.chiSquare / 2
    #expect(relativeError(try #require(fit.pValue), portableExp(-half) * (1 + half)) < 1e-12)
  }
}
