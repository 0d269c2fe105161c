import GRDB

/// Writes the incidents of one file inside a transaction and tells what each of them changed.
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
  }

  private let database: Database
  private let insertion: Statement
  private let change: Statement
  private let difference: Statement
  private let sighting: Statement
  private let earlierLine: Statement
  private let importID: Int64

  /// Prepares the statements; `importID` is the import's row.
  init(_ database: Database, importID: Int64) throws {
    try database.execute(sql: SQLText.sightings)
    self.database = database
    self.importID = importID
    insertion = try database.makeStatement(sql: SQLText.insertion)
    change = try database.makeStatement(sql: SQLText.change)
    difference = try database.makeStatement(sql: SQLText.difference)
    sighting = try database.makeStatement(sql: SQLText.sighting)
    earlierLine = try database.makeStatement(sql: SQLText.earlierLine)
  }

  /// Inserts an incident, or updates the one with the same source and id when something differs.
  func write(_ incident: Incident, line: Int) throws -> Outcome {
    let values = incident.columnValues
    if let earlier = try earlierLine(of: incident, line: line) {
      let differs = try Int.fetchOne(difference, arguments: StatementArguments(values)) != nil
      return differs ? .contradicts(line: earlier) : .repeated(line: earlier)
    }
    let arguments = StatementArguments(values + [importID])
    if try changes(insertion, arguments) { return .inserted }
    return try changes(change, arguments) ? .updated : .unchanged
  }

  /// The line where the file had this id before; notes `line` when there is none.
  private func earlierLine(of incident: Incident, line: Int) throws -> Int? {
    let key: StatementArguments = [incident.source, incident.externalID]
    if try changes(sighting, key + [line]) { return nil }
    return try Int.fetchOne(earlierLine, arguments: key)
  }

  private func changes(_ statement: Statement, _ arguments: StatementArguments) throws -> Bool {
    try statement.execute(arguments: arguments)
    return database.changesCount > 0
  }
}

/// The writer's statements, made of ``Incident/columnNames`` alone; `?1` is the source, `?2` the external id.
private enum SQLText {
  private static let columns = Incident.columnNames
  private static let numbered = columns.indices.map { "?\($0 + 1)" }
  private static let importNumber = "?\(columns.count + 1)"
  private static let changeable = zip(columns, numbered).dropFirst(2)
  private static let differs = changeable.map { "\($0) IS NOT \($1)" }.joined(separator: " OR ")

  static let insertion = """
    INSERT INTO incidents (\(columns.joined(separator: ", ")), import_id)
    VALUES (\(numbered.joined(separator: ", ")), \(importNumber))
    ON CONFLICT (source, external_id) DO NOTHING
    """

  static let change = """
    UPDATE incidents
    SET \(changeable.map { "\($0) = \($1)" }.joined(separator: ", ")), import_id = \(importNumber)
    WHERE source = ?1 AND external_id = ?2 AND (\(differs))
    """

  static let difference = "SELECT 1 FROM incidents WHERE source = ?1 AND external_id = ?2 AND (\(differs))"

  /// The ids of the file that is being read and their lines; on disk, so that memory stays bounded.
  static let sightings = """
    CREATE TEMP TABLE IF NOT EXISTS sightings (
      source TEXT, external_id TEXT, line INTEGER, PRIMARY KEY (source, external_id)
    ) WITHOUT ROWID;
    DELETE FROM sightings;
    """

  static let sighting = "INSERT INTO sightings VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
  static let earlierLine = "SELECT line FROM sightings WHERE source = ? AND external_id = ?"
}
