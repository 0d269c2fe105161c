public import Diagnostics
public import Foundation

/// Which part of a history a question is about.
public struct HistoryQuestion: Sendable, Hashable {
  /// Which time counts as watched.
  public enum Window: Sendable, Hashable {
    /// What was recorded as watched, from and to a time where one is given. Where nothing was recorded, the time from
    /// one to the other.
    case recorded(from: Date?, to: Date?)
    /// So long, wherever it lies; every incident counts.
    case length(hours: Double)
    /// From one time to another, whatever was recorded.
    case interval(start: Date, end: Date)
  }

  /// Which incidents; its times and limit are not used, as the window decides.
  public var filter = IncidentFilter()
  /// Which time.
  public var window = Window.recorded(from: nil, to: nil)
  /// What counts as downtime.
  public var impact = ImpactReading.impact

  /// All incidents of the recorded windows by their impact.
  public init() {}
}

/// The incidents that a question is about and the time in which they were watched for.
public struct HistorySelection: Sendable {
  /// How many incidents do not count, and why.
  public struct LeftOut: Sendable, Hashable {
    /// Planned work.
    public internal(set) var planned = 0
    /// Repetitions of others.
    public internal(set) var repeated = 0
    /// Begun in a maintenance window.
    public internal(set) var inMaintenance = 0
    /// Begun when nobody watched, or outside the time asked for.
    public internal(set) var outside = 0
  }

  /// The question.
  public let question: HistoryQuestion
  /// The incidents that count, by their start.
  public let events: [HistoryEvent]
  /// Incidents that began before or between the watched stretches and may reach into them: downtime, but no failures.
  public let reachingIn: [HistoryEvent]
  /// What was watched; `nil` when only its length is known, or nothing.
  public let watched: TimeStretches?
  /// How long was watched, in hours; `nil` without a window.
  public let windowHours: Double?
  /// What does not count.
  public let leftOut: LeftOut
  /// Whether the windows of the components are not the same, so that the sum of all rests on different times.
  public let windowsDiffer: Bool

  /// When each component that has incidents was watched, where that is known.
  let watchedOfComponent: [String: TimeStretches]

  /// How many units of each component the recorded windows state.
  let unitsOfComponent: [String: WatchedUnits]

  /// Units × hours watched of the one component that the incidents are of; `nil` for several components, where some window
  /// does not state its units, and for a window that only has a length.
  public var unitHours: Double? {
    var names = Set(events.map(\.component))
    if let asked = question.filter.component { names.insert(asked) }
    guard names.count == 1, let name = names.first, let watched = watchedOfComponent[name] ?? watched else {
      return nil
    }
    return unitsOfComponent[name]?.unitHours(in: watched)
  }

  /// The time at risk that a number of failures is divided by: of one unit where units are stated, else of the service.
  public var exposureHours: Double? { unitHours ?? windowHours }

  /// How many of the incidents have not ended.
  public var openCount: Int { events.count { $0.end == nil } }

  /// How many of the incidents count in full because their weight is not stated.
  public var unweightedCount: Int { events.count { $0.weight == nil } }
}

extension IncidentDatabase {
  /// The part of the history that a question is about.
  ///
  /// - Throws: `nothing-watched` when no recorded window lies between the times asked for; `bad-window` for a window
  ///   without a length; `database-…` when the database can not be read.
  /// - Complexity: O(n), in memory of some 150 B an incident.
  public func selection(_ question: HistoryQuestion) throws(Findings) -> HistorySelection {
    var filter = question.filter
    (filter.start, filter.end, filter.limit) = (nil, nil, nil)
    (filter.isPlanned, filter.isOpen) = (nil, nil)
    var builder = SelectionBuilder(
      question: question, windows: try recordedWindows().map(\.value),
      maintenance: try recordedMaintenance().map(\.value))
    try builder.checkWindow()
    try forEachIncident(matching: filter) { builder.add($0) }
    return builder.selection
  }
}
