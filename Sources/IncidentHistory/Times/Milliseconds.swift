import Foundation

extension Date {
  /// The instant as the database keeps it: whole milliseconds since 1970 UTC, within the years 0 to 9999 or
  /// so.
  package var milliseconds: Int {
    let value = (timeIntervalSince1970 * 1_000).rounded()
    guard value.isFinite else { return 0 }
    return Int(min(max(value, -1e15), 1e15))
  }

  /// The instant of a count of milliseconds since 1970 UTC.
  package init(milliseconds: Int) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}
