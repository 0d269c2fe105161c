import Foundation
import Stochastics

/// At what hours and on what days incidents begin.
public struct IncidentTimes: Sendable, Hashable {
  /// How many began in each hour of the day, from midnight.
  public let hours: [Int]
  /// How many began on each day of the week, from Monday.
  public let weekdays: [Int]
  /// The probability of hours at least as uneven if all are alike; `nil` for fewer than 5 an hour, too few to tell.
  public let hourPValue: Double?
  /// The same for the days of the week.
  public let weekdayPValue: Double?

  init(_ events: [HistoryEvent], zone: TimeZone) {
    var (hours, weekdays) = ([Int](repeating: 0, count: 24), [Int](repeating: 0, count: 7))
    for event in events {
      let offset = zone.secondsFromGMT(for: Date(milliseconds: event.start))
      let hour = Self.floored(event.start / 1_000 + offset - (event.start % 1_000 < 0 ? 1 : 0), by: 3_600)
      hours[Self.remainder(hour, 24)] += 1
      // The first day of 1970 was a Thursday.
      weekdays[Self.remainder(Self.floored(hour, by: 24) + 3, 7)] += 1
    }
    (self.hours, self.weekdays) = (hours, weekdays)
    (hourPValue, weekdayPValue) = (Self.pValue(hours), Self.pValue(weekdays))
  }

  private static func floored(_ value: Int, by unit: Int) -> Int {
    (value - remainder(value, unit)) / unit
  }

  private static func remainder(_ value: Int, _ unit: Int) -> Int { ((value % unit) + unit) % unit }

  /// Pearson's test of equal cells: Σ (n − e)² / e is chi-square with one degree of freedom less than there are cells.
  private static func pValue(_ counts: [Int]) -> Double? {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    guard expected >= 5 else { return nil }
    let statistic = counts.reduce(0.0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    return regularizedGammaQ(shape: Double(counts.count - 1) / 2, x: statistic / 2)
  }
}
