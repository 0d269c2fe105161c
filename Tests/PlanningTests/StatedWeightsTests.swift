import Planning
import Stochastics
import Testing

@Suite("Forecasts with stated weights")
struct StatedWeightsTests {
  private func series(_ values: [Double]) throws -> MeasuredSeries {
    try MeasuredSeries(values.enumerated().map { .init(day: Double($0 + 1), value: $1) })
  }

  private static let nist: [Double] = [71, 70, 69, 68, 64, 65, 72, 78, 75, 75, 75, 70]

  @Test(
    "NIST's series, a level alone; own recursion in R, begun with the first value",
    arguments: [(0.1, 208.81840971, 71.49875447), (0.5, 181.46176624, 72.40185547)])
  func level(_ weight: Double, _ squares: Double, _ next: Double) throws {
    let forecast = try LimitForecast(
      series(Self.nist), limit: nil,
      weights: HoltWinters.Weights(level: weight, trend: 0, season: 0))
    let smoothed = try #require(forecast.forecasts.first { $0.method == .smoothing })
    #expect(isClose(try #require(smoothed.squaredErrors), squares, relative: 1e-9))
    #expect(isClose(smoothed.values(steps: 1)[0].value, next, relative: 1e-9))
  }

  @Test("R's HoltWinters with stated weights: passengers, both seasons")
  func seasons() throws {
    let forecast = try LimitForecast(
      series(ForecastFacts.passengers), limit: nil, season: 12,
      weights: HoltWinters.Weights(level: 0.3, trend: 0.05, season: 0.6))
    for (method, squares, values) in [
      (ForecastMethod.multiplicative, 18628.03999, ForecastFacts.multiplicativeFixed),
      (.additive, 35612.50092, ForecastFacts.additiveFixed),
    ] {
      let item = try #require(forecast.forecasts.first { $0.method == method })
      #expect(isClose(try #require(item.squaredErrors), squares, relative: 1e-8))
      for (found, expected) in zip(item.values(steps: 12), values) {
        #expect(isClose(found.value, expected, relative: 1e-8))
      }
    }
    #expect(!forecast.forecasts.contains { $0.method == .smoothing })
  }

  @Test("Weights outside 0 to 1 are told, and none is asked for unless stated")
  func mistakes() throws {
    #expect(throws: InvalidQuestion.self) {
      try LimitForecast(
        series(Self.nist), limit: nil, weights: HoltWinters.Weights(level: 1.5, trend: 0, season: 0))
    }
    let plain = try LimitForecast(series(Self.nist), limit: nil)
    #expect(!plain.forecasts.contains { $0.method == .smoothing })
  }
}
