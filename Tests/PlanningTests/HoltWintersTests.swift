import Planning
import Testing

@Suite("Holt–Winters")
struct HoltWintersTests {
  private static let fixed = HoltWinters.Weights(level: 0.3, trend: 0.05, season: 0.6)

  @Test("R: AirPassengers with stated weights")
  func fixed() throws {
    for (season, squares, forecasts) in [
      (HoltWinters.Season.multiplicative, 18628.03999, ForecastFacts.multiplicativeFixed),
      (.additive, 35612.50092, ForecastFacts.additiveFixed),
    ] {
      let model = try #require(
        HoltWinters(ForecastFacts.passengers, season: season, period: 12, weights: Self.fixed))
      #expect(isClose(model.squaredErrors, squares, relative: 1e-9))
      for (step, expected) in forecasts.enumerated() {
        #expect(isClose(model.forecast(steps: step + 1), expected, relative: 1e-9))
      }
    }
  }

  @Test("R: the best weights of AirPassengers, or better ones")
  func best() throws {
    let weights = HoltWinters.Weights(level: 0.27559247474, trend: 0.03269295273, season: 0.87072922227)
    let published = try #require(
      HoltWinters(ForecastFacts.passengers, season: .multiplicative, period: 12, weights: weights))
    #expect(isClose(published.squaredErrors, 16570.77787, relative: 1e-8))
    for (step, expected) in ForecastFacts.multiplicativeBest.enumerated() {
      #expect(isClose(published.forecast(steps: step + 1), expected, relative: 1e-7))
    }
    let found = try #require(
      HoltWinters.fitted(ForecastFacts.passengers, season: .multiplicative, period: 12))
    #expect(found.squaredErrors <= 16570.77787 * (1 + 1e-9))
  }

  @Test("R: the best additive weights of nottem, or better ones")
  func nottingham() throws {
    let found = try #require(HoltWinters.fitted(ForecastFacts.nottingham, season: .additive, period: 12))
    #expect(found.squaredErrors <= 1563.473875 * (1 + 1e-9))
    let weights = HoltWinters.Weights(level: 0.13832281451, trend: 0.02327471975, season: 0.23487443403)
    let published = try #require(
      HoltWinters(ForecastFacts.nottingham, season: .additive, period: 12, weights: weights))
    for (step, expected) in ForecastFacts.nottinghamBest.enumerated() {
      #expect(isClose(published.forecast(steps: step + 1), expected, relative: 1e-7))
    }
  }

  /// R counts the error of the forecast step itself with weight ψ₀² = (α + γ (1 − α))² and not 1; all other terms agree.
  @Test("R: the intervals of the multiplicative forecast but for the weight of the last error")
  func intervals() throws {
    let weights = HoltWinters.Weights(level: 0.27559247474, trend: 0.03269295273, season: 0.87072922227)
    let model = try #require(
      HoltWinters(ForecastFacts.passengers, season: .multiplicative, period: 12, weights: weights))
    let variances = model.variances(steps: 11)
    let last = weights.level + weights.season * (1 - weights.level)
    for step in 0..<11 {
      let half =
        (ForecastFacts.multiplicativeBestHigh[step] - ForecastFacts.multiplicativeBest[step])
        / 1.959963984540054
      #expect(
        isClose(half * half, variances[step] - model.errorVariance * (1 - last * last), relative: 1e-4),
        "step \(step + 1)")
    }
  }

  @Test(
    "An exact season and trend are foretold exactly",
    arguments: [HoltWinters.Season.additive, .multiplicative])
  func exact(_ season: HoltWinters.Season) throws {
    let figure = [1.0, -2, 0.5, 0.5]
    func value(_ place: Int) -> Double {
      let own = figure[place % 4]
      return season == .additive ? 100 + 2 * Double(place) + own : 50 * (1 + own / 4)
    }
    let model = try #require(HoltWinters.fitted((0..<40).map(value), season: season, period: 4))
    for step in 1...9 {
      #expect(isClose(model.forecast(steps: step), value(39 + step), relative: 1e-8))
    }
  }

  @Test("A damped trend of 1 is the plain one, and any other comes to an end")
  func damped() throws {
    let weights = HoltWinters.Weights(level: 0.3, trend: 0.05, season: 0.6, damping: 0.9)
    let model = try #require(
      HoltWinters(ForecastFacts.passengers, season: .additive, period: 12, weights: weights))
    #expect(abs(model.forecast(steps: 1200) - model.forecast(steps: 600)) < 1e-9)
    let search = try #require(
      HoltWinters.fitted(ForecastFacts.passengers, season: .additive, period: 12, isDamped: true))
    #expect(search.weights.damping >= 0.8 && search.weights.damping <= 0.995)
  }

  @Test("What can not be smoothed is none")
  func none() {
    #expect(HoltWinters([1, 2, 3, 4], season: .additive, period: 2, weights: Self.fixed) == nil)
    #expect(HoltWinters([1, 0, 3, 4, 5], season: .multiplicative, period: 2, weights: Self.fixed) == nil)
    #expect(HoltWinters.fitted([1, 2, 3], season: .additive, period: 2) == nil)
  }
}
