import Planning
import Stochastics
import Testing

@Suite("Limit forecasts")
struct LimitForecastTests {
  private func series(_ values: [Double]) throws -> MeasuredSeries {
    try MeasuredSeries(values.enumerated().map { .init(day: Double($0 + 1), value: $1) })
  }

  @Test("R: 600 are reached on day 34.79, between 33.73 and 35.93")
  func line() throws {
    let forecast = try LimitForecast(series(ForecastFacts.used), limit: 600)
    let line = try #require(forecast.forecasts.first { $0.method == .linear })
    guard case .reached(let day, let earliest, let latest?) = forecast.crossing(line) else {
      throw Unexpected()
    }
    #expect(isClose(day, 34.79281768, relative: 1e-9))
    #expect(isClose(earliest, 33.72616232, relative: 1e-8) && isClose(latest, 35.9262222, relative: 1e-8))
    #expect(forecast.best?.method == .linear || forecast.best?.method == .theilSen)
  }

  @Test("Passengers: the multiplicative season beats the line and the naive forecast")
  func passengers() throws {
    let forecast = try LimitForecast(series(ForecastFacts.passengers), limit: 800, season: 12)
    let first = try #require(forecast.backtests.first)
    #expect(first.method == .multiplicative)
    #expect(try #require(first.relativeError) < 0.7)
    #expect(first.coveredShare > 0.5)
    let best = try #require(forecast.best)
    guard case .reached(let day, let earliest, let latest) = forecast.crossing(best) else {
      throw Unexpected()
    }
    // Julys: step 7 of a year is the highest; the point forecast first reaches the limit where the value says.
    let values = best.values(steps: 60)
    let step = Int(day) - 144
    #expect(values[step - 1].value >= 800 && values[..<(step - 1)].allSatisfy { $0.value < 800 })
    #expect(earliest <= day && (latest.map { $0 >= day } ?? true))
  }

  @Test("Flat and shrinking series never get there", arguments: [0.0, -1.5])
  func never(_ slope: Double) throws {
    let values = (0..<60).map { 100 + slope * Double($0) + [0.4, -0.1, -0.3][$0 % 3] }
    let forecast = try LimitForecast(series(values), limit: 500, season: 3)
    #expect(forecast.forecasts.count == 5)
    for item in forecast.forecasts where [.linear, .theilSen].contains(item.method) {
      guard case .never = forecast.crossing(item) else { throw Unexpected() }
    }
  }

  @Test("A limit that is reached, and no limit")
  func already() throws {
    let forecast = try LimitForecast(series(ForecastFacts.used), limit: 450)
    #expect(forecast.crossing(try #require(forecast.best)) == .reachedAlready)
    #expect(
      try LimitForecast(series(ForecastFacts.used), limit: nil).crossing(try #require(forecast.best)) == nil)
  }

  @Test("What a series does not allow is named")
  func leftOut() throws {
    let forecast = try LimitForecast(series(ForecastFacts.used), limit: 600, season: 7)
    #expect(forecast.leftOut.map(\.method) == [.additive, .multiplicative])
    #expect(throws: InvalidQuestion.self) { try series([1, 2]) }
    #expect(throws: InvalidQuestion.self) { try series([1, 2, .nan, 4, 5]) }
  }

  @Test("The intervals of the line hold 95 % of what comes")
  func coverage() throws {
    var (inside, count) = (0, 0)
    var state: UInt64 = 88_172_645_463_325_252
    func uniform() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    for _ in 0..<400 {
      let values = (0..<25).map { 10 + 3 * Double($0) + normalQuantile(uniform()) }
      let known = values.prefix(20).enumerated().map { (place: Double($0), value: $1) }
      let trend = try #require(LinearTrend(known))
      for place in 20..<25 {
        let value = trend.value(at: Double(place))
        if value.low <= values[place], values[place] <= value.high { inside += 1 }
        count += 1
      }
    }
    // Five values share a line; taking them as one leaves 400 independent trials.
    let deviation = (0.95 * 0.05 / 400).squareRoot()
    #expect(abs(Double(inside) / Double(count) - 0.95) < 4 * deviation)
  }
}
