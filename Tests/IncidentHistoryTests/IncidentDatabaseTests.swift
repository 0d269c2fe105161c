import Diagnostics
import Foundation
import GRDB
import Testing

import IncidentHistory

@Suite struct IncidentDatabaseTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("incidents.db") }

  init() throws { folder = try TemporaryFolder() }

  private func open(_ mode: IncidentDatabase.Mode, timeout: Double = 0) throws -> IncidentDatabase {
    try IncidentDatabase(path: path, mode: mode, busyTimeoutSeconds: timeout)
  }

  /// Makes a database of ours with one incident and no journal beside it.
  private func makeOurs() throws {
    let database = try open(.create)
    try importText(
      "id,component,mode,started,duration\nA,api,crash,2024-10-03T09:00Z,45 min\n", into: database, in: folder
    )
    try database.close()
  }

  /// Runs SQL on the file as another program would.
  private func tamper(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// A connection that may leave a transaction open.
  private func otherProgram() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Expects a finding in every mode, and everything in the folder to stay as it is.
  private func expectRefused(_ slug: String, modes: [IncidentDatabase.Mode] = [.read, .readWrite, .create])
    throws
  {
    let before = try folder.snapshot()
    for mode in modes {
      #expect(slugs { _ = try open(mode) } == [slug])
      #expect(try folder.snapshot() == before)
    }
  }

  @Test func anotherProgramsFile() throws {
    try tamper("CREATE TABLE t (x); INSERT INTO t VALUES (1); PRAGMA application_id = 42")
    try expectRefused("database-foreign")
  }

  @Test func anotherProgramsFileWithoutAnID() throws {
    try tamper("CREATE TABLE incidents (x)")
    try expectRefused("database-foreign")
  }

  @Test func aNewerFile() throws {
    try makeOurs()
    try tamper("INSERT INTO grdb_migrations VALUES ('99 something newer')")
    try expectRefused("database-newer")
  }

  @Test("Files that are no database", arguments: ["hello", String(repeating: "id,component\n", count: 100)])
  func noDatabase(text: String) throws {
    _ = try folder.write(text, to: "incidents.db")
    try expectRefused("database-not-sqlite")
  }

  @Test func aFolder() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try expectRefused("database-not-a-file")
  }

  @Test func aDevice() {
    for mode in [IncidentDatabase.Mode.read, .create] {
      #expect(slugs { _ = try IncidentDatabase(path: "/dev/null", mode: mode) } == ["database-not-a-file"])
    }
  }

  @Test func nothingThere() throws {
    try expectRefused("database-missing", modes: [.read, .readWrite])
    let deep = folder.path("no/such/folder/incidents.db")
    #expect(slugs { _ = try IncidentDatabase(path: deep, mode: .create) } == ["database-missing"])
  }

  @Test func anEmptyFileIsNewOnlyWhenMaking() throws {
    _ = try folder.write("", to: "incidents.db")
    try expectRefused("database-empty", modes: [.read, .readWrite])
    #expect(try open(.create).incidents().isEmpty)
  }

  @Test func aTruncatedFile() throws {
    try makeOurs()
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
    try expectRefused("database-corrupt")
  }

  @Test("Damaged pages", arguments: [1, 2, 3, 4])
  func damage(page: Int) throws {
    try makeOurs()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let start = page == 1 ? 100 : (page - 1) * 4_096
    bytes.replaceSubrange(start..<start + 200, with: Data(repeating: 0xA5, count: 200))
    try bytes.write(to: URL(fileURLWithPath: path))
    try expectRefused("database-corrupt", modes: [.readWrite, .create])
    let before = try folder.snapshot()
    #expect(
      Set(slugs { _ = try open(.read).incidents() }).isSubset(of: ["database-corrupt", "database-older"]))
    #expect(try folder.snapshot() == before)
  }

  @Test func missingTablesAreAFinding() throws {
    try makeOurs()
    try tamper("PRAGMA foreign_keys = OFF; DROP TABLE incidents")
    let before = try folder.snapshot()
    #expect(slugs { _ = try open(.read).incidents() } == ["database-unusable"])
    #expect(try folder.snapshot() == before)
  }

  @Test func valuesOfAnotherTypeAreAFinding() throws {
    try makeOurs()
    try tamper(
      """
      PRAGMA foreign_keys = OFF; DROP TABLE incidents;
      CREATE TABLE incidents (
        id INTEGER PRIMARY KEY, source, external_id, service, component, mode, started_ms, outage_start_ms);
      INSERT INTO incidents VALUES (1, NULL, x'00', 'a', NULL, NULL, 'later', 1);
      """)
    #expect(slugs { _ = try open(.read).incidents() } == ["database-corrupt"])
  }

  @Test func aWriterElsewhereLocks() throws {
    try makeOurs()
    let other = try otherProgram()
    try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let database = try open(.readWrite)
    let text = "component,started,duration\napi,2024-10-03T09:00Z,45 min\n"
    #expect(slugs { try importText(text, into: database, in: folder) } == ["database-locked"])
    #expect(try open(.read).incidents().count == 1)
    try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try importText(text, into: database, in: folder).inserted == 1)
  }

  @Test func anExclusiveLockKeepsReadersOut() throws {
    try makeOurs()
    let other = try otherProgram()
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
    }
    #expect(slugs { _ = try open(.read) } == ["database-locked"])
    try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
  }

  @Test func readingLeavesNothingBeside() throws {
    try makeOurs()
    let before = try folder.snapshot()
    for _ in 0..<2 {
      let database = try open(.read)
      #expect(try database.incidents().count == 1)
      try database.close()
    }
    #expect(try folder.snapshot() == before)
  }

  @Test func readingDoesNotWrite() throws {
    try makeOurs()
    let database = try open(.read)
    let text = "component,started,duration\napi,2024-10-03T09:00Z,45 min\n"
    #expect(slugs { try importText(text, into: database, in: folder) } == ["database-read-only"])
  }

  @Test func aReaderSeesTheLastCommitWhileAnotherWrites() throws {
    try makeOurs()
    let writer = try open(.readWrite)
    try importText("component,started,duration\napi,2024-10-04T09:00Z,45 min\n", into: writer, in: folder)
    #expect(try open(.read).incidents().count == 2)
    try writer.close()
    #expect(try folder.snapshot().keys.sorted() == ["incidents.csv", "incidents.db"])
  }

  @Test func anInterruptedStartIsCompleted() throws {
    try tamper("PRAGMA application_id = \(DatabaseFile.applicationID)")
    try expectRefused("database-older", modes: [.read])
    #expect(try open(.create).incidents().isEmpty)
  }

  @Test("Odd names", arguments: ["a b?c#d%e.db", "file:x.db", "🙂.db", "it's.db"])
  func oddNames(name: String) throws {
    let odd = folder.path(name)
    try IncidentDatabase(path: odd, mode: .create).close()
    #expect(try IncidentDatabase(path: odd, mode: .read).incidents().isEmpty)
    #expect(FileManager.default.fileExists(atPath: odd))
  }
}
