package import Foundation

/// An instant read from local time, and what clocks did around it.
package struct TimeReading: Sendable, Equatable {
  /// The instant; the earlier when there are two.
  package let date: Date
  /// The later instant at which clocks showed the same.
  package var later: Date?
  /// Whether clocks were changed just then.
  package var change: ImportRemark?
}

/// What a clock and a calendar on a wall show, and the offset from UTC when it is written beside it.
struct WallTime {
  let hasTimeOfDay: Bool
  let offsetSeconds: Int?
  /// Whether it was written as ISO 8601.
  let isISO: Bool
  private let secondsAsIfUTC: Double

  /// Parses; `nil` when the text is no ISO 8601 time or names a day or time that does not exist.
  init?(_ text: String) {
    var scanner = DigitScanner(text.utf8)
    guard let year = scanner.number(4), scanner.skip(byte: UInt8(ascii: "-")), let month = scanner.number(2),
      scanner.skip(byte: UInt8(ascii: "-")),
      let day = scanner.number(2), let days = daysSince1970(year: year, month: month, day: day)
    else { return nil }
    hasTimeOfDay =
      scanner.skip(byte: UInt8(ascii: "T")) || scanner.skip(byte: UInt8(ascii: "t"))
      || scanner.skip(byte: UInt8(ascii: " "))
    guard let time = hasTimeOfDay ? scanner.timeOfDay() : 0 else { return nil }
    secondsAsIfUTC = Double(days) * 86_400 + time
    guard let offset = scanner.offset(allowed: hasTimeOfDay), scanner.isAtEnd else { return nil }
    offsetSeconds = offset
    isISO = true
  }

  /// A day and the seconds since its midnight; `nil` when there is no such day.
  init?(year: Int, month: Int, day: Int, seconds: Double, hasTimeOfDay: Bool, offsetSeconds: Int?) {
    guard let days = daysSince1970(year: year, month: month, day: day) else { return nil }
    secondsAsIfUTC = Double(days) * 86_400 + seconds
    (self.hasTimeOfDay, self.offsetSeconds, isISO) = (hasTimeOfDay, offsetSeconds, false)
  }

  /// The instant at which clocks in `zone` showed this, and what they did then.
  func reading(in zone: TimeZone) -> TimeReading {
    let near = date(offset: 0)
    let before = zone.secondsFromGMT(for: near - 86_400)
    let after = zone.secondsFromGMT(for: near + 86_400)
    if before == after { return TimeReading(date: date(offset: before)) }
    let candidates = [before, after].map { date(offset: $0) }
    let real = zip(candidates, [before, after]).filter { zone.secondsFromGMT(for: $0) == $1 }.map(\.0)
    guard let first = real.min(), let last = real.max() else {
      return TimeReading(date: candidates[0], change: .clockForward)
    }
    return first < last ? TimeReading(date: first, later: last, change: .clockBack) : TimeReading(date: first)
  }

  func date(offset: Int) -> Date { Date(timeIntervalSince1970: secondsAsIfUTC - Double(offset)) }
}

/// Days from 1 January 1970 in the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `days_from_civil`); `nil` when there is no such day or it lies before 1900.
func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
  guard year >= 1900, (1...12).contains(month), day >= 1 else { return nil }
  let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  guard day <= lengths[month - 1] else { return nil }
  let shifted = month <= 2 ? year - 1 : year
  let (era, yearOfEra) = (shifted / 400, shifted % 400)
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}
