public import Diagnostics
internal import Quantities

/// Incidents as files that ``IncidentImporter`` reads back.
public enum IncidentExport: String, Sendable, CaseIterable {
  /// CSV (RFC 4180) under our column names; a text that a spreadsheet would take for a formula begins with `'`, which
  /// the import takes away again.
  case csv
  /// An object with the list `incidents`; keys are the column names.
  case json

  /// Writes the incidents that pass a filter, piece by piece; returns how many.
  ///
  /// - Complexity: Linear in their number, in memory that does not grow with it.
  public func write(
    _ database: IncidentDatabase, matching filter: IncidentFilter, to sink: (String) -> Void
  ) throws(Findings) -> Int {
    var count = 0
    sink(head)
    try database.forEachIncident(matching: filter) { incident in
      sink(count == 0 ? "" : separator)
      sink(self == .csv ? CSVText.line(incident) : "  " + object(incident).line)
      count += 1
    }
    sink(tail(count))
    return count
  }

  private var head: String {
    switch self {
    case .csv: CSVText.line(Self.exportedColumns.map(\.name))
    case .json: "{\"format\": \"relmodel/1\", \"command\": \"incidents export\", \"incidents\": [\n"
    }
  }

  private var separator: String { self == .csv ? "" : ",\n" }

  private func tail(_ count: Int) -> String { self == .csv ? "" : count == 0 ? "]}\n" : "\n]}\n" }

  /// All columns but `duration`, which `impact_end` says.
  fileprivate static let exportedColumns = IncidentColumn.allCases.filter { $0 != .duration }

  private func object(_ incident: Incident) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for (column, text) in incident.texts { members[column.name] = .string(text) }
    members["planned"] = .bool(incident.isPlanned)
    members["users"] = incident.users.map { .integer($0) }
    members["impact_fraction"] = incident.impactFraction.map { .number($0) }
    return .object(members)
  }
}

/// Fields of a CSV file that no spreadsheet takes for formulas.
enum CSVText {
  /// An incident as a record.
  fileprivate static func line(_ incident: Incident) -> String {
    var fields = [String](repeating: "", count: IncidentColumn.allCases.count)
    for (column, text) in incident.texts { fields[column.rawValue] = text }
    return line(IncidentExport.exportedColumns.map { fields[$0.rawValue] })
  }

  /// A record with its line end.
  fileprivate static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }

  private static func field(_ text: String) -> String {
    let safe = isFormula(text[...]) ? "'" + text : text
    guard safe.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) || safe != safe.trimmed else {
      return safe
    }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  /// The text that was written as a field.
  static func plain(_ field: String) -> String {
    field.utf8.first == UInt8(ascii: "'") && isFormula(field[...]) ? String(field.dropFirst()) : field
  }

  /// Whether a text begins like a formula, behind any number of `'`.
  private static func isFormula(_ text: Substring) -> Bool {
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "'") }) else { return false }
    return "=+-@\t\r".utf8.contains(first)
  }
}
