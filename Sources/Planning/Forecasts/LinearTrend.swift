public import Stochastics

/// A straight line through measurements by least squares, with Student's intervals.
///
/// Source: Draper and Smith, "Applied regression analysis", 3rd edition 1998, chapters 1 and 3.
public struct LinearTrend: Hashable, Sendable {
  /// The value at 0.
  public let intercept: Double
  /// The change a step.
  public let slope: Double
  /// The standard deviation of a measurement about the line.
  public let sigma: Double
  /// The share of the variance that the line explains; 1 where all values are on it.
  public let explainedShare: Double
  /// Measurements less 2.
  public let degreesOfFreedom: Int
  private let meanPlace: Double
  private let meanValue: Double
  private let spread: Double

  /// The line; `nil` for fewer than three measurements, or all at one place.
  public init?(_ points: [(place: Double, value: Double)]) {
    guard points.count >= 3 else { return nil }
    let count = Double(points.count)
    let meanPlace = points.reduce(0) { $0 + $1.place } / count
    let meanValue = points.reduce(0) { $0 + $1.value } / count
    var (spread, covariance, variance) = (0.0, 0.0, 0.0)
    for point in points {
      let (x, y) = (point.place - meanPlace, point.value - meanValue)
      spread += x * x
      covariance += x * y
      variance += y * y
    }
    guard spread > 0, variance.isFinite, spread.isFinite else { return nil }
    (self.meanPlace, self.meanValue, self.spread) = (meanPlace, meanValue, spread)
    slope = covariance / spread
    intercept = meanValue - slope * meanPlace
    degreesOfFreedom = points.count - 2
    var squares = 0.0
    for point in points {
      let residual = point.value - meanValue - covariance / spread * (point.place - meanPlace)
      squares += residual * residual
    }
    sigma = (squares / Double(degreesOfFreedom)).squareRoot()
    explainedShare = variance > 0 ? 1 - squares / variance : 1
  }

  /// The standard error of the slope, σ/√Σ(x − x̄)².
  public var slopeError: Double { sigma / spread.squareRoot() }

  /// The standard error of the value at 0.
  public var interceptError: Double { sigma * (1 / count + meanPlace * meanPlace / spread).squareRoot() }

  private var count: Double { Double(degreesOfFreedom + 2) }

  private func t(_ confidence: Double) -> Double {
    studentTQuantile((1 + confidence) / 2, degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// The slope with its interval.
  public func slopeEstimate(confidence: Double = 0.95) -> Estimate {
    let half = t(confidence) * slopeError
    return Estimate(value: slope, low: slope - half, high: slope + half, confidence: confidence)
  }

  /// The mean at a place, with its interval.
  public func mean(at place: Double, confidence: Double = 0.95) -> Estimate {
    estimate(at: place, extra: 0, confidence)
  }

  /// A single value at a place, with the interval that holds it.
  public func value(at place: Double, confidence: Double = 0.95) -> Estimate {
    estimate(at: place, extra: 1, confidence)
  }

  private func estimate(at place: Double, extra: Double, _ confidence: Double) -> Estimate {
    let away = place - meanPlace
    let half = t(confidence) * sigma * (extra + 1 / count + away * away / spread).squareRoot()
    let value = meanValue + slope * away
    return Estimate(value: value, low: value - half, high: value + half, confidence: confidence)
  }

  /// Where the line, or with `ofValues` a single value, reaches a level: Fieller's interval, the places whose interval
  /// holds the level.
  ///
  /// (b² − q²/S) u² + 2 b (ȳ − L) u + (ȳ − L)² − q² k = 0 with u = x − x̄, q = t σ, S = Σ(x − x̄)² and k = 1/n, or 1 + 1/n
  /// for a single value. Where b is not told from 0, no place is the last one.
  ///
  /// Source: Fieller 1954; Draper and Smith, section 3.2 (inverse regression).
  public func crossing(of level: Double, ofValues: Bool = true, confidence: Double = 0.95) -> TrendCrossing {
    guard slope > 0 else { return .never(earliest: earliest(level, ofValues, confidence)) }
    let at = meanPlace + (level - meanValue) / slope
    let (q, k) = (t(confidence) * sigma, (ofValues ? 1 : 0) + 1 / count)
    let a = slope * slope - q * q / spread
    guard a > 0 else { return .never(earliest: earliest(level, ofValues, confidence)) }
    let gap = level - meanValue
    let root = max(0, slope * slope * gap * gap - a * (gap * gap - q * q * k)).squareRoot()
    return .reached(
      at: at, earliest: meanPlace + (slope * gap - root) / a, latest: meanPlace + (slope * gap + root) / a)
  }

  /// Where the upper end of the interval reaches a level although the slope is not told from 0; `nil` where it never does.
  private func earliest(_ level: Double, _ ofValues: Bool, _ confidence: Double) -> Double? {
    let steepest = slopeEstimate(confidence: confidence).high
    guard steepest > 0 else { return nil }
    let gap = level - meanValue
    let (q, k) = (t(confidence) * sigma, (ofValues ? 1 : 0) + 1 / count)
    // The upper hyperbola b u + q √(k + u²/S) = gap: the larger side is crossed on the way up.
    func upper(_ away: Double) -> Double { slope * away + q * (k + away * away / spread).squareRoot() }
    var (low, high) = (0.0, spread.squareRoot())
    guard upper(low) < gap else { return meanPlace }
    while upper(high) < gap, high < 1e12 * spread.squareRoot() { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if upper(middle) < gap { low = middle } else { high = middle }
    }
    return meanPlace + high
  }
}

/// Where a trend reaches a level.
public enum TrendCrossing: Hashable, Sendable {
  /// At this place, between these.
  case reached(at: Double, earliest: Double, latest: Double)
  /// It does not rise, or its rise is not told from none; `earliest` is where it would be reached if it rose as fast as
  /// the interval allows.
  case never(earliest: Double?)
}
