import Foundation
import GRDB

/// The row of the table `imports` for the import that is under way.
struct ImportRecord {
  /// The row's id.
  let id: Int64
  private let database: Database
  private let source: String

  /// Inserts the row.
  init(_ database: Database, file: String, source: String, importedAt: Date) throws {
    try database.execute(
      sql: "INSERT INTO imports (file, source, imported_ms) VALUES (?, ?, ?)",
      arguments: [URL(fileURLWithPath: file).lastPathComponent, source, importedAt.milliseconds])
    self.id = database.lastInsertedRowID
    self.database = database
    self.source = source
  }

  /// Adds an observation window; returns whether it was not there before.
  func add(_ window: ObservationWindow) throws -> Bool {
    try database.execute(
      sql: """
        INSERT INTO observation_windows (source, component, units, start_ms, end_ms, import_id)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [
        source, window.component, window.units, window.start.milliseconds, window.end.milliseconds, id,
      ])
    return database.changesCount > 0
  }

  /// Completes the row with what came of the import.
  func finish(_ summary: ImportSummary, sha256: String) throws {
    try database.execute(
      sql: """
        UPDATE imports SET sha256 = ?, inserted = ?, updated = ?, unchanged = ?, skipped = ? WHERE id = ?
        """,
      arguments: [sha256, summary.inserted, summary.updated, summary.unchanged, summary.skippedRows, id])
  }
}
