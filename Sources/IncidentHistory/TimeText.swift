package import Foundation

/// A point in time as somebody wrote it: ISO 8601 with a zone, or without one when the caller knows the zone.
package enum TimeText {
  /// Parses `2024-10-03T09:12:30.5+02:00`; seconds, the time of day and (given `zone`) the offset may be left
  /// out.
  package static func date(_ text: String, zone: TimeZone?) throws(TextFault) -> Date {
    let trimmed = text.trimmed
    guard let parts = WallTime(trimmed) else { throw malformed(text) }
    if let offset = parts.offsetSeconds { return parts.date(offset: offset) }
    guard let zone else { throw zoneMissing(text, parts: parts, trimmed: trimmed) }
    return try localDate(parts, in: zone, text: text)
  }

  /// The one instant at which clocks in `zone` showed this time.
  private static func localDate(_ parts: WallTime, in zone: TimeZone, text: String) throws(TextFault) -> Date
  {
    let near = parts.date(offset: 0)
    let offsets = Set([-86_400.0, 86_400.0].map { zone.secondsFromGMT(for: near + $0) })
    let candidates = offsets.filter { zone.secondsFromGMT(for: parts.date(offset: $0)) == $0 }
    guard let only = candidates.first, candidates.count == 1 else {
      let how = candidates.isEmpty ? "never happened" : "happened twice"
      throw TextFault(
        "time-ambiguous", "\(quoted(text)) \(how) in \(zone.identifier), where clocks changed",
        help: "write the offset, as in `+02:00`")
    }
    return parts.date(offset: only)
  }

  private static func malformed(_ text: String) -> TextFault {
    TextFault(
      "bad-time", "\(quoted(text)) is not a time", help: "write it as ISO 8601, such as 2024-10-03T09:12:00Z")
  }

  private static func zoneMissing(_ text: String, parts: WallTime, trimmed: String) -> TextFault {
    let clock = parts.hasTimeOfDay ? trimmed : trimmed + "T00:00"
    return TextFault(
      "time-zone-missing", "\(quoted(text)) has no time zone",
      help: "write `\(clock)Z` or `\(clock)+02:00`, or pass --time-zone Europe/Berlin")
  }
}

/// What a clock and a calendar on a wall show, and the offset from UTC when it is written beside it.
private struct WallTime {
  package let hasTimeOfDay: Bool
  package let offsetSeconds: Int?
  private let secondsAsIfUTC: Double

  /// Parses; `nil` when the text is no ISO 8601 time or names a day or time that does not exist.
  package init?(_ text: String) {
    var scanner = DigitScanner(text.utf8)
    guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
      let day = scanner.number(2), let days = daysSince1970(year: year, month: month, day: day)
    else { return nil }
    hasTimeOfDay = scanner.skip("T") || scanner.skip("t") || scanner.skip(" ")
    guard let time = hasTimeOfDay ? scanner.timeOfDay() : 0 else { return nil }
    secondsAsIfUTC = Double(days) * 86_400 + time
    guard let offset = scanner.offset(allowed: hasTimeOfDay), scanner.isAtEnd else { return nil }
    offsetSeconds = offset
  }

  package func date(offset: Int) -> Date { Date(timeIntervalSince1970: secondsAsIfUTC - Double(offset)) }
}

/// Takes fixed-width numbers and signs off the front of a text.
private struct DigitScanner {
  private var rest: Substring.UTF8View

  package init(_ text: String.UTF8View) { rest = text[...] }

  package var isAtEnd: Bool { rest.isEmpty }

  /// A number of exactly `width` digits.
  package mutating func number(_ width: Int) -> Int? {
    var value = 0
    for _ in 0..<width {
      guard let byte = rest.first, (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte) - 48
      rest = rest.dropFirst()
    }
    return value
  }

  package mutating func skip(_ character: Character) -> Bool {
    guard rest.first == character.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff` in seconds.
  package mutating func timeOfDay() -> Double? {
    guard let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60 else { return nil }
    var seconds = Double(hour * 3_600 + minute * 60)
    guard skip(":") else { return seconds }
    guard let second = number(2), second < 60 else { return nil }
    seconds += Double(second)
    guard skip(".") || skip(",") else { return seconds }
    guard let first = number(1) else { return nil }
    var (fraction, scale) = (Double(first) / 10, 0.01)
    while let digit = number(1) {
      fraction += Double(digit) * scale
      scale /= 10
    }
    return seconds + fraction
  }

  /// The offset in seconds; `.some(nil)` when none is written, `nil` when it is malformed or not allowed.
  package mutating func offset(allowed: Bool) -> Int?? {
    if isAtEnd { return .some(nil) }
    if allowed, skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard allowed, sign != 0, let hours = number(2), hours < 24 else { return nil }
    if isAtEnd { return sign * hours * 3_600 }
    _ = skip(":")
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}

/// Days from 1 January 1970 in the Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", `days_from_civil`); `nil` when there is no such day or it lies before 1900.
private func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
  guard year >= 1900, (1...12).contains(month), day >= 1 else { return nil }
  let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  guard day <= lengths[month - 1] else { return nil }
  let shifted = month <= 2 ? year - 1 : year
  let (era, yearOfEra) = (shifted / 400, shifted % 400)
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}
