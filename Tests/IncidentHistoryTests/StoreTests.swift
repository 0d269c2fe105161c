import Diagnostics
import Foundation
import GRDB
import Testing

import IncidentHistory

@Suite struct StoreTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path("incidents.db") }

  init() throws { folder = try TemporaryFolder() }

  private func database(_ mode: IncidentDatabase.Mode = .create) throws -> IncidentDatabase {
    try IncidentDatabase(path: path, mode: mode)
  }

  private func date(_ text: String) throws -> Date { try TimeText.date(text, zone: nil) }

  @Test("A database of the first schema is opened and brought up to date", arguments: [true, false])
  func firstSchema(forReading: Bool) throws {
    try FirstSchema.make(at: path)
    let database = try database(forReading ? .read : .readWrite)
    let incident = try #require(try database.incidents().first)
    #expect((incident.externalID, incident.outageHours) == ("A", 0.75))
    #expect(try database.windows().count == 1 && database.drills().isEmpty && database.savedRuns().isEmpty)
    try database.close()
    #expect(try folder.snapshot().keys.sorted() == ["incidents.db"])
    let text = "id,component,mode,started,duration\nA,api,crash,2024-10-03T09:00Z,45 min\n"
    #expect(try importText(text, into: self.database(.readWrite), in: folder).unchanged == 1)
  }

  @Test("A first import leaves the indices there, whether it is kept or not", arguments: [true, false])
  func indicesAfterImport(isGood: Bool) throws {
    let text =
      "id,component,mode,started,duration\nA,api,crash,2024-10-03T09:00Z,\(isGood ? "45 min" : "-1 h")\n"
    let database = try database()
    _ = try? importText(text, into: database, in: folder)
    #expect(try database.incidents().count == (isGood ? 1 : 0))
    try database.close()
    let names = try DatabaseQueue(path: path).read {
      try String.fetchAll(
        $0, sql: "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'incidents'")
    }
    #expect(Set(names).isSuperset(of: ["incidents_by_mode", "incidents_by_start", "incidents_of_several"]))
  }

  @Test func safetyOfTheConnection() throws {
    try database().close()
    let queue = try DatabaseOpening(path: path, mode: .readWrite, busyTimeoutSeconds: 0).queue()
    let settings = try queue.read { connection in
      try ["trusted_schema", "foreign_keys", "journal_mode"].map {
        try String.fetchOne(connection, sql: "PRAGMA \($0)") ?? ""
      }
    }
    #expect(settings == ["0", "1", "wal"])
  }

  @Test func windowsAreAddedListedAndRemoved() throws {
    let database = try database()
    let window = try ObservationWindow(
      start: date("2024-01-01T00:00Z"), end: date("2024-01-11T00:00Z"), component: "api", units: 3)
    #expect(try database.add(window, source: "manual"))
    #expect(try !database.add(window, source: "manual"))
    let recorded = try #require(try database.recordedWindows().first)
    #expect(recorded.value == window && recorded.value.exposureUnitHours == 720)
    #expect(slugs { try database.removeWindow(99) } == ["window-missing"])
    try database.removeWindow(recorded.id)
    #expect(try database.recordedWindows().isEmpty)
  }

  /// Ten days watched less one day of work are 216 h; the outage that began in the work is planned.
  @Test func maintenanceIsNoExposureAndItsOutagesNoFailures() throws {
    let database = try database()
    let window = try ObservationWindow(parsing: "2024-01-01T00:00Z/10d")
    let text =
      "component,mode,started,duration\napi,crash,2024-01-02T00:00Z,1 h\napi,crash,2024-01-05T06:00Z,2 h\n"
    try importText(text, into: database, in: folder, window: window)
    let work = try MaintenanceWindow(
      start: date("2024-01-05T00:00Z"), end: date("2024-01-06T00:00Z"), component: "api", title: "upgrade")
    #expect(try database.add(work, source: "manual"))
    let seen = try database.observation(component: "api", mode: "crash", window: .recorded)
    #expect((seen.count, seen.windowHours, seen.downtimeHours) == (1, 216, 1))
    #expect(seen.warnings.map(\.slug) == ["in-maintenance"])
    #expect(try database.observation(component: "web", mode: "crash", window: .recorded).windowHours == 240)
    try database.removeMaintenance(#require(try database.recordedMaintenance().first).id)
    #expect(try database.observation(component: "api", mode: "crash", window: .recorded).windowHours == 240)
  }

  @Test func drillsKeepWhatWasPromisedOrNot() throws {
    let database = try database()
    var drill = Drill(name: "restore", held: try date("2024-01-01T00:00Z"))
    #expect(drill.keptPromises == nil)
    (drill.expectedRecoveryHours, drill.achievedRecoveryHours) = (4, 3.5)
    #expect(drill.keptPromises == true)
    (drill.expectedLossHours, drill.achievedLossHours) = (0.25, 0.5)
    #expect(drill.keptPromises == false)
    #expect(try database.add(drill) && !database.add(drill))
    #expect(try database.drills() == [drill])
  }

  @Test func runsComeBack() throws {
    let database = try database()
    var run = SavedRun(
      saved: importTime, command: "simulate", model: "checkout", modelDigest: "ab", results: "{\"x\": 1}")
    run.seed = "42"
    try database.add(run)
    #expect(try database.savedRuns() == [run])
  }

  @Test func filters() throws {
    let database = try database()
    try importText(
      """
      id,component,mode,service,severity,title,planned,started,duration
      1,api,crash,Shop,SEV1,disk FULL,no,2024-01-01T00:00Z,1 h
      2,api,slow,Shop,SEV2,latency,yes,2024-02-01T00:00Z,1 h
      3,web,crash,Site,SEV1,down,no,2024-03-01T00:00Z,open

      """, into: database, in: folder)
    func ids(_ change: (inout IncidentFilter) throws -> Void) throws -> String {
      var filter = IncidentFilter()
      try change(&filter)
      return try database.incidents(matching: filter).map(\.externalID).joined()
    }
    #expect(try ids { _ in } == "123")
    #expect(try ids { $0.component = "api" } == "12")
    #expect(try ids { $0.severity = "SEV1" } == "13")
    #expect(try ids { $0.service = "Site" } == "3")
    #expect(try ids { $0.title = "full" } == "1")
    #expect(try ids { $0.title = "%" } == "")
    #expect(try ids { $0.isPlanned = true } == "2")
    #expect(try ids { $0.isOpen = true } == "3")
    #expect(try ids { $0.isOpen = false } == "12")
    #expect(try ids { $0.start = try date("2024-02-01T00:00Z") } == "23")
    #expect(try ids { $0.limit = 1 } == "1")
  }
}

