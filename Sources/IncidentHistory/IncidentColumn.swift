/// A column of an incident CSV file.
enum IncidentColumn: String, CaseIterable {
  case id, service, component, mode, severity, urgency, title
  case started, detected, acknowledged, mitigated, resolved
  case impactStart = "impact_start"
  case impactEnd = "impact_end"
  case duration, planned
  case impactFraction = "impact_fraction"
  case users, cost, parent, source, note

  /// The column a header names, regardless of case, spaces, underscores and hyphens.
  init?(header: String) {
    let wanted = Self.simplified(header)
    guard let match = Self.allCases.first(where: { Self.simplified($0.rawValue) == wanted }) else {
      return nil
    }
    self = match
  }

  private static func simplified(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }
}
