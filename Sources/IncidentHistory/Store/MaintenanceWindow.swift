public import Diagnostics
public import Foundation

/// A stretch of time in which work was planned: outages that begin in it are no failures, and it is no exposure.
public struct MaintenanceWindow: Sendable, Hashable {
  /// Its first instant.
  public let start: Date
  /// The first instant after it.
  public let end: Date
  /// The only component that was worked on; `nil` for all.
  public let component: String?
  /// What was done.
  public let title: String?

  /// A window from `start` until `end`; throws `window-reversed` unless it has a length.
  public init(start: Date, end: Date, component: String? = nil, title: String? = nil) throws(Findings) {
    let stretch = try ObservationWindow(start: start, end: end)
    (self.start, self.end) = (stretch.start, stretch.end)
    self.component = component
    self.title = title
  }

  /// Its length in hours.
  public var hours: Double { end.timeIntervalSince(start) / 3_600 }
}

/// Something recorded with the number by which it can be removed, and who recorded it.
public struct Recorded<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Its number.
  public let id: Int
  /// Who recorded it.
  public let source: String
  /// What was recorded.
  public let value: Value
}
