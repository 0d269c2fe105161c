public import Diagnostics
public import Foundation

/// A stretch of time in which every outage would have been recorded: the exposure behind a failure rate.
///
/// Without it a count of incidents says nothing about how often they happen. The start belongs to the window,
/// the end does not.
public struct ObservationWindow: Sendable, Hashable {
  /// The first instant watched.
  public let start: Date
  /// The first instant no longer watched.
  public let end: Date
  /// The only component that was watched; `nil` when all were.
  public let component: String?
  /// How many units of the component ran; `nil` when not stated.
  public let units: Int?

  /// A window from `start` until `end`; throws `window-reversed` unless it has a length, and `bad-units`
  /// unless there is at least one unit.
  public init(start: Date, end: Date, component: String? = nil, units: Int? = nil) throws(Findings) {
    guard end.milliseconds > start.milliseconds else {
      let message = "the window ends at \(end.formatted(.iso8601)), which is not after its start"
      throw Findings([Diagnostic(slug: "window-reversed", message, at: nil, help: "write it as START/END")])
    }
    if let units, units < 1 {
      throw Findings([
        Diagnostic(slug: "bad-units", "a window of \(units) units; expected 1 or more", at: nil)
      ])
    }
    self.start = start
    self.end = end
    self.component = component
    self.units = units
  }

  /// The window's length in hours.
  public var hours: Double { end.timeIntervalSince(start) / 3_600 }

  /// Units times hours watched: what a count of failures is divided by; `nil` when the units are not stated.
  public var exposureUnitHours: Double? { units.map { Double($0) * hours } }
}
