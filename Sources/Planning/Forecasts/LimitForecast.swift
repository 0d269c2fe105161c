internal import Stochastics

/// When a series reaches a limit.
public enum LimitCrossing: Hashable, Sendable {
  /// The last measurement is there already.
  case reachedAlready
  /// On a day, with the first and the last day that the intervals allow; `latest` is `nil` where they allow never.
  case reached(day: Double, earliest: Double, latest: Double?)
  /// It does not rise, or its rise is not told from none; `earliest`: where it would be reached at the fastest rise that
  /// the interval allows.
  case never(earliest: Double?)
  /// Not within the steps that were looked ahead.
  case notWithin(day: Double, earliest: Double?)
}

/// The forecasts of a series, how well each method would have done, and when a limit is reached.
public struct LimitForecast: Hashable, Sendable {
  /// The series.
  public let series: MeasuredSeries
  /// The limit; `nil`: none is asked about.
  public let limit: Double?
  /// Measurements in a season; 1: none.
  public let season: Int
  /// The forecasts, in the order of `ForecastMethod`.
  public let forecasts: [FittedForecast]
  /// The methods in the order of how well they would have done.
  public let backtests: [Backtest]
  /// Methods that the series does not allow, with the reason.
  public let leftOut: [LeftOut]

  /// A method that the series does not allow.
  public struct LeftOut: Hashable, Sendable {
    /// The method.
    public let method: ForecastMethod
    /// Why.
    public let reason: String
  }

  /// How many steps ahead smoothing is followed: ten times as far as was measured.
  public var furthestSteps: Int { min(5000, 10 * series.points.count) }

  /// All methods that the series allows; throws what is wrong with the question.
  public init(
    _ series: MeasuredSeries, limit: Double?, season: Int = 1, isDamped: Bool = false,
    weights: HoltWinters.Weights? = nil
  ) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      (1...1000).contains(season), "forecast-season", "a season of \(season) steps; expected 1 to 1000",
      help: "--season 7")
    check.require(limit?.isFinite ?? true, "forecast-limit", "the limit is no number", help: "--limit 500")
    if let weights {
      check.require(
        [weights.level, weights.trend, weights.season].allSatisfy { (0...1).contains($0) },
        "forecast-weights", "a weight is not between 0 and 1", help: "--weights 0.3 0.05 0.6")
    }
    try check.finish()
    (self.series, self.limit, self.season) = (series, limit, season)
    var (forecasts, leftOut): ([FittedForecast], [LeftOut]) = ([], [])
    // A level alone is smoothed for whoever states its weight; there is little to learn from the series.
    let isLevelAsked = weights != nil && season == 1
    for method in ForecastMethod.allCases where method != .smoothing || isLevelAsked {
      if let reason = LimitForecast.obstacle(method, series, season: season) {
        leftOut.append(LeftOut(method: method, reason: reason))
      } else if let fitted = FittedForecast(
        method, series.points, season: season, isDamped: isDamped, stepDays: series.stepDays,
        weights: weights)
      {
        forecasts.append(fitted)
      } else {
        leftOut.append(LeftOut(method: method, reason: "it has no fit"))
      }
    }
    (self.forecasts, self.leftOut) = (forecasts, leftOut)
    let tests = forecasts.compactMap {
      Backtest($0.method, series, season: season, isDamped: isDamped, weights: weights)
    }
    backtests = tests.enumerated().sorted {
      ($0.element.meanAbsoluteError, $0.offset) < ($1.element.meanAbsoluteError, $1.offset)
    }.map(\.element)
  }

  private static func obstacle(_ method: ForecastMethod, _ series: MeasuredSeries, season: Int) -> String? {
    switch method {
    case .linear, .theilSen: return nil
    case .smoothing: return series.isRegular ? nil : "the measurements are not equally far apart"
    case .seasonalNaive:
      return series.isRegular || season == 1 ? nil : "the measurements are not equally far apart"
    case .additive, .multiplicative:
      if season < 2 { return "no season is stated" }
      if !series.isRegular { return "the measurements are not equally far apart" }
      if series.points.count <= 2 * season { return "it takes more than two seasons" }
      let isPositive = series.values.allSatisfy { $0 > 0 }
      return method == .multiplicative && !isPositive ? "a measurement is not above 0" : nil
    }
  }

  /// The forecast that would have done best and can reach a limit at all; the line where nothing could be tried.
  public var best: FittedForecast? {
    let order = backtests.map(\.method).filter { $0 != .seasonalNaive } + [.linear]
    return order.lazy.compactMap { method in forecasts.first { $0.method == method } }.first
  }

  /// When a forecast reaches the limit; `nil` where no limit is asked about.
  public func crossing(_ forecast: FittedForecast) -> LimitCrossing? {
    guard let limit, let last = series.points.last else { return nil }
    if last.value >= limit { return .reachedAlready }
    if let line = forecast.line { return LimitForecast.crossing(line.crossing(of: limit), after: last.day) }
    if let line = forecast.theilSen {
      return LimitForecast.crossing(line.crossing(of: limit), after: last.day)
    }
    return forecast.smoothing.map { stepCrossing($0, forecast, limit) }
      ?? .never(earliest: firstDay(forecast, limit, \.high))
  }

  /// A trend is not late for what has not happened: nothing is before the last measurement.
  private static func crossing(_ crossing: TrendCrossing, after day: Double) -> LimitCrossing {
    switch crossing {
    case .never(let earliest): .never(earliest: earliest.map { max(day, $0) })
    case .reached(let at, let earliest, let latest):
      .reached(day: max(day, at), earliest: max(day, earliest), latest: max(day, latest))
    }
  }

  private func firstDay(
    _ forecast: FittedForecast, _ limit: Double, _ end: KeyPath<Estimate, Double>
  ) -> Double? {
    forecast.values(steps: furthestSteps).firstIndex { $0[keyPath: end] >= limit }
      .map { forecast.day($0 + 1) }
  }

  /// Smoothing, step by step; a level that does not rise never gets there but by its season.
  private func stepCrossing(_ model: HoltWinters, _ forecast: FittedForecast, _ limit: Double)
    -> LimitCrossing
  {
    let earliest = firstDay(forecast, limit, \.high)
    guard let day = firstDay(forecast, limit, \.value) else {
      let rises = model.trend > 0 && model.weights.damping == 1
      return rises
        ? .notWithin(day: forecast.day(furthestSteps), earliest: earliest) : .never(earliest: earliest)
    }
    return .reached(day: day, earliest: earliest ?? day, latest: firstDay(forecast, limit, \.low))
  }
}
