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

  /// Times further away than this, 200 million years, are not told apart.
  private static let latest = 2e18

  /// An outage is counted by at most so many ticks longer than it lasts: its beginning, its end and the steps in between are
  /// rounded one by one. What lasts exactly as long as a promise allows keeps it.
  static let roundingOfOutage: Int64 = 2

  /// Hours of so many ticks.
  static func hours(_ ticks: Double) -> Double { ticks / perHour }
}
