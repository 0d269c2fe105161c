package import Diagnostics
package import Foundation
internal import StructuredText
import GRDB

/// An incident typed by hand, or changed.
extension IncidentDatabase {
  /// What somebody typed, under its columns; an empty text clears a column.
  package typealias Entry = [(column: IncidentColumn, text: String)]

  /// Adds an incident.
  ///
  /// - Parameters:
  ///   - entry: Its fields, read as strictly as a file written by hand.
  ///   - source: What it is filed under unless the entry says so.
  ///   - zone: The zone of times without one.
  /// - Throws: What is wrong with the fields; `incident-exists` when there is one with the same id.
  package func add(_ entry: Entry, source: String, zone: TimeZone?) throws(Findings) -> Incident {
    let rules = RowRules(isStrict: true, zone: zone, source: source)
    let incident = try Self.read(RawIncident(entry), rules: rules, entry).incident
    try write { database in
      guard try Self.insert(incident, into: database) else { throw Self.exists(incident) }
      return .commit
    }
    return incident
  }

  /// Changes an incident.
  ///
  /// - Parameters:
  ///   - id: Its external id.
  ///   - source: Its source, which is needed when two sources use the same id.
  ///   - entry: The fields to change.
  ///   - zone: The zone of times without one.
  /// - Returns: The incident after the change, and what is odd about it.
  /// - Throws: `incident-missing`, `incident-ambiguous`, or what is wrong with the result.
  package func edit(id: String, source: String?, _ entry: Entry, zone: TimeZone?) throws(Findings)
    -> (incident: Incident, warnings: [Diagnostic])
  {
    let known = try incidents(id: id, source: source)
    guard let old = known.first, known.count == 1 else { throw Self.notOne(id, known) }
    let place = SourceLocation(file: id, line: 1, column: 1)
    var raw = RawIncident(at: place)
    for (column, text) in old.texts { raw.set(column, text) }
    for (column, text) in entry { raw[column] = RawIncident.typed(text, under: column) }
    let setsEnd = entry.contains {
      [.resolved, .impactEnd, .duration].contains($0.column) && !$0.text.isBlank
    }
    if setsEnd, old.outageEnd == nil, raw[.resolved]?.text == "open" { raw[.resolved] = nil }
    if entry.contains(where: { $0.column == .duration && !$0.text.isBlank }) { raw[.impactEnd] = nil }
    let (incident, warnings) = try Self.read(raw, rules: RowRules(isStrict: false, zone: zone), entry)
    try write { try Self.update(incident, in: $0) ? .commit : .rollback }
    return (incident, warnings)
  }

  /// The incidents of an external id, at most one for each source.
  private func incidents(id: String, source: String?) throws(Findings) -> [Incident] {
    let all = Table("incidents").filter(Column("external_id") == id).order(Column("source"))
    let request = source.map { all.filter(Column("source") == $0) } ?? all
    return try read { try Row.fetchAll($0, request).map(Incident.init(row:)) }
  }

  private static func read(_ raw: RawIncident, rules: RowRules, _ entry: Entry) throws(Findings)
    -> (incident: Incident, warnings: [Diagnostic])
  {
    var row = IncidentRow(raw, rules: rules)
    guard let incident = row.incident() else {
      throw Findings(row.problems, sources: entry.map { SourceText(name: $0.column.option, text: $0.text) })
    }
    var tally = RemarkTally()
    for remark in row.remarks where remark != .notEnded { tally.note(remark, at: raw.location) }
    return (incident, row.warnings + tally.warnings)
  }

  private static func insert(_ incident: Incident, into database: Database) throws -> Bool {
    let columns = Incident.columnNames
    try database.execute(
      sql: """
        INSERT INTO incidents (\(columns.joined(separator: ", ")))
        VALUES (\(columns.map { _ in "?" }.joined(separator: ", "))) ON CONFLICT DO NOTHING
        """, arguments: StatementArguments(incident.columnValues))
    return database.changesCount > 0
  }

  private static func update(_ incident: Incident, in database: Database) throws -> Bool {
    let columns = Incident.columnNames
    let changes = columns.indices.dropFirst(2).map { "\(columns[$0]) = ?\($0 + 1)" }.joined(separator: ", ")
    try database.execute(
      sql: "UPDATE incidents SET \(changes) WHERE source = ?1 AND external_id = ?2",
      arguments: StatementArguments(incident.columnValues))
    return database.changesCount > 0
  }

  private static func exists(_ incident: Incident) -> Findings {
    Findings([
      Diagnostic(
        slug: "incident-exists",
        "\(quoted(incident.source)) has the incident \(quoted(incident.externalID)) already",
        at: nil, help: "relmodel incidents edit \(shellWord(incident.externalID)), or give it another --id")
    ])
  }

  private static func notOne(_ id: String, _ known: [Incident]) -> Findings {
    let sources = known.map { quoted($0.source) }.joined(separator: ", ")
    return Findings([
      known.isEmpty
        ? Diagnostic(
          slug: "incident-missing", "there is no incident \(quoted(id))", at: nil,
          help: "relmodel incidents list --format json shows the ids")
        : Diagnostic(
          slug: "incident-ambiguous", "the sources \(sources) each have an incident \(quoted(id))", at: nil,
          help: "say which: --source \(shellWord(known[0].source))")
    ])
  }
}

extension IncidentColumn {
  /// The option by which the column is typed.
  package var option: String { "--" + name.replacing("_", with: "-") }
}

extension RawIncident {
  /// An incident as typed.
  fileprivate init(_ entry: IncidentDatabase.Entry) {
    self.init(at: SourceLocation(file: "--component", line: 1, column: 1))
    for (column, text) in entry { self[column] = Self.typed(text, under: column) }
  }

  /// A text at the place of its option.
  fileprivate static func typed(_ text: String, under column: IncidentColumn) -> CSVRecord.Field {
    CSVRecord.Field(text: text, location: SourceLocation(file: column.option, line: 1, column: 1))
  }
}
