import GRDB

/// The indices of a table that is filled for the first time are made when it is full: sorting a million entries once is
/// faster than finding the place of each. All of it is part of the import's transaction, so that an import that fails or
/// is killed leaves the indices where they were.
struct IndexedLater {
  private let database: Database
  private let isFirst: Bool

  /// Takes the indices away where there are no incidents yet.
  init(_ database: Database) throws {
    self.database = database
    isFirst = try Row.fetchOne(database, sql: "SELECT 1 FROM incidents LIMIT 1") == nil
    guard isFirst else { return }
    for index in Schema.incidentIndices { try database.execute(sql: "DROP INDEX IF EXISTS \(index.name)") }
  }

  /// Makes them.
  func make() throws {
    guard isFirst else { return }
    for index in Schema.incidentIndices { try database.execute(sql: index.sql) }
  }
}
