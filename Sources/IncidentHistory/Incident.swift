public import Foundation

/// One outage, as a ticket system or a person recorded it.
///
/// Ticket times (detected … resolved) are kept apart from the times of the impact on users: a ticket is often
/// opened after the impact began and resolved after it ended.
public struct Incident: Sendable, Hashable {
  /// Who recorded it: a ticket system, or the name given to a file's rows.
  public let source: String
  /// The source's own id; together with ``source`` it identifies the incident.
  public internal(set) var externalID: String
  /// The service that was hit.
  public var service: String?
  /// The component that failed.
  public let component: String
  /// What else failed with it; it counts under each of them, and once in all.
  public var otherComponents: [String] = []
  /// How it failed; a model binds to `component/mode`.
  public var mode: String?
  /// How bad it was, in the source's own words.
  public var severity: String?
  /// How quickly somebody had to act, in the source's own words.
  public var urgency: String?
  /// A one-line description.
  public var title: String?
  /// Anything else.
  public var note: String?
  /// When it began.
  public let started: Date
  /// When somebody or something noticed.
  public var detected: Date?
  /// When somebody took it on.
  public var acknowledged: Date?
  /// When users were served again, though the cause remained.
  public var mitigated: Date?
  /// When the ticket was closed.
  public var resolved: Date?
  /// When users began to feel it, when that is known apart from ``started``.
  public var impactStart: Date?
  /// When users ceased to feel it, when that is known apart from ``resolved``.
  public var impactEnd: Date?
  /// Whether it was planned; planned work is no failure and is not counted.
  public var isPlanned = false
  /// The share of users or capacity that was hit, 0 to 1.
  public var impactFraction: Double?
  /// The users that were hit.
  public var users: Int?
  /// What it cost, in the currency of the model that reads it.
  public var cost: Decimal?
  /// The external id of the incident it is a part of.
  public var parent: String?
  /// The external id of the incident it repeats; repetitions are not counted.
  public var duplicateOf: String?

  /// An incident with its identity and beginning; everything else is unknown until set.
  public init(source: String, externalID: String, component: String, started: Date) {
    self.source = source
    self.externalID = externalID
    self.component = component
    self.started = started
  }

  /// When the outage began: the impact's start, else ``started``.
  public var outageStart: Date { impactStart ?? started }

  /// When the outage ended: the impact's end, else ``resolved``; `nil` while it lasts.
  public var outageEnd: Date? { impactEnd ?? resolved }

  /// The outage's length in hours; `nil` while it lasts.
  public var outageHours: Double? { outageEnd.map { $0.timeIntervalSince(outageStart) / 3_600 } }
}
