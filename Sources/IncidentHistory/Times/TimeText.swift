package import Foundation
internal import StructuredText

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
    let reading = parts.reading(in: zone)
    guard reading.change != nil else { return reading.date }
    let how = reading.change == .clockForward ? "never happened" : "happened twice"
    throw TextFault(
      "time-ambiguous", "\(quoted(text)) \(how) in \(zone.identifier), where clocks changed",
      help: "write the offset, as in `+02:00`")
  }

  /// Parses a time of an export by the first pattern that fits; without any, as ISO 8601.
  ///
  /// Where clocks were changed it does not refuse but says so: of two instants it takes the earlier and keeps the
  /// later beside it; a time that was jumped over is moved forward by the jump, as `java.time` does.
  package static func reading(_ text: String, patterns: [TimePattern], zone: TimeZone?) throws(TextFault)
    -> TimeReading
  {
    let trimmed = text.trimmed
    guard let parts = patterns.lazy.compactMap({ $0.wallTime(trimmed) }).first ?? WallTime(trimmed) else {
      guard let pattern = patterns.first else { throw malformed(text) }
      throw TextFault("bad-time", "\(quoted(text)) is not a time of the form `\(pattern.text)`")
    }
    if let offset = parts.offsetSeconds { return TimeReading(date: parts.date(offset: offset)) }
    guard let zone else { throw zoneMissing(text, parts: parts, trimmed: trimmed) }
    return parts.reading(in: zone)
  }

  private static func malformed(_ text: String) -> TextFault {
    TextFault(
      "bad-time", "\(quoted(text)) is not a time", help: "write it as ISO 8601, such as 2024-10-03T09:12:00Z")
  }

  private static func zoneMissing(_ text: String, parts: WallTime, trimmed: String) -> TextFault {
    let clock = parts.hasTimeOfDay ? trimmed : trimmed + "T00:00"
    return TextFault(
      "time-zone-missing", "\(quoted(text)) has no time zone",
      help: parts.isISO
        ? "write `\(clock)Z` or `\(clock)+02:00`, or pass --time-zone Europe/Berlin"
        : "pass the zone of the file's times: --time-zone Europe/Berlin")
  }
}
