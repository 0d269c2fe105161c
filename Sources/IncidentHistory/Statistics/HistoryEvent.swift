public import Foundation

/// What the statistics need of an incident: times in milliseconds since 1970 UTC, in one reading of its impact.
public struct HistoryEvent: Sendable, Hashable {
  /// The component that failed, or of several the one that is asked about.
  public private(set) var component: String
  /// The others that failed with it.
  public private(set) var otherComponents: [String]
  /// How it failed.
  public let mode: String?
  /// When the outage began.
  public let start: Int
  /// When it ended; `nil` while it lasts.
  public let end: Int?
  /// When somebody or something noticed.
  public let detected: Int?
  /// When somebody took it on.
  public let acknowledged: Int?
  /// When users were served again.
  public let mitigated: Int?
  /// By how much of the service it counts; `nil` where that is not stated, which counts in full.
  public let weight: Double?
  /// The users that were hit.
  public let users: Int?
  /// What it cost, in the currency of the model.
  public let cost: Decimal?

  init(_ incident: Incident, reading: ImpactReading) {
    (component, mode) = (incident.component, incident.mode)
    otherComponents = incident.otherComponents
    let span = reading.span(of: incident)
    start = span.start
    end = span.end.map { max($0, span.start) }
    (detected, acknowledged) = (incident.detected?.milliseconds, incident.acknowledged?.milliseconds)
    mitigated = incident.mitigated?.milliseconds
    weight = reading.weight(of: incident)
    users = incident.users
    cost = incident.cost
  }

  /// `component/mode`, or the component where no mode is known.
  public var cause: String { mode.map { "\(component)/\($0)" } ?? component }

  /// The same incident seen from another component that it hit.
  func seen(from name: String) -> HistoryEvent {
    guard name != component else { return self }
    var event = self
    event.otherComponents = ([component] + otherComponents).filter { $0 != name }
    event.component = name
    return event
  }

  /// All components that it hit.
  public var components: [String] { [component] + otherComponents }

  /// How long it lasted, in hours.
  public var hours: Double? { end.map { Double($0 - start) / 3_600_000 } }

  /// How long after its start something happened, in hours; `nil` where it is not known or was before.
  func hours(until instant: Int?) -> Double? {
    guard let instant, instant >= start else { return nil }
    return Double(instant - start) / 3_600_000
  }
}
