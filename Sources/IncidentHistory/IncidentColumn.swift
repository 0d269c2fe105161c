/// What a file may say of an incident; the columns of our own CSV files.
package enum IncidentColumn: Int, CaseIterable, Sendable {
  case id, service, component, mode, severity, urgency, title
  case started, detected, acknowledged, mitigated, resolved, impactStart, impactEnd
  case duration, planned, impactFraction, users, cost, parent, duplicateOf, source, note
  case otherComponents

  /// The column's name in a file.
  package var name: String { Self.names[rawValue] }

  /// The names of all columns in the order of the cases.
  package static let names = [
    "id", "service", "component", "mode", "severity", "urgency", "title",
    "started", "detected", "acknowledged", "mitigated", "resolved", "impact_start", "impact_end",
    "duration", "planned", "impact_fraction", "users", "cost", "parent", "duplicate_of", "source", "note",
    "other_components",
  ]

  /// The column a header names, regardless of case, spaces, underscores and hyphens.
  package init?(header: String) {
    let wanted = Self.simplified(header)
    guard let match = Self.allCases.first(where: { Self.simplified($0.name) == wanted }) else {
      return nil
    }
    self = match
  }

  /// A header's name without what people write in different ways.
  static func simplified(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }
}
