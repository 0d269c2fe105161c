public import Foundation

/// A calendar month of a history.
public struct ObservedMonth: Sendable, Hashable {
  /// For example `2024-11`.
  public let name: String
  /// How long of it was watched, in hours.
  public let watchedHours: Double
  /// How long the month is, in hours.
  public let hours: Double
  /// How many incidents began in it.
  public let count: Int
  /// The downtime in what was watched, in hours.
  public let downtimeHours: Double

  /// The availability seen; `nil` when nothing was watched.
  public var availability: Double? { watchedHours > 0 ? max(0, 1 - downtimeHours / watchedHours) : nil }

  /// The months that a selection was watched in, the oldest first; at most 1,200.
  static func all(_ selection: HistorySelection, _ profile: ImpactProfile, zone: TimeZone) -> [ObservedMonth]
  {
    guard let watched = selection.watched, let first = watched.ranges.first, let last = watched.ranges.last
    else { return [] }
    var months: [ObservedMonth] = []
    var month = HistoryMonth(containing: Date(milliseconds: first.lowerBound), zone: zone)
    while month.range.lowerBound < last.upperBound, months.count < 1_200 {
      let part = watched.clamped(to: month.range)
      if !part.isEmpty {
        months.append(
          ObservedMonth(
            name: month.name, watchedHours: part.hours, hours: Double(month.range.count) / 3_600_000,
            count: selection.events.count { month.range.contains($0.start) },
            downtimeHours: profile.hours(in: part)))
      }
      month = month.next
    }
    return months
  }
}

/// A calendar month in a zone.
public struct HistoryMonth: Sendable, Hashable {
  /// For example `2024-11`.
  public let name: String
  /// From its first instant to the next month's, in milliseconds since 1970 UTC.
  public let range: Range<Int>
  private let zone: TimeZone

  /// The month that an instant lies in.
  public init(containing date: Date, zone: TimeZone) {
    let calendar = Self.calendar(zone)
    let parts = calendar.dateComponents([.year, .month], from: date)
    let start = calendar.date(from: parts) ?? date
    let end = calendar.date(byAdding: .month, value: 1, to: start) ?? date
    let (year, month) = (parts.year ?? 1970, parts.month ?? 1)
    name = "\(Self.padded(year, 4))-\(Self.padded(month, 2))"
    range = start.milliseconds..<max(start.milliseconds + 1, end.milliseconds)
    self.zone = zone
  }

  /// The month written as `2024-11`; `nil` when the text is none.
  public init?(parsing text: String, zone: TimeZone) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2,
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let year = Int(parts[0]), let month = Int(parts[1]), (1...12).contains(month), year >= 1,
      let start = Self.calendar(zone).date(from: DateComponents(year: year, month: month))
    else { return nil }
    self.init(containing: start, zone: zone)
  }

  /// The month after it.
  public var next: HistoryMonth {
    HistoryMonth(containing: Date(milliseconds: range.upperBound), zone: zone)
  }

  private static func calendar(_ zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    String(repeating: "0", count: max(0, digits - "\(number)".count)) + "\(number)"
  }
}
