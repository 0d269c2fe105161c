public import Stochastics

/// A way to foretell a series.
public enum ForecastMethod: String, Hashable, Sendable, CaseIterable {
  /// The line of least squares.
  case linear
  /// The line of Theil and Sen.
  case theilSen = "theil-sen"
  /// Holt–Winters with a season that is added.
  case additive = "holt-winters-additive"
  /// Holt–Winters with a season that multiplies.
  case multiplicative = "holt-winters-multiplicative"
  /// Exponential smoothing of a level alone, with a stated weight.
  case smoothing = "exponential-smoothing"
  /// The value of one season before; of the step before where there is no season. What every other has to beat.
  case seasonalNaive = "seasonal-naive"
}

/// A method with what it learned from a series.
public struct FittedForecast: Hashable, Sendable {
  /// What was learned.
  private enum Model: Hashable, Sendable {
    case linear(LinearTrend)
    case theilSen(TheilSenTrend)
    case smoothing(HoltWinters)
    case level(SimpleSmoothing)
    case naive([Double], stepVariance: Double)
  }

  /// The method.
  public let method: ForecastMethod
  private let model: Model
  private let lastDay: Double
  /// How far apart measurements are, in days.
  public let stepDays: Double

  /// What a method learns; `nil` where the series does not allow it.
  ///
  /// - Parameters:
  ///   - season: measurements in a season; 1 where there is none.
  ///   - isDamped: whether Holt–Winters damps the trend.
  ///   - weights: of what is new, when they are stated; `nil`: those with the smallest squared errors.
  public init?(
    _ method: ForecastMethod, _ points: [MeasuredSeries.Point], season: Int, isDamped: Bool, stepDays: Double,
    weights: HoltWinters.Weights? = nil
  ) {
    guard let last = points.last else { return nil }
    self.method = method
    (lastDay, self.stepDays) = (last.day, stepDays)
    let places = points.map { (place: $0.day, value: $0.value) }
    let values = points.map(\.value)
    let model: Model? =
      switch method {
      case .linear: LinearTrend(places).map { .linear($0) }
      case .theilSen: TheilSenTrend(places).map { .theilSen($0) }
      case .additive: FittedForecast.seasonal(values, .additive, season, isDamped, weights)
      case .multiplicative: FittedForecast.seasonal(values, .multiplicative, season, isDamped, weights)
      case .smoothing:
        weights.flatMap { SimpleSmoothing(values, weight: $0.level) }.map { .level($0) }
      case .seasonalNaive: FittedForecast.naive(values, season: season)
      }
    guard let model else { return nil }
    self.model = model
  }

  private static func seasonal(
    _ values: [Double], _ season: HoltWinters.Season, _ period: Int, _ isDamped: Bool,
    _ weights: HoltWinters.Weights?
  ) -> Model? {
    let model =
      weights.map { HoltWinters(values, season: season, period: period, weights: $0) }
      ?? HoltWinters.fitted(values, season: season, period: period, isDamped: isDamped)
    return model.map { .smoothing($0) }
  }

  private static func naive(_ values: [Double], season: Int) -> Model? {
    guard season >= 1, values.count >= 2 * season, values.count > season + 1 else { return nil }
    let errors = zip(values.dropFirst(season), values).map { $0 - $1 }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    return .naive(Array(values.suffix(season)), stepVariance: squares / Double(errors.count))
  }

  /// The smoothing behind it, where it is one.
  public var smoothing: HoltWinters? {
    if case .smoothing(let model) = model { model } else { nil }
  }

  /// The sum of the squared errors one step ahead, where it is one that smooths.
  public var squaredErrors: Double? {
    switch model {
    case .smoothing(let model): model.squaredErrors
    case .level(let model): model.squaredErrors
    case .linear, .theilSen, .naive: nil
    }
  }

  /// The straight line behind it, where it is one of least squares.
  public var line: LinearTrend? {
    if case .linear(let model) = model { model } else { nil }
  }

  /// The line of Theil and Sen behind it, where it is one.
  public var theilSen: TheilSenTrend? {
    if case .theilSen(let model) = model { model } else { nil }
  }

  /// The values of the steps after the last measurement, each with the interval that holds it with 95 %.
  public func values(steps: Int) -> [Estimate] {
    switch model {
    case .linear(let trend): return (1...max(1, steps)).map { trend.value(at: day($0)) }
    case .theilSen(let trend): return (1...max(1, steps)).map { trend.value(at: day($0)) }
    case .smoothing(let model):
      return zip(1...max(1, steps), model.variances(steps: max(1, steps))).map {
        FittedForecast.estimate(model.forecast(steps: $0), variance: $1)
      }
    case .level(let model):
      return (1...max(1, steps)).map {
        FittedForecast.estimate(model.level, variance: model.variance(steps: $0))
      }
    case .naive(let last, let variance):
      return (1...max(1, steps)).map { step in
        FittedForecast.estimate(
          last[(step - 1) % last.count], variance: variance * Double((step - 1) / last.count + 1))
      }
    }
  }

  /// The day of a step after the last measurement.
  public func day(_ step: Int) -> Double { lastDay + Double(step) * stepDays }

  private static func estimate(_ value: Double, variance: Double) -> Estimate {
    let half = normalQuantile(0.975) * variance.squareRoot()
    return Estimate(value: value, low: value - half, high: value + half, confidence: 0.95)
  }
}
