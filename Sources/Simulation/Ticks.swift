internal import DrawKernels

/// Simulated time as whole ticks of 2⁻²⁰ h (3.4 ms), so that sums do not depend on their order.
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

  /// Hours of so many ticks.
  static func hours(_ ticks: Double) -> Double { ticks / perHour }
}
