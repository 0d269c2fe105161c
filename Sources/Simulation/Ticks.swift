internal import DrawKernels

/// Simulated time as whole ticks of 2⁻²⁰ h (3.4 ms), so that sums do not depend on their order.
///
/// What is shorter lasts a tick or none, by where it falls, which keeps its mean and nothing else of its law. An outage of no
/// tick is left out. An up time of none still parts two outages of one process.
enum Ticks {
  /// Ticks in an hour.
  static let perHour = 1_048_576.0

  /// The nearest tick to a number of hours that is not negative.
  @inline(__always)
  static func from(hours: Double) -> Int64 {
    draw_whole_part(min(hours * perHour + 0.5, latest))
  }

  /// The nearest tick to a time before 0, in hours; a tick before 0 at least.
  static func beforeTime0(hours: Double) -> Int64 { min(-1, -from(hours: -hours)) }

  /// Times further away than this, 200 million years, are not told apart.
  private static let latest = 2e18

  /// So many ticks longer than it lasts an outage may be counted: its beginning, its end and the steps in between are
  /// rounded one by one. What lasts exactly as long as a promise allows keeps it.
  ///
  /// - Parameter limit: what is promised; no more than a thousandth of it is forgiven, where that is more than 2 ticks.
  static func roundingOfOutage(within limit: Int64) -> Int64 { max(2, min(16, limit / 1000)) }

  /// So many ticks may a sum of outages be too long: their lengths are off by half a tick each, all one way where all
  /// are equal, and by chance for where they begin and end.
  ///
  /// Of many outages that is more than of one, so it grows with their number; but it is never so much that an outage more
  /// than a promise allows would not count.
  static func rounding(ofSum ticks: Int64, outages count: Int64) -> Int64 {
    guard count > 0 else { return 0 }
    let outages = Double(count)
    return Int64(min(outages / 2 + 1.5 * outages.squareRoot(), 0.4 * Double(ticks) / outages))
  }

  /// So many hours longer than it takes a recovery may be counted: a tick, half of it for either end.
  ///
  /// Less than of an outage that `roundingOfOutage` allows for, since the parts of a recovery are added up in hours, or it
  /// lies between two instants, and there is no step in between that is rounded.
  static let roundingOfRecoveryHours = hours(1)

  /// Hours of so many ticks.
  static func hours(_ ticks: Double) -> Double { ticks / perHour }
}
