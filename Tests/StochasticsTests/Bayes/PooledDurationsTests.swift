import Stochastics
import Testing

@Suite("Pooled durations")
struct PooledDurationsTests {
  static let minutes: [[Double]] = [
    [12, 30, 45, 18, 240, 33], [8, 9, 15], [60, 95], [22, 70, 41, 55, 18], [400],
  ]

  struct Row: Sendable {
    let component: Int?, low: Double, median: Double, high: Double, predicted: Double
    init(_ component: Int?, _ low: Double, _ median: Double, _ high: Double, _ predicted: Double) {
      (self.component, self.low, self.median) = (component, low, median)
      (self.high, self.predicted) = (high, predicted)
    }
  }

  /// The same integral over 4,000 ratios with the whole covariance matrix inverted for each, numpy 2.4 and scipy 1.17.
  @Test(
    "Medians at 90 % and the predicted p90 of five components and a new one",
    arguments: [
      Row(0, 21.585190128592664, 37.1412412732749, 64.1240277419556, 124.23741941428536),
      Row(1, 6.606410706716355, 15.434158746514044, 40.6039375358238, 61.705846389605675),
      Row(4, 31.331889372171414, 131.58759199921607, 598.6293504653041, 657.2673726903716),
      Row(nil, 5.848424844076419, 41.930984217777805, 391.17210755295054, 304.77392389630813),
    ])
  func integrated(row: Row) throws {
    let pooled = try PooledDurations(Self.minutes)
    let estimate =
      row.component.map { pooled.medianEstimate($0, confidence: 0.9) }
      ?? pooled.newComponentEstimate(confidence: 0.9)
    // The far tail of a new component lies at ratios where a part of the prior is wide.
    #expect(relativeError(estimate.value, row.median) < 1e-4)
    #expect(relativeError(estimate.low, row.low) < 5e-3 && relativeError(estimate.high, row.high) < 5e-3)
    #expect(relativeError(pooled.predictiveQuantile(0.9, component: row.component), row.predicted) < 1e-3)
  }

  /// The outages of the JiVS log in minutes, five classes whose own lengths are all alike.
  static let alike: [[Double]] = [
    [5, 5], [500 / 60, 500 / 60, 500 / 60], [45], [3.75, 3.75, 3.75, 3.75], [9, 9],
  ]

  /// Integrated over 1,200 ratios and 400 values of σ with normal laws for each, numpy 2.4 and scipy 1.17.
  @Test(
    "A believed spread pools durations that show none, and adds to those that do",
    arguments: [
      (
        alike, 1.0, 4.0, Row(0, 3.0901873696616255, 6.048928110848534, 11.238233524601869, 16.593939146561915)
      ),
      (alike, 1, 4, Row(2, 5.788068118636211, 16.192248817024314, 55.56884665534517, 58.855514286646205)),
      (alike, 0.5, 10, Row(3, 2.8550000525664068, 4.006995613374336, 5.832839305922761, 7.3917346019488335)),
      (alike, 0.5, 10, Row(nil, 1.5954580582621567, 8.462778593555736, 48.92119187598303, 33.84832920309643)),
      (
        minutes, 0.6, 6, Row(0, 22.562498611126145, 37.099341723359814, 61.14771892469796, 109.15445441066149)
      ),
      (minutes, 0.6, 6, Row(3, 21.668191348970616, 37.12171313254453, 63.7581985797173, 110.54188010427336)),
    ])
  func believedSpread(durations: [[Double]], sigma: Double, worth: Double, row: Row) throws {
    let spread = try PooledDurations.Spread(sigma: sigma, worth: worth)
    let pooled = try PooledDurations(durations, spread: spread)
    let estimate =
      row.component.map { pooled.medianEstimate($0, confidence: 0.9) }
      ?? pooled.newComponentEstimate(confidence: 0.9)
    #expect(relativeError(estimate.value, row.median) < 1e-3)
    #expect(relativeError(estimate.low, row.low) < 5e-3 && relativeError(estimate.high, row.high) < 5e-3)
    #expect(relativeError(pooled.predictiveQuantile(0.9, component: row.component), row.predicted) < 2e-3)
    #expect(throws: InvalidParameter.self) { try PooledDurations(Self.alike) }
  }

  @Test("The fewer durations, the more comes from the others; a component without any is a new one")
  func shrinkage() throws {
    let pooled = try PooledDurations(Self.minutes + [[]])
    #expect(pooled.counts == [6, 3, 2, 5, 1, 0])
    #expect(pooled.shrinkage(0) < pooled.shrinkage(1) && pooled.shrinkage(1) < pooled.shrinkage(4))
    #expect(relativeError(pooled.shrinkage(5), 1) < 1e-14)
    #expect(pooled.medianEstimate(5, confidence: 0.9) == pooled.newComponentEstimate(confidence: 0.9))
    // 400 alone among tens is drawn down, 10 among tens up.
    #expect(pooled.medianEstimate(4, confidence: 0.9).value < 400)
    #expect(pooled.medianEstimate(1, confidence: 0.9).value > 10.3)
  }

  @Test("What cannot be pooled is refused")
  func dirty() {
    for bad in [
      [[1, 2]], [], [[], []], [[3], [4]], [[3, 3], [4]], [[1, 0], [2]], [[1, -1], [2]], [[1, .nan], [2]],
    ] {
      #expect(throws: InvalidParameter.self, "\(bad)") { try PooledDurations(bad) }
    }
  }

  /// 60 groups of eight components with five durations each.
  @Test("90 % intervals hold the medians as often as they say, within 4 standard errors and a point")
  func coverage() throws {
    var draws = stream("pooled durations")
    var (held, count) = (0, 0)
    for _ in 0..<60 {
      let centres = (0..<8).map { _ in 3 + 0.5 * draws.standardNormal() }
      let pooled = try PooledDurations(
        centres.map { centre in (0..<5).map { _ in portableExp(centre + 0.9 * draws.standardNormal()) } })
      for index in 0..<2 {
        let estimate = pooled.medianEstimate(index, confidence: 0.9)
        count += 1
        if estimate.low <= portableExp(centres[index]), portableExp(centres[index]) <= estimate.high {
          held += 1
        }
      }
    }
    #expect(
      abs(Double(held) / Double(count) - 0.9) < 4 * (0.09 / Double(count)).squareRoot() + 0.01, "\(held)")
  }
}
