public import Diagnostics
import Foundation
import GRDB

extension IncidentDatabase {
  /// Records an observation window; returns whether it was not there before.
  public func add(_ window: ObservationWindow, source: String) throws(Findings) -> Bool {
    try insert(
      into: "observation_windows",
      values: [
        ("source", source), ("component", window.component), ("units", window.units),
        ("start_ms", window.start.milliseconds), ("end_ms", window.end.milliseconds),
      ])
  }

  /// Records a maintenance window; returns whether it was not there before.
  public func add(_ window: MaintenanceWindow, source: String) throws(Findings) -> Bool {
    try insert(
      into: "maintenance_windows",
      values: [
        ("source", source), ("component", window.component), ("title", window.title),
        ("start_ms", window.start.milliseconds), ("end_ms", window.end.milliseconds),
      ])
  }

  /// The observation windows with their numbers, by their start.
  public func recordedWindows() throws(Findings) -> [Recorded<ObservationWindow>] {
    try fetch("observation_windows", orderedBy: "start_ms, end_ms, id") { row in
      Recorded(
        id: try row.required("id"), source: try row.required("source"), value: try ObservationWindow(row: row)
      )
    }
  }

  /// The maintenance windows with their numbers, by their start.
  public func recordedMaintenance() throws(Findings) -> [Recorded<MaintenanceWindow>] {
    try fetch("maintenance_windows", orderedBy: "start_ms, end_ms, id") { row in
      let window = try MaintenanceWindow(
        start: Date(milliseconds: try row.required("start_ms")),
        end: Date(milliseconds: try row.required("end_ms")),
        component: try row.optional("component"), title: try row.optional("title"))
      return Recorded(id: try row.required("id"), source: try row.required("source"), value: window)
    }
  }

  /// Removes an observation window; throws `window-missing` when there is none of that number.
  public func removeWindow(_ id: Int) throws(Findings) {
    try remove(id, from: "observation_windows", what: "observation window")
  }

  /// Removes a maintenance window; throws `window-missing` when there is none of that number.
  public func removeMaintenance(_ id: Int) throws(Findings) {
    try remove(id, from: "maintenance_windows", what: "maintenance window")
  }

  private func remove(_ id: Int, from table: String, what: String) throws(Findings) {
    try write { database in
      try database.execute(sql: "DELETE FROM \(table) WHERE id = ?", arguments: [id])
      guard database.changesCount > 0 else {
        throw Findings([
          Diagnostic(
            slug: "window-missing", "there is no \(what) \(id)", at: nil,
            help: "relmodel incidents window list")
        ])
      }
      return .commit
    }
  }
}

/// What the tables of the store have in common; the names come from constants.
extension IncidentDatabase {
  /// Inserts a row; returns whether it was not there before.
  func insert(into table: String, values: [(column: String, value: (any DatabaseValueConvertible)?)])
    throws(Findings) -> Bool
  {
    var isNew = false
    let columns = values.map(\.column).joined(separator: ", ")
    let places = values.map { _ in "?" }.joined(separator: ", ")
    let arguments = StatementArguments(values.map(\.value))
    try write { database in
      try database.execute(
        sql: "INSERT INTO \(table) (\(columns)) VALUES (\(places)) ON CONFLICT DO NOTHING",
        arguments: arguments)
      isNew = database.changesCount > 0
      return isNew ? .commit : .rollback
    }
    return isNew
  }

  /// All rows of a table.
  func fetch<Value>(_ table: String, orderedBy order: String, _ make: (Row) throws -> Value) throws(Findings)
    -> [Value]
  {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY \(order)").map(make)
    }
  }
}
