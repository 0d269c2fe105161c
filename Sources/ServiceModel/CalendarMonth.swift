/// A month of the simulated year, which has 365 days and begins on 1 January.
public enum CalendarMonth: Int, Sendable, Hashable, CaseIterable, Comparable {
  case january, february, march, april, may, june, july, august, september, october, november, december

  /// The hours in a year of months.
  public static let yearHours = 8760.0

  /// How long it is, in hours.
  public var lengthHours: Double { Self.days[rawValue] * 24 }

  /// From when to when it lasts, in hours of the year.
  public var hours: ClosedRange<Double> {
    let start = Self.days.prefix(rawValue).reduce(0, +) * 24
    return start...(start + lengthHours)
  }

  private static let days: [Double] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Orders from January on.
  public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool { left.rawValue < right.rawValue }
}
