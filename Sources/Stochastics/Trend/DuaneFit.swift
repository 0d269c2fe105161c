/// A straight line through the logarithms of points: y = exp(intercept) · x^slope, by least squares.
public struct PowerLawLine: Hashable, Sendable {
  /// The exponent.
  public let slope: Double

  /// The logarithm of y at x = 1.
  public let intercept: Double

  /// The share of the variance of log y that the line explains; 1 where log y does not vary.
  public let determination: Double

  /// The line through these points.
  ///
  /// - Returns: nil for fewer than two different x, or where a coordinate is not a number greater than 0.
  public init?(_ points: [(x: Double, y: Double)]) {
    guard points.allSatisfy({ $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite }) else { return nil }
    let logs = points.map { (x: portableLog($0.x), y: portableLog($0.y)) }
    let n = Double(logs.count)
    let (meanX, meanY) = (logs.reduce(0) { $0 + $1.x } / n, logs.reduce(0) { $0 + $1.y } / n)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for log in logs {
      xx += (log.x - meanX) * (log.x - meanX)
      xy += (log.x - meanX) * (log.y - meanY)
      yy += (log.y - meanY) * (log.y - meanY)
    }
    guard xx > 0 else { return nil }
    slope = xy / xx
    intercept = meanY - slope * meanX
    determination = yy > 0 ? xy * xy / (xx * yy) : 1
  }

  /// y at an x greater than 0.
  public func value(at x: Double) -> Double { portableExp(intercept + slope * portableLog(x)) }
}

/// Duane's plot as numbers: the cumulative mean time between events t / i of every event over its time t, on a straight
/// line in logarithms.
///
/// A look at the data rather than an estimate: the points depend on each other, so there is no interval. For one use
/// ``CrowAMSAA``.
///
/// Source: Duane, "Learning curve approach to reliability monitoring", IEEE Transactions on Aerospace 2 (1964).
public struct DuaneFit: Hashable, Sendable {
  /// The line.
  public let line: PowerLawLine

  /// The line through the events of a record; nil for fewer than two different times.
  public init?(_ record: EventRecord) {
    let points = record.times.enumerated().map { (x: $0.element, y: $0.element / Double($0.offset + 1)) }
    guard let line = PowerLawLine(points) else { return nil }
    self.line = line
  }

  /// The growth rate α: 0 for a constant rate of events, above for growing reliability; 1 − β of ``CrowAMSAA``.
  public var growth: Double { line.slope }

  /// The mean time between events until a time.
  public func cumulativeMTBF(at time: Double) -> Double { line.value(at: time) }

  /// The mean time between events at a time, cumulative / (1 − α); nil for a growth of 1 or more.
  public func instantaneousMTBF(at time: Double) -> Double? {
    growth < 1 ? line.value(at: time) / (1 - growth) : nil
  }
}
