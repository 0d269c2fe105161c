import Planning
import Stochastics
import Testing

@Suite("Trends")
struct TrendTests {
  private static let used = ForecastFacts.used.enumerated().map {
    (place: Double($0 + 1), value: $1)
  }

  /// R's cars: speed and stopping distance.
  private static let cars: [(place: Double, value: Double)] = [
    (4, 2), (4, 10), (7, 4), (7, 22), (8, 16), (9, 10), (10, 18), (10, 26), (10, 34), (11, 17), (11, 28),
    (12, 14), (12, 20), (12, 24), (12, 28), (13, 26), (13, 34), (13, 34), (13, 46), (14, 26), (14, 36),
    (14, 60), (14, 80), (15, 20), (15, 26), (15, 54), (16, 32), (16, 40), (17, 32), (17, 40), (17, 50),
    (18, 42), (18, 56), (18, 76), (18, 84), (19, 36), (19, 46), (19, 68), (20, 32), (20, 48), (20, 52),
    (20, 56), (20, 64), (22, 66), (23, 54), (24, 70), (24, 92), (24, 93), (24, 120), (25, 85),
  ]

  @Test("R: lm(dist ~ speed) of cars")
  func cars() throws {
    let trend = try #require(LinearTrend(Self.cars))
    #expect(isClose(trend.intercept, -17.579094891, relative: 1e-9))
    #expect(isClose(trend.slope, 3.932408759, relative: 1e-9))
    #expect(isClose(trend.interceptError, 6.7584401694, relative: 1e-9))
    #expect(isClose(trend.slopeError, 0.4155127767, relative: 1e-9))
    #expect(isClose(trend.sigma, 15.3795867488, relative: 1e-9))
    #expect(isClose(trend.explainedShare, 0.6510793808, relative: 1e-9))
    for row in [
      [10, 21.7449927, -9.809600788, 53.29958619], [21, 65.00148905, 33.42257364, 96.58040446],
      [30, 100.39316788, 66.865293341, 133.92104243],
    ] {
      let value = trend.value(at: row[0])
      #expect(isClose(value.value, row[1], relative: 1e-8))
      #expect(isClose(value.low, row[2], relative: 1e-8) && isClose(value.high, row[3], relative: 1e-8))
    }
    let mean = trend.mean(at: 30)
    #expect(isClose(mean.low, 87.43542745, relative: 1e-8) && isClose(mean.high, 113.3509083, relative: 1e-8))
  }

  @Test("R: when 600 are reached, with Fieller's interval")
  func exhaustion() throws {
    let trend = try #require(LinearTrend(Self.used))
    #expect(isClose(trend.slope, 5.569230769, relative: 1e-9))
    #expect(isClose(trend.slopeError, 0.08932923707, relative: 1e-9))
    guard case .reached(let at, let earliest, let latest) = trend.crossing(of: 600),
      case .reached(_, let meanEarliest, let meanLatest) = trend.crossing(of: 600, ofValues: false)
    else { throw Unexpected() }
    #expect(isClose(at, 34.79281768, relative: 1e-9))
    #expect(isClose(earliest, 33.72616232, relative: 1e-8) && isClose(latest, 35.9262222, relative: 1e-8))
    #expect(
      isClose(meanEarliest, 33.8608575, relative: 1e-8) && isClose(meanLatest, 35.79152702, relative: 1e-8))
    // The ends are where the interval of a value holds the level.
    #expect(isClose(trend.value(at: earliest).high, 600) && isClose(trend.value(at: latest).low, 600))
  }

  @Test("R: Theil and Sen of the same")
  func theilSen() throws {
    let trend = try #require(TheilSenTrend(Self.used))
    #expect(isClose(trend.slope, 5.555555556, relative: 1e-9))
    #expect(isClose(trend.intercept, 406.6666667, relative: 1e-9))
    #expect(trend.slopeRange.low < trend.slope && trend.slope < trend.slopeRange.high)
    guard case .reached(let at, let earliest, let latest) = trend.crossing(of: 600) else {
      throw Unexpected()
    }
    #expect(earliest < at && at < latest)
    #expect(isClose(at, (600 - 406.6666667) / 5.555555556, relative: 1e-8))
  }

  @Test("Sen 1968 on one wild value: the line stays")
  func wild() throws {
    var points = (0..<20).map { (place: Double($0), value: 3 * Double($0) + 1) }
    points[17].value = 1e6
    #expect(isClose(try #require(TheilSenTrend(points)).slope, 3))
  }

  @Test("Flat and shrinking series reach no limit")
  func never() throws {
    let flat = (0..<10).map { (place: Double($0), value: 5.0) }
    #expect(try #require(LinearTrend(flat)).crossing(of: 10) == .never(earliest: nil))
    #expect(try #require(TheilSenTrend(flat)).crossing(of: 10) == .never(earliest: nil))
    let shrinking = (0..<10).map { (place: Double($0), value: 100 - Double($0)) }
    #expect(try #require(LinearTrend(shrinking)).crossing(of: 200) == .never(earliest: nil))
    // A rise that is not told from none: a date only were it as fast as the interval allows.
    let noisy = (0..<10).map { (place: Double($0), value: $0 % 2 == 0 ? 5.0 : 5.2) }
    let trend = try #require(LinearTrend(noisy))
    guard case .never(let earliest) = trend.crossing(of: 10) else { throw Unexpected() }
    #expect(isClose(trend.value(at: try #require(earliest)).high, 10, relative: 1e-9))
  }

  @Test("Two measurements are no trend")
  func few() {
    #expect(LinearTrend([(0, 1), (1, 2)]) == nil)
    #expect(LinearTrend([(1, 1), (1, 2), (1, 3)]) == nil)
    #expect(TheilSenTrend([(0, 1), (1, 2)]) == nil)
  }
}
