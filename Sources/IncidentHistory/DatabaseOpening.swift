package import Diagnostics
internal import Foundation
package import GRDB

/// The steps from a path to an open database: look, connect, check, make or bring up to date.
package struct DatabaseOpening {
  package let path: String
  package let mode: IncidentDatabase.Mode
  package let busyTimeoutSeconds: Double
  private let file: DatabaseFile

  package init(path: String, mode: IncidentDatabase.Mode, busyTimeoutSeconds: Double) {
    self.path = path
    self.mode = mode
    self.busyTimeoutSeconds = busyTimeoutSeconds
    self.file = DatabaseFile(path: path)
  }

  /// The open connection; throws one finding and leaves the file as it is when it can not be used.
  package func queue() throws(Findings) -> DatabaseQueue {
    switch file.content() {
    case .missing: return try made(orThrow: .databaseMissing(path))
    case .empty: return try made(orThrow: .databaseEmpty(path))
    case .ours(let usesWAL): return try opened(usesWAL: usesWAL)
    case .folder: throw .databaseNotAFile(path, what: "a folder")
    case .special: throw .databaseNotAFile(path, what: "a device or pipe")
    case .unreadable: throw .databaseUnreadable(path)
    case .notSQLite: throw .databaseNotSQLite(path)
    case .foreign: throw .databaseForeign(path)
    case .truncated: throw .databaseCorrupt(path, detail: "the file is shorter than its header says")
    }
  }

  private func opened(usesWAL: Bool) throws(Findings) -> DatabaseQueue {
    if case .read = mode { return try openedForReading(usesWAL: usesWAL) }
    guard file.isWritable else { throw .databaseReadOnly(path) }
    let queue = try connected(.write)
    try checkVersion(queue)
    try checkIntegrity(queue)
    try bringUpToDate(queue)
    return queue
  }

  /// Opens for reading; a database of an older relmodel is brought up to date first where it may be written.
  private func openedForReading(usesWAL: Bool) throws(Findings) -> DatabaseQueue {
    let queue = try connected(readAccess(usesWAL: usesWAL))
    let migrator = Schema.migrator
    let (applied, isComplete) = try findings(about: path) {
      try queue.read { (try migrator.appliedMigrations($0), try migrator.hasCompletedMigrations($0)) }
    }
    if !applied.isEmpty, !isComplete, file.isWritable {
      try checkNewer(queue)
      try findings(about: path) { try queue.close() }
      let writer = try connected(.write)
      try checkIntegrity(writer)
      try bringUpToDate(writer)
      try findings(about: path) { try writer.close() }
      return try connected(readAccess(usesWAL: true))
    }
    try checkVersion(queue)
    return queue
  }

  /// Makes the database when asked to.
  ///
  /// When that fails the beginning is left behind, because another process may be making the same file; it is
  /// recognised and completed the next time.
  private func made(orThrow missing: Findings) throws(Findings) -> DatabaseQueue {
    guard case .create = mode else { throw missing }
    guard FileManager.default.fileExists(atPath: file.folder) else {
      throw .databaseFolderMissing(file.folder)
    }
    let existed = FileManager.default.fileExists(atPath: file.path)
    guard FileManager.default.isWritableFile(atPath: existed ? file.path : file.folder) else {
      throw existed ? .databaseReadOnly(path) : .databaseFolderReadOnly(path, folder: file.folder)
    }
    let queue = try connected(.write)
    try findings(about: path) { try queue.writeWithoutTransaction(markAsOurs) }
    try bringUpToDate(queue)
    return queue
  }

  /// Sets the application id before anything else, so that an interrupted start is still recognised.
  private func markAsOurs(_ database: Database) throws {
    try database.execute(sql: "PRAGMA application_id = \(DatabaseFile.applicationID)")
  }

  // MARK: Connecting

  /// How SQLite opens the file.
  private enum Access {
    /// Reads and writes.
    case write
    /// Reads with locks, through a connection that clears away its own journal on closing.
    case lockedRead
    /// Reads with locks, where nothing may be written.
    case readOnly
    /// Reads a file that nobody can be writing.
    case immutable
  }

  private func readAccess(usesWAL: Bool) -> Access {
    guard usesWAL || file.hasJournal else { return .readOnly }
    if file.isWritable { return .lockedRead }
    return file.hasJournal ? .readOnly : .immutable
  }

  private func connected(_ access: Access) throws(Findings) -> DatabaseQueue {
    let configuration = configuration(access)
    let location = access == .immutable ? immutableURI : file.path
    return try findings(about: path) { try DatabaseQueue(path: location, configuration: configuration) }
  }

  private func configuration(_ access: Access) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .readOnly || access == .immutable
    configuration.busyMode = .timeout(busyTimeoutSeconds)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
      if access == .write { try database.execute(sql: "PRAGMA cache_size = -24576") }
      if access == .lockedRead { try database.execute(sql: "PRAGMA query_only = ON") }
    }
    return configuration
  }

  private var immutableURI: String {
    let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
    let escaped = file.path.addingPercentEncoding(withAllowedCharacters: allowed) ?? file.path
    return "file://\(escaped)?immutable=1"
  }

  // MARK: Checking

  private func checkVersion(_ queue: DatabaseQueue) throws(Findings) {
    try checkNewer(queue)
    let isComplete = try findings(about: path) { try queue.read(Schema.migrator.hasCompletedMigrations) }
    if case .read = mode, !isComplete { throw .databaseOlder(path) }
  }

  private func checkNewer(_ queue: DatabaseQueue) throws(Findings) {
    let isNewer = try findings(about: path) { try queue.read(Schema.migrator.hasBeenSuperseded) }
    if isNewer { throw .databaseNewer(path) }
  }

  private func checkIntegrity(_ queue: DatabaseQueue) throws(Findings) {
    let verdict = try findings(about: path) {
      try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    }
    guard verdict == "ok" else { throw .databaseCorrupt(path, detail: verdict ?? "unreadable") }
  }

  /// Applies what migrations are missing and journals ahead from then on.
  private func bringUpToDate(_ queue: DatabaseQueue) throws(Findings) {
    let migrator = Schema.migrator
    try findings(about: path) {
      do {
        if try !queue.read(migrator.hasCompletedMigrations) { try migrator.migrate(queue) }
      } catch {
        // Another process may have applied the same migration in the meantime.
        guard try queue.read(migrator.hasCompletedMigrations) else { throw error }
      }
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    }
  }
}
