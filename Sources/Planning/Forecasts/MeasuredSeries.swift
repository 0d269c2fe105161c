/// Measurements in the order of time.
public struct MeasuredSeries: Hashable, Sendable {
  /// One measurement.
  public struct Point: Hashable, Sendable {
    /// When, in days since some moment that all share.
    public let day: Double
    /// What was measured.
    public let value: Double

    /// A measurement.
    public init(day: Double, value: Double) { (self.day, self.value) = (day, value) }
  }

  /// The measurements, each later than the one before.
  public let points: [Point]

  /// The fewest measurements that a forecast is made from.
  public static let fewest = 5

  /// A series; throws everything that is wrong with it.
  public init(_ points: [Point]) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      points.count >= MeasuredSeries.fewest, "series-few",
      "\(points.count) measurements; a forecast needs \(MeasuredSeries.fewest) or more", help: nil)
    for (index, point) in points.enumerated() {
      check.require(
        point.day.isFinite && point.value.isFinite && abs(point.value) < 1e150, "series-value",
        "measurement \(index + 1) is no finite number of a usable size", help: nil)
    }
    for (index, pair) in zip(points, points.dropFirst()).enumerated() {
      check.require(
        pair.1.day > pair.0.day, "series-order",
        "measurement \(index + 2) is not later than the one before it", help: "sort the rows by time")
    }
    try check.finish()
    self.points = points
  }

  /// The values alone.
  public var values: [Double] { points.map(\.value) }

  /// The days between measurements, the median.
  public var stepDays: Double {
    median(zip(points, points.dropFirst()).map { $1.day - $0.day }.sorted())
  }

  /// Whether every step is as long as the others but for months and leap days: within a tenth.
  ///
  /// Smoothing and seasons count steps; trends go by the time itself.
  public var isRegular: Bool {
    let step = stepDays
    return zip(points, points.dropFirst()).allSatisfy { abs($1.day - $0.day - step) <= 0.1 * step }
  }

  /// The measurements with days for places, as trends take them.
  var places: [(place: Double, value: Double)] { points.map { ($0.day, $0.value) } }
}
