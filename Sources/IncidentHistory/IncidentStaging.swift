import GRDB

/// The last version of each incident of a file that holds a row for every change.
///
/// Kept in a temporary table, on disk when it is large, so that memory does not grow with the file.
struct IncidentStaging {
  private let database: Database
  private let replacement: IncidentStatement

  /// Makes the table.
  init(_ database: Database) throws {
    let columns = Incident.columnNames
    try database.execute(
      sql: """
        DROP TABLE IF EXISTS temp.staged;
        CREATE TEMP TABLE staged (
          \(columns.joined(separator: ", ")), revision INTEGER, line INTEGER, PRIMARY KEY (source, external_id));
        """)
    self.database = database
    let names = columns + ["revision", "line"]
    let places = names.map { _ in "?" }.joined(separator: ", ")
    let changes = names.dropFirst(2).map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    replacement = try IncidentStatement(
      database,
      sql: """
        INSERT INTO staged (\(names.joined(separator: ", "))) VALUES (\(places))
        ON CONFLICT DO UPDATE SET \(changes) WHERE excluded.revision >= staged.revision
        """)
  }

  /// Keeps a version of an incident unless a later one is there.
  func put(_ incident: Incident, revision: Int, line: Int) throws {
    _ = try replacement.run(incident, revision, line)
  }

  /// The last version of each incident with its line, in the order of the lines.
  func forEach(_ body: (Incident, Int) throws -> Void) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM staged ORDER BY line")
    while let row = try rows.next() { try body(Incident(row: row), row.required("line")) }
  }
}
