internal import Stochastics

/// How well a method would have foretold the last part of a series, from moments at which that was still to come.
public struct Backtest: Hashable, Sendable {
  /// The method.
  public let method: ForecastMethod
  /// The mean absolute error over all origins and steps.
  public let meanAbsoluteError: Double
  /// That of the seasonal naive forecast at the same moments.
  public let naiveMeanAbsoluteError: Double
  /// The share of the measurements inside their interval of 95 %.
  public let coveredShare: Double
  /// Moments from which it looked ahead.
  public let origins: Int
  /// Steps ahead from each.
  public let steps: Int

  /// The error over that of the naive forecast; below 1 it is better. `nil` where the naive one has none.
  public var relativeError: Double? {
    naiveMeanAbsoluteError > 0 ? meanAbsoluteError / naiveMeanAbsoluteError : nil
  }

  /// The most origins that are tried.
  public static let mostOrigins = 12

  /// Rolling origins over the last third of a series; `nil` where a method can not be fitted at each of them.
  ///
  /// Source: Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3rd edition 2021, section 5.10.
  public init?(
    _ method: ForecastMethod, _ series: MeasuredSeries, season: Int, isDamped: Bool,
    weights: HoltWinters.Weights? = nil
  ) {
    let points = series.points
    let steps = max(1, min(season, points.count / 6))
    let first = max(points.count * 2 / 3, 2 * season + 1, 4)
    guard first + steps <= points.count else { return nil }
    let last = points.count - steps
    let stride = max(1, (last - first + Backtest.mostOrigins) / Backtest.mostOrigins)
    var tally = (error: 0.0, naive: 0.0, inside: 0, count: 0, origins: 0)
    for origin in Swift.stride(from: first, through: last, by: stride) {
      let known = Array(points[..<origin])
      func forecast(_ method: ForecastMethod) -> FittedForecast? {
        FittedForecast(
          method, known, season: season, isDamped: isDamped, stepDays: series.stepDays,
          weights: weights)
      }
      guard let values = forecast(method)?.values(steps: steps),
        let naive = forecast(.seasonalNaive)?.values(steps: steps)
      else { return nil }
      tally.origins += 1
      for (index, seen) in points[origin..<origin + steps].enumerated() {
        tally.error += abs(seen.value - values[index].value)
        tally.naive += abs(seen.value - naive[index].value)
        if values[index].low <= seen.value, seen.value <= values[index].high { tally.inside += 1 }
        tally.count += 1
      }
    }
    self.method = method
    meanAbsoluteError = tally.error / Double(tally.count)
    naiveMeanAbsoluteError = tally.naive / Double(tally.count)
    coveredShare = Double(tally.inside) / Double(tally.count)
    (origins, self.steps) = (tally.origins, steps)
  }
}
