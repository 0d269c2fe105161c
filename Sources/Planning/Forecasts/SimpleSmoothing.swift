/// Exponential smoothing of a level alone: l = α y + (1 − α) l, begun with the first measurement.
///
/// Worked: NIST's series 71, 70, 69, 68, 64, 65, 72, 78, 75, 75, 75, 70 with α = 0.1 has squared errors of 208.818.
///
/// Source: Brown 1956; NIST/SEMATECH e-Handbook of statistical methods, section 6.4.3.1; started as R's `HoltWinters`.
public struct SimpleSmoothing: Hashable, Sendable {
  /// α, the weight of what is new.
  public let weight: Double
  /// The level after the last measurement, which is the forecast of every step.
  public let level: Double
  /// The sum of the squares of the errors one step ahead.
  public let squaredErrors: Double
  private let errorCount: Double

  /// Smooths measurements; `nil` for fewer than three, or a weight outside 0 to 1.
  public init?(_ values: [Double], weight: Double) {
    guard let first = values.first, values.count >= 3, (0...1).contains(weight) else { return nil }
    var (level, squares) = (first, 0.0)
    for value in values.dropFirst() {
      let error = value - level
      squares += error * error
      level += weight * error
    }
    guard level.isFinite, squares.isFinite else { return nil }
    (self.weight, self.level, squaredErrors) = (weight, level, squares)
    errorCount = Double(values.count - 1)
  }

  /// The variance of the forecast so many steps ahead, σ² (1 + (h − 1) α²).
  ///
  /// Source: Hyndman and Athanasopoulos, "Forecasting: principles and practice", 3rd edition 2021, table 8.8.
  public func variance(steps: Int) -> Double {
    squaredErrors / errorCount * (1 + Double(steps - 1) * weight * weight)
  }
}
