public import Diagnostics
public import Foundation
internal import StructuredText

extension ObservationWindow {
  /// Reads `START/END` or `START/LENGTH`: `2024-07-14T12:00Z/2025-01-13T00:00Z`, `2024-07-14T12:00Z/182.5d`.
  ///
  /// - Parameters:
  ///   - text: An ISO 8601 interval; the length may be written `P182D`, `182.5d` or `26 w`.
  ///   - component: The only component that was watched; `nil` when all were.
  ///   - units: How many units of it ran.
  ///   - timeZone: The zone of times written without one; `nil` refuses them.
  ///   - name: What findings call the text, such as the option it was given to.
  /// - Throws: One located finding.
  public init(
    parsing text: String, component: String? = nil, units: Int? = nil, timeZone: TimeZone? = nil,
    named name: String = "--window"
  ) throws(Findings) {
    let interval: (start: Date, end: Date)
    do {
      interval = try Self.interval(text, zone: timeZone)
    } catch {
      let place = SourceLocation(file: name, line: 1, column: 1)
      throw Findings([error.diagnostic(at: place)], sources: [SourceText(name: name, text: text)])
    }
    try self.init(start: interval.start, end: interval.end, component: component, units: units)
  }

  private static func interval(_ text: String, zone: TimeZone?) throws(TextFault) -> (start: Date, end: Date)
  {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      throw TextFault(
        "bad-window", "\(quoted(text)) is not a window",
        help: "write START/END, such as 2024-07-14T12:00Z/2025-01-13T00:00Z, or START/182d")
    }
    let start = try TimeText.date(parts[0], zone: zone)
    let end: Date
    do {
      end = try Self.end(parts[1], after: start, zone: zone)
    } catch {
      throw error.shifted(by: parts[0].count + 1)
    }
    guard end > start else {
      throw TextFault(
        "window-reversed", "the window \(quoted(text)) does not end after its start",
        help: "write the earlier time first", offset: parts[0].count + 1)
    }
    return (start, end)
  }

  private static func end(_ text: String, after start: Date, zone: TimeZone?) throws(TextFault) -> Date {
    let isTime = text.trimmed.prefix(5).last == "-"
    guard !isTime else { return try TimeText.date(text, zone: zone) }
    return Date(milliseconds: start.milliseconds + (try DurationText.milliseconds(text)))
  }
}
