import Foundation
import GRDB

/// The row of the table `imports` for the import that is under way.
struct ImportRecord {
  /// The row's id.
  let id: Int
  private let database: Database
  private let source: String

  /// Inserts the row.
  init(_ database: Database, file: String, source: String, importedAt: Date) throws {
    try database.execute(
      sql: "INSERT INTO imports (file, source, imported_ms) VALUES (?, ?, ?)",
      arguments: [URL(fileURLWithPath: file).lastPathComponent, source, importedAt.milliseconds])
    self.id = Int(database.lastInsertedRowID)
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

  /// How many unplanned incidents of the import began while an earlier one of its component and mode lasted.
  ///
  /// Reads the table in its own order and sorts: by an index every row would be a page somewhere else.
  func overlaps() throws -> Int {
    let sql = """
      SELECT component, mode, outage_start_ms, outage_end_ms FROM incidents NOT INDEXED
      WHERE import_id = ? AND planned = 0 AND duplicate_of IS NULL ORDER BY component, mode, outage_start_ms
      """
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [id])
    var (place, latestEnd, count) = ([UInt8](), Int64.min, 0)
    while let row = try rows.next() {
      let next = row.bytes(0) + [0] + row.bytes(1)
      if next != place { (place, latestEnd) = (next, .min) }
      if let start = row.integer(2), start < latestEnd { count += 1 }
      latestEnd = max(latestEnd, row.integer(3) ?? latestEnd)
    }
    return count
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

/// Columns of our own query, without a text or value made of each.
extension Row {
  fileprivate func bytes(_ index: Int) -> [UInt8] {
    (try? withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } }) ?? []
  }

  fileprivate func integer(_ index: Int) -> Int64? { self[index] }
}
