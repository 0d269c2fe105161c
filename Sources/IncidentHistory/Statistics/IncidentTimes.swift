public import Foundation
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
    let counts = Self.weeklyCounts(events, zone: zone)
    hours = (0..<24).map { hour in counts.reduce(0) { $0 + $1[hour] } }
    weekdays = counts.map { $0.reduce(0, +) }
    (hourPValue, weekdayPValue) = (Self.pValue(hours), Self.pValue(weekdays))
  }

  /// How many began in each hour of each day of the week: from Monday, from midnight.
  public static func weeklyCounts(_ events: [HistoryEvent], zone: TimeZone) -> [[Int]] {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
    for event in events {
      let offset = zone.secondsFromGMT(for: Date(milliseconds: event.start))
      let hour = floored(event.start / 1_000 + offset - (event.start % 1_000 < 0 ? 1 : 0), by: 3_600)
      // The first day of 1970 was a Thursday.
      counts[remainder(floored(hour, by: 24) + 3, 7)][remainder(hour, 24)] += 1
    }
    return counts
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
