public import Diagnostics
import Foundation
import GRDB

/// Incidents and observation windows in one SQLite file.
///
/// Opening looks before it touches: a file that is not an incident database, is newer, damaged or may not be
/// written is refused with a finding and left as it is, byte for byte. Changes are journaled ahead (WAL), so
/// a killed process leaves nothing half-written. The file is closed when the last copy of this value goes.
public struct IncidentDatabase: Sendable {
  /// What a database is opened for.
  public enum Mode: Sendable {
    /// Reading an existing database, also on read-only media.
    case read
    /// Reading and writing an existing database.
    case readWrite
    /// Reading and writing, after making the database when there is none or the file is empty.
    case create
  }

  /// The file's path as the user wrote it.
  public let path: String
  let mode: Mode
  let queue: DatabaseQueue

  /// Opens the database at `path`.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - mode: What it is opened for.
  ///   - busyTimeoutSeconds: How long to wait for another process that is writing.
  /// - Throws: One `database-…` finding: `missing`, `empty`, `not-a-file`, `unreadable`, `not-sqlite`,
  ///   `foreign`, `newer`, `older`, `read-only`, `locked`, `corrupt`, `full` or `unusable`.
  public init(path: String, mode: Mode, busyTimeoutSeconds: Double = 5) throws(Findings) {
    let opening = DatabaseOpening(path: path, mode: mode, busyTimeoutSeconds: busyTimeoutSeconds)
    self.path = path
    self.mode = mode
    self.queue = try opening.queue()
  }

  /// Closes the file now instead of when the last copy of this value goes; no call may follow.
  public func close() throws(Findings) {
    try findings(about: path) { try queue.close() }
  }

  /// Runs a read.
  func read<Value>(_ body: (Database) throws -> Value) throws(Findings) -> Value {
    try findings(about: path) { try queue.read(body) }
  }

  /// Runs one write transaction; `body` decides whether it is kept.
  func write(_ body: (Database) throws -> Database.TransactionCompletion) throws(Findings) {
    if case .read = mode { throw .databaseReadOnly(path) }
    try findings(about: path) {
      try queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) { try body(database) }
      }
    }
  }
}

/// Runs `body` and turns an error of SQLite into a finding about the file at `path`.
func findings<Value>(about path: String, _ body: () throws -> Value) throws(Findings) -> Value {
  do {
    return try body()
  } catch let findings as Findings {
    throw findings
  } catch let error as DatabaseError {
    throw .database(error, path: path)
  } catch {
    throw .databaseCorrupt(path, detail: "\(error)")
  }
}
