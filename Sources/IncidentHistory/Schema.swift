import GRDB

/// The tables of an incident database and how they came to be.
///
/// Times are whole milliseconds since 1970 UTC; `datetime(started_ms / 1000, 'unixepoch')` shows one.
enum Schema {
  /// Every migration in order. An applied one is never changed: add another.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 incidents, windows, imports", foreignKeyChecks: .immediate) { database in
      try database.execute(sql: imports)
      try database.execute(sql: incidents)
      for index in incidentIndices { try database.execute(sql: index.sql) }
      try database.execute(sql: windows)
    }
    migrator.registerMigration("2 import lines, maintenance, drills, runs", foreignKeyChecks: .immediate) {
      database in
      try database.execute(sql: "ALTER TABLE incidents ADD COLUMN import_line INTEGER")
      try database.execute(sql: maintenance)
      try database.execute(sql: drills)
      try database.execute(sql: runs)
    }
    migrator.registerMigration("3 names of runs, further components", foreignKeyChecks: .immediate) {
      database in
      try database.execute(sql: names)
      try database.execute(sql: furtherComponents)
    }
    return migrator
  }

  private static let imports = """
    CREATE TABLE imports (
      id INTEGER PRIMARY KEY,
      file TEXT NOT NULL,
      sha256 TEXT,
      source TEXT NOT NULL,
      imported_ms INTEGER NOT NULL,
      inserted INTEGER NOT NULL DEFAULT 0,
      updated INTEGER NOT NULL DEFAULT 0,
      unchanged INTEGER NOT NULL DEFAULT 0,
      skipped INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    """

  private static let incidents = """
    CREATE TABLE incidents (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      external_id TEXT NOT NULL,
      service TEXT,
      component TEXT NOT NULL,
      mode TEXT,
      severity TEXT,
      urgency TEXT,
      title TEXT,
      note TEXT,
      started_ms INTEGER NOT NULL,
      detected_ms INTEGER,
      acknowledged_ms INTEGER,
      mitigated_ms INTEGER,
      resolved_ms INTEGER,
      impact_start_ms INTEGER,
      impact_end_ms INTEGER,
      planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)),
      impact_fraction REAL CHECK (impact_fraction BETWEEN 0 AND 1),
      users INTEGER CHECK (users >= 0),
      cost TEXT,
      parent TEXT,
      duplicate_of TEXT,
      import_id INTEGER REFERENCES imports (id),
      outage_start_ms INTEGER GENERATED ALWAYS AS (coalesce(impact_start_ms, started_ms)) VIRTUAL,
      outage_end_ms INTEGER GENERATED ALWAYS AS (coalesce(impact_end_ms, resolved_ms)) VIRTUAL,
      UNIQUE (source, external_id)
    ) STRICT;
    """

  /// What incidents are found by, beside their key.
  static let incidentIndices: [(name: String, sql: String)] = [
    (
      "incidents_by_mode",
      "CREATE INDEX incidents_by_mode ON incidents (component, mode, outage_start_ms);"
    ), ("incidents_by_start", "CREATE INDEX incidents_by_start ON incidents (outage_start_ms);"),
  ]

  private static let windows = """
    CREATE TABLE observation_windows (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      component TEXT,
      units INTEGER CHECK (units > 0),
      start_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
      import_id INTEGER REFERENCES imports (id)
    ) STRICT;
    CREATE UNIQUE INDEX observation_windows_once
      ON observation_windows (source, coalesce(component, ''), coalesce(units, 0), start_ms, end_ms);
    """

  private static let maintenance = """
    CREATE TABLE maintenance_windows (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      component TEXT,
      title TEXT,
      start_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
      import_id INTEGER REFERENCES imports (id)
    ) STRICT;
    CREATE UNIQUE INDEX maintenance_windows_once
      ON maintenance_windows (source, coalesce(component, ''), start_ms, end_ms);
    """

  private static let drills = """
    CREATE TABLE drills (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      component TEXT,
      held_ms INTEGER NOT NULL,
      expected_rto_ms INTEGER CHECK (expected_rto_ms >= 0),
      achieved_rto_ms INTEGER CHECK (achieved_rto_ms >= 0),
      expected_rpo_ms INTEGER CHECK (expected_rpo_ms >= 0),
      achieved_rpo_ms INTEGER CHECK (achieved_rpo_ms >= 0),
      succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1)),
      note TEXT,
      UNIQUE (name, held_ms)
    ) STRICT;
    """

  private static let names = """
    ALTER TABLE runs ADD COLUMN name TEXT;
    CREATE UNIQUE INDEX runs_by_name ON runs (name) WHERE name IS NOT NULL;
    """

  /// What else an incident hit beside its component, a name a line.
  private static let furtherComponents = """
    ALTER TABLE incidents ADD COLUMN other_components TEXT;
    CREATE INDEX incidents_of_several ON incidents (outage_start_ms) WHERE other_components IS NOT NULL;
    """

  private static let runs = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      saved_ms INTEGER NOT NULL,
      command TEXT NOT NULL,
      model TEXT NOT NULL,
      model_sha256 TEXT NOT NULL,
      seed TEXT,
      results TEXT NOT NULL,
      note TEXT
    ) STRICT;
    CREATE INDEX runs_by_time ON runs (saved_ms);
    """
}
