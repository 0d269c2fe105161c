import GRDB

/// Writes the incidents of one file inside a transaction and tells what each of them changed.
///
/// An incident that the import itself wrote carries the import's id and line, so that a repetition is found without
/// a list of what was seen; only incidents that were there before and are the same need one.
struct IncidentWriter {
  /// What writing an incident did.
  enum Outcome: Equatable {
    case inserted
    case updated
    case unchanged
    /// The file has the same incident, with the same content, in an earlier line.
    case repeated(line: Int)
    /// The file has another content under the same id in an earlier line.
    case contradicts(line: Int)

    /// Whether the file had the id before.
    var isRepetition: Bool {
      switch self {
      case .repeated, .contradicts: true
      case .inserted, .updated, .unchanged: false
      }
    }
  }

  private let database: Database
  private let insertion: IncidentStatement
  private let change: IncidentStatement
  private let comparison: Statement
  private let sighting: Statement
  private let earlierLine: Statement
  private let importID: Int

  /// Prepares the statements; `importID` is the import's row.
  init(_ database: Database, importID: Int) throws {
    try database.execute(sql: SQLText.sightings)
    self.database = database
    self.importID = importID
    insertion = try IncidentStatement(database, sql: SQLText.insertion)
    change = try IncidentStatement(database, sql: SQLText.change)
    comparison = try database.makeStatement(sql: SQLText.comparison)
    sighting = try database.makeStatement(sql: SQLText.sighting)
    earlierLine = try database.makeStatement(sql: SQLText.earlierLine)
  }

  /// Inserts an incident, or updates the one with the same source and id when something differs.
  func write(_ incident: Incident, line: Int) throws -> Outcome {
    if try insertion.run(incident, importID, line) { return .inserted }
    let known = try Row.fetchOne(comparison, arguments: StatementArguments(incident.columnValues))
    guard let known else { throw UnexpectedValue(column: "external_id") }
    let differs: Bool = try known.required("differs")
    if let line = try earlierLine(of: incident, known: known, line: line) {
      return differs ? .contradicts(line: line) : .repeated(line: line)
    }
    return try differs && change.run(incident, importID, line) ? .updated : .unchanged
  }

  /// The line where the file had this id before; notes `line` when there is none.
  private func earlierLine(of incident: Incident, known: Row, line: Int) throws -> Int? {
    if try known.optional("import_id") == importID { return try known.optional("import_line") ?? 0 }
    let key: StatementArguments = [incident.source, incident.externalID]
    try sighting.execute(arguments: key + [line])
    if database.changesCount > 0 { return nil }
    return try Int.fetchOne(earlierLine, arguments: key)
  }
}

/// The writer's statements, made of ``Incident/columnNames`` alone; `?1` is the source, `?2` the external id.
private enum SQLText {
  private static let columns = Incident.columnNames
  private static let numbered = columns.indices.map { "?\($0 + 1)" }
  private static let importNumber = "?\(columns.count + 1)"
  private static let lineNumber = "?\(columns.count + 2)"
  private static let changeable = zip(columns, numbered).dropFirst(2)
  private static let differs = changeable.map { "\($0) IS NOT \($1)" }.joined(separator: " OR ")

  static let insertion = """
    INSERT INTO incidents (\(columns.joined(separator: ", ")), import_id, import_line)
    VALUES (\(numbered.joined(separator: ", ")), \(importNumber), \(lineNumber))
    ON CONFLICT (source, external_id) DO NOTHING
    """

  static let change = """
    UPDATE incidents
    SET \(changeable.map { "\($0) = \($1)" }.joined(separator: ", ")),
      import_id = \(importNumber), import_line = \(lineNumber)
    WHERE source = ?1 AND external_id = ?2
    """

  static let comparison = """
    SELECT import_id, import_line, (\(differs)) AS differs FROM incidents WHERE source = ?1 AND external_id = ?2
    """

  /// The ids that were there before and their lines; on disk, so that memory stays bounded.
  static let sightings = """
    CREATE TEMP TABLE IF NOT EXISTS sightings (
      source TEXT, external_id TEXT, line INTEGER, PRIMARY KEY (source, external_id)
    ) WITHOUT ROWID;
    DELETE FROM sightings;
    """

  static let sighting = "INSERT INTO sightings VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
  static let earlierLine = "SELECT line FROM sightings WHERE source = ? AND external_id = ?"
}