/// A database as the first schema made it, written out so that later changes do not alter it.
private enum FirstSchema {
  static func make(at path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  private static let sql = """
    PRAGMA application_id = 1919249517;
    PRAGMA journal_mode = WAL;
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('1 incidents, windows, imports');
    CREATE TABLE imports (
      id INTEGER PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT, source TEXT NOT NULL, imported_ms INTEGER NOT NULL,
      inserted INTEGER NOT NULL DEFAULT 0, updated INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0,
      skipped INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE incidents (
      id INTEGER PRIMARY KEY, source TEXT NOT NULL, external_id TEXT NOT NULL, service TEXT, component TEXT NOT NULL,
      mode TEXT, severity TEXT, urgency TEXT, title TEXT, note TEXT, started_ms INTEGER NOT NULL, detected_ms INTEGER,
      acknowledged_ms INTEGER, mitigated_ms INTEGER, resolved_ms INTEGER, impact_start_ms INTEGER,
      impact_end_ms INTEGER, planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)),
      impact_fraction REAL CHECK (impact_fraction BETWEEN 0 AND 1), users INTEGER CHECK (users >= 0), cost TEXT,
      parent TEXT, duplicate_of TEXT, import_id INTEGER REFERENCES imports (id),
      outage_start_ms INTEGER GENERATED ALWAYS AS (coalesce(impact_start_ms, started_ms)) VIRTUAL,
      outage_end_ms INTEGER GENERATED ALWAYS AS (coalesce(impact_end_ms, resolved_ms)) VIRTUAL,
      UNIQUE (source, external_id)) STRICT;
    CREATE INDEX incidents_by_mode ON incidents (component, mode, outage_start_ms);
    CREATE INDEX incidents_by_start ON incidents (outage_start_ms);
    CREATE TABLE observation_windows (
      id INTEGER PRIMARY KEY, source TEXT NOT NULL, component TEXT, units INTEGER CHECK (units > 0),
      start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
      import_id INTEGER REFERENCES imports (id)) STRICT;
    CREATE UNIQUE INDEX observation_windows_once
      ON observation_windows (source, coalesce(component, ''), coalesce(units, 0), start_ms, end_ms);
    INSERT INTO imports (file, source, imported_ms) VALUES ('old.csv', 'csv', 1);
    INSERT INTO incidents (source, external_id, component, mode, started_ms, impact_end_ms, import_id)
      VALUES ('csv', 'A', 'api', 'crash', 1727946000000, 1727948700000, 1);
    INSERT INTO observation_windows (source, start_ms, end_ms) VALUES ('csv', 1727740800000, 1730419200000);
    """
}
