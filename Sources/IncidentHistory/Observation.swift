public import Diagnostics
public import Foundation

/// How the exposure behind a count of incidents is read.
public enum WindowReading: Sendable, Hashable {
  /// As recorded: only incidents that began inside a recorded window count.
  case recorded
  /// All incidents count, and the window is taken to be this long.
  case length(hours: Double)
  /// Only incidents that began from `start` until before `end` count.
  case interval(start: Date, end: Date)
}

/// What the history says about one failure mode: how often, for how long, out of how much time.
public struct Observation: Sendable, Hashable {
  /// The component that failed.
  public let component: String
  /// How it failed.
  public let mode: String
  /// The number of outages, those that have not ended included.
  public let count: Int
  /// The lengths in hours of those that have ended, in the order in which they began.
  public let durationsHours: [Double]
  /// The time watched, in hours; overlapping windows count once.
  public let windowHours: Double
  /// How many units were watched; `nil` when not stated, or stated differently by different windows.
  public let units: Int?
  /// Units × hours watched, also where their number changed; `nil` where some recorded window does not state it, and in
  /// another reading of the window.
  public let unitHours: Double?
  /// What a reader of the numbers should know: overlapping outages, incidents outside the window.
  public let warnings: [Diagnostic]

  /// The sum of the known lengths in hours; overlapping outages each count in full.
  public var downtimeHours: Double { durationsHours.reduce(0, +) }
  /// How many exponential durations their mean is worth: n, or n / cv² where they vary more than that.
  public var durationWorth: Double { DurationFigures.worth(of: durationsHours) }
}

/// A failure mode that the history holds incidents of.
public struct KnownMode: Sendable, Hashable {
  /// The component.
  public let component: String
  /// How it failed; `nil` for incidents without a mode.
  public let mode: String?
  /// How many unplanned incidents there are.
  public let count: Int

  /// `component/mode`, as a model writes it.
  public var name: String { mode.map { "\(component)/\($0)" } ?? component }
}
