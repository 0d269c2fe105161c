/// What of an incident counts as downtime.
public enum ImpactReading: Sendable, Hashable {
  /// From the impact's start to its end; where a source does not tell, the ticket's times.
  case impact
  /// From the ticket's start until it was resolved; where that is not known, until the impact's end.
  case ticket
  /// The impact's time, by the share of users or capacity that was hit; in full where no share is stated.
  case fraction
  /// The impact's time, by the users that were hit of all there are; where none are stated by the share, else in full.
  case users(total: Int)

  /// Whether incidents may count in part.
  public var isWeighted: Bool {
    switch self {
    case .impact, .ticket: false
    case .fraction, .users: true
    }
  }

  /// When an incident began and ended, in this reading.
  func span(of incident: Incident) -> (start: Int, end: Int?) {
    let (start, end) =
      self == .ticket
      ? (incident.started, incident.resolved ?? incident.impactEnd)
      : (incident.outageStart, incident.outageEnd)
    return (start.milliseconds, end?.milliseconds)
  }

  /// By how much of the service it counts, 0 to 1; `nil` where nothing is stated, which counts in full.
  func weight(of incident: Incident) -> Double? {
    switch self {
    case .impact, .ticket: 1
    case .fraction: incident.impactFraction
    case .users(let total):
      incident.users.map { min(1, Double(max(0, $0)) / Double(max(1, total))) } ?? incident.impactFraction
    }
  }
}
