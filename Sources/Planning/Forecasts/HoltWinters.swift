/// Exponential smoothing of level, trend and season, additive or multiplicative, the trend damped or not.
///
/// l = α (y − s) + (1 − α)(l + φ b), b = β (l − l′) + (1 − β) φ b, s = γ (y − l) + (1 − γ) s, or with y / s and y / l. Begins
/// after the first season with the classical decomposition of the first two.
///
/// Sources: Winters 1960; Gardner and McKenzie 1985 for the damping; start and updates as R's `HoltWinters`.
public struct HoltWinters: Hashable, Sendable {
  /// How season and level come together.
  public enum Season: Hashable, Sendable {
    /// The season is added to the level.
    case additive
    /// The season multiplies it; every measurement must be greater than 0.
    case multiplicative
  }

  /// Weights of what is new, each 0 to 1.
  public struct Weights: Hashable, Sendable {
    /// α, of the level.
    public let level: Double
    /// β, of the trend.
    public let trend: Double
    /// γ, of the season.
    public let season: Double
    /// φ: what is left of the trend after a step; 1: all of it.
    public let damping: Double

    /// Weights.
    public init(level: Double, trend: Double, season: Double, damping: Double = 1) {
      (self.level, self.trend, self.season, self.damping) = (level, trend, season, damping)
    }

    var isSound: Bool { [level, trend, season, damping].allSatisfy { (0...1).contains($0) } }
  }

  /// How it was smoothed.
  public let season: Season
  /// Measurements in a season.
  public let period: Int
  /// The weights.
  public let weights: Weights
  /// The level after the last measurement.
  public private(set) var level: Double
  /// The trend then, a step.
  public private(set) var trend: Double
  /// The season of the next `period` steps.
  public private(set) var seasons: [Double]
  /// The sum of the squares of the errors one step ahead.
  public private(set) var squaredErrors = 0.0
  /// The sum of the errors one step ahead.
  private var errors = 0.0
  private var errorCount = 0.0

  /// Smooths measurements; `nil` for fewer than two seasons and one, weights outside 0 to 1, or, where seasons multiply,
  /// measurements that are not greater than 0.
  public init?(_ values: [Double], season: Season, period: Int, weights: Weights) {
    guard let start = SeasonalStart(values, season: season, period: period) else { return nil }
    self.init(values, start, season: season, period: period, weights: weights)
  }

  /// The same from a start that is known.
  init?(_ values: [Double], _ start: SeasonalStart, season: Season, period: Int, weights: Weights) {
    guard weights.isSound, values.count > 2 * period else { return nil }
    (self.season, self.period, self.weights) = (season, period, weights)
    (level, trend, seasons) = (start.level, start.trend, start.seasons)
    for (index, value) in values.enumerated().dropFirst(period) {
      take(value, place: index % period)
    }
    let next = values.count % period
    seasons = Array(seasons[next...] + seasons[..<next])
    guard level.isFinite, trend.isFinite, squaredErrors.isFinite, seasons.allSatisfy(\.isFinite) else {
      return nil
    }
  }

  private mutating func take(_ value: Double, place: Int) {
    let old = seasons[place]
    let expected = level + weights.damping * trend
    let error = value - (season == .additive ? expected + old : expected * old)
    squaredErrors += error * error
    errors += error
    errorCount += 1
    let deseasoned = season == .additive ? value - old : value / old
    let next = weights.level * deseasoned + (1 - weights.level) * expected
    trend = weights.trend * (next - level) + (1 - weights.trend) * weights.damping * trend
    let seen = season == .additive ? value - next : value / next
    seasons[place] = weights.season * seen + (1 - weights.season) * old
    level = next
  }

  /// The variance of the errors one step ahead, as R takes it: about their mean, over their number less 1.
  public var errorVariance: Double {
    max(0, squaredErrors - errors * errors / errorCount) / (errorCount - 1)
  }

  /// The forecast so many steps ahead.
  ///
  /// - Parameter steps: at least 1.
  public func forecast(steps: Int) -> Double {
    let base = level + dampedSteps(steps) * trend
    let own = seasons[(steps - 1) % period]
    return season == .additive ? base + own : base * own
  }

  /// φ + φ² + … + φʰ.
  private func dampedSteps(_ steps: Int) -> Double {
    let damping = weights.damping
    guard damping < 1 else { return Double(steps) }
    var (sum, power) = (0.0, 1.0)
    for _ in 0..<steps where power > 1e-18 {
      power *= damping
      sum += power
    }
    return sum
  }

  /// The variances of the forecasts 1 … `steps` ahead.
  ///
  /// σ² (1 + Σ ψⱼ²), j = 1 … h − 1, ψⱼ = α (1 + β (φ + … + φʲ)) + γ (1 − α) for whole seasons; where seasons multiply, ψⱼ
  /// times the season of step h over that of step h − j. The weights are taken as known.
  ///
  /// Source: Yar and Chatfield, International Journal of Forecasting 6 (1990); Chatfield and Yar 7 (1991).
  public func variances(steps: Int) -> [Double] {
    let psi = impulses(steps)
    if season == .additive {
      var sum = 1.0
      return (0..<steps).map { step in
        if step > 0 { sum += psi[step] * psi[step] }
        return errorVariance * sum
      }
    }
    return (0..<steps).map { step in
      let own = seasons[step % period]
      let sum = (0..<step).reduce(1.0) { sum, earlier in
        let impulse = psi[step - earlier] * own / seasons[earlier % period]
        return sum + impulse * impulse
      }
      return errorVariance * sum
    }
  }

  /// What an error does j steps later, j = 0 … steps − 1.
  private func impulses(_ steps: Int) -> [Double] {
    var (sum, power) = (0.0, 1.0)
    return (0..<steps).map { step in
      if step > 0 {
        power *= weights.damping
        sum += power
      }
      let ofSeason = step % period == 0 ? weights.season * (1 - weights.level) : 0
      return weights.level * (1 + weights.trend * sum) + ofSeason
    }
  }
}
