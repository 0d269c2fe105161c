public import Stochastics

/// A straight line that a few wild measurements do not move: the median of the slopes between all pairs.
///
/// Sources: Theil 1950; Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), for the
/// interval of the slope.
public struct TheilSenTrend: Hashable, Sendable {
  /// The most measurements taken; beyond them the last ones are.
  public static let mostPoints = 2000

  /// The median of the slopes between pairs.
  public let slope: Double
  /// The interval of the slope.
  public let slopeRange: Estimate
  /// The median of value − slope × place.
  public let intercept: Double
  /// Residuals about the line, ascending.
  private let residuals: [Double]
  private let medianPlace: Double
  private let confidence: Double

  /// The line; `nil` for fewer than three places.
  public init?(_ points: [(place: Double, value: Double)], confidence: Double = 0.95) {
    let points = points.suffix(TheilSenTrend.mostPoints)
    var slopes: [Double] = []
    for (index, first) in points.enumerated() {
      for second in points.dropFirst(index + 1) where second.place != first.place {
        slopes.append((second.value - first.value) / (second.place - first.place))
      }
    }
    guard slopes.count >= 3, slopes.allSatisfy(\.isFinite) else { return nil }
    slopes.sort()
    let slope = median(slopes)
    self.slope = slope
    let offsets = points.map { $0.value - slope * $0.place }.sorted()
    let middle = median(offsets)
    intercept = middle
    residuals = offsets.map { $0 - middle }
    medianPlace = median(points.map(\.place).sorted())
    self.confidence = confidence
    let variance = TheilSenTrend.kendallVariance(points.map(\.value).sorted())
    let reach = normalQuantile((1 + confidence) / 2) * variance.squareRoot()
    let low = Int(((Double(slopes.count) - reach) / 2).rounded(.down)) - 1
    let high = Int(((Double(slopes.count) + reach) / 2).rounded(.up))
    slopeRange = Estimate(
      value: slope, low: slopes[max(0, low)], high: slopes[min(slopes.count - 1, high)],
      confidence: confidence)
  }

  /// The variance of Kendall's score, (n (n − 1) (2n + 5) − Σ t (t − 1) (2t + 5)) / 18 over groups of t equal values.
  private static func kendallVariance(_ sorted: [Double]) -> Double {
    func term(_ count: Double) -> Double { count * (count - 1) * (2 * count + 5) }
    var (sum, run) = (term(Double(sorted.count)), 1.0)
    for (before, after) in zip(sorted, sorted.dropFirst()) {
      if before == after {
        run += 1
      } else {
        sum -= term(run)
        run = 1
      }
    }
    return max(0, sum - term(run)) / 18
  }

  /// A single value at a place: the slope's interval about the median place, widened by the residuals' quantiles.
  ///
  /// The residuals are taken as the law of what comes; there is no closed form.
  public func value(at place: Double) -> Estimate {
    let away = place - medianPlace
    let level = intercept + slope * medianPlace
    let ends = [slopeRange.low * away, slopeRange.high * away].sorted()
    return Estimate(
      value: level + slope * away, low: level + ends[0] + residual((1 - confidence) / 2),
      high: level + ends[1] + residual((1 + confidence) / 2), confidence: confidence)
  }

  private func residual(_ share: Double) -> Double {
    let place = share * Double(residuals.count - 1)
    let below = min(residuals.count - 2, Int(place))
    return residuals[below] + (place - Double(below)) * (residuals[below + 1] - residuals[below])
  }

  /// Where the line reaches a level; earliest and latest by the interval of `value(at:)`.
  public func crossing(of level: Double) -> TrendCrossing {
    let middle = intercept + slope * medianPlace
    func place(_ slope: Double, _ residual: Double) -> Double? {
      slope > 0 ? medianPlace + max(0, level - middle - residual) / slope : nil
    }
    let earliest = place(slopeRange.high, residual((1 + confidence) / 2))
    guard slopeRange.low > 0, let at = place(slope, 0),
      let latest = place(slopeRange.low, residual((1 - confidence) / 2))
    else { return .never(earliest: earliest) }
    return .reached(at: at, earliest: min(at, earliest ?? at), latest: latest)
  }
}

/// The middle value of sorted ones, or the mean of the two in the middle.
func median(_ sorted: [Double]) -> Double {
  let half = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}
