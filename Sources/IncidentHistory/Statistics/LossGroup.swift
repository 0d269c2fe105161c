public import Stochastics

/// What incidents are put together by.
public enum IncidentGrouping: String, Sendable, Hashable, CaseIterable {
  /// The component and the mode.
  case cause
  /// The component.
  case component
  /// The mode.
  case mode

  /// The name of the group of an incident.
  public func name(of event: HistoryEvent) -> String {
    switch self {
    case .cause: event.cause
    case .component: event.component
    case .mode: event.mode ?? "no mode"
    }
  }

  /// An incident under each component that it hit, where classes are of components.
  func expanded(_ event: HistoryEvent) -> [HistoryEvent] {
    self == .mode ? [event] : event.components.map { event.seen(from: $0) }
  }
}

/// What one class of incidents cost in time and users.
public struct LossGroup: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// How many there were.
  public let count: Int
  /// The downtime in the window as if the class were alone, overlaps counted once, in minutes.
  public let minutes: Double
  /// Its share of the sum of all classes.
  public internal(set) var share: Double
  /// Minutes × users, over the incidents of which both are known.
  public let userMinutes: Double
  /// Of how many incidents the users are known.
  public let countWithUsers: Int
  /// The mean time between its failures.
  public let meanTime: MeanTimeBetweenFailures?
  /// How long its outages were.
  public let durations: DurationFigures

  /// The classes of a selection, those with the most minutes first.
  static func all(
    _ selection: HistorySelection, by grouping: IncidentGrouping, confidence: Double, seed: UInt64
  ) -> [LossGroup] {
    var groups = selection.parts(by: grouping).map { name, part in
      LossGroup(name, part, confidence: confidence, seed: seed)
    }
    let total = groups.reduce(0) { $0 + $1.minutes }
    for index in groups.indices where total > 0 { groups[index].share = groups[index].minutes / total }
    return groups.sorted { ($1.minutes, $0.name) < ($0.minutes, $1.name) }
  }

  private init(_ name: String, _ part: HistorySelection, confidence: Double, seed: UInt64) {
    let events = part.events
    self.name = name
    count = events.count
    minutes = part.profile.hours(in: part.watched) * 60
    share = 0
    let hit = events.compactMap { event in
      event.users.flatMap { users in event.hours.map { $0 * 60 * Double(users) } }
    }
    (userMinutes, countWithUsers) = (hit.reduce(0, +), hit.count)
    meanTime = ObservedFailures.meanTime(events.map(\.start), exposureHours: part.exposureHours)
    durations = DurationFigures(events.compactMap(\.hours), confidence: confidence, seed: seed, name: name)
  }
}
