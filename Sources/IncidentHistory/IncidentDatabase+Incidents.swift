public import Diagnostics
public import Foundation
import GRDB

extension IncidentDatabase {
  /// The incidents that match, by the beginning of the outage.
  ///
  /// - Parameters:
  ///   - component: Only this component's; `nil` for all.
  ///   - mode: Only this mode's; `nil` for all.
  ///   - start: Only those that began then or later.
  ///   - end: Only those that began before then.
  ///   - limit: The most to return; `nil` for all.
  public func incidents(
    component: String? = nil, mode: String? = nil, from start: Date? = nil, to end: Date? = nil,
    limit: Int? = nil
  ) throws(Findings) -> [Incident] {
    var filter = IncidentFilter()
    (filter.component, filter.mode, filter.limit) = (component, mode, limit)
    (filter.start, filter.end) = (start, end)
    return try incidents(matching: filter)
  }

  /// The incidents that pass a filter, by the beginning of the outage.
  public func incidents(matching filter: IncidentFilter) throws(Findings) -> [Incident] {
    try read { try Row.fetchAll($0, filter.request()).map(Incident.init(row:)) }
  }

  /// Hands over the incidents that pass a filter one at a time, in memory that does not grow with their number.
  public func forEachIncident(matching filter: IncidentFilter, _ body: (Incident) -> Void) throws(Findings) {
    try read { database in
      let rows = try Row.fetchCursor(database, filter.request())
      while let row = try rows.next() { body(try Incident(row: row)) }
    }
  }

  /// Every component and mode that has unplanned incidents, by name, for "did you mean".
  public func knownModes() throws(Findings) -> [KnownMode] {
    let sql = """
      SELECT component, mode, count(*) AS count FROM incidents
      WHERE planned = 0 AND duplicate_of IS NULL GROUP BY component, mode ORDER BY component, mode
      """
    return try read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        KnownMode(
          component: try row.required("component"), mode: try row.optional("mode"),
          count: try row.required("count"))
      }
    }
  }

  /// The recorded windows in which `component` was watched, by their start; all windows when it is `nil`.
  public func windows(covering component: String? = nil) throws(Findings) -> [ObservationWindow] {
    var request = Table("observation_windows").order(Column("start_ms"), Column("end_ms"), Column("id"))
    if let component {
      request = request.filter(Column("component") == nil || Column("component") == component)
    }
    let matching = request
    return try read { try Row.fetchAll($0, matching).map(ObservationWindow.init(row:)) }
  }
}

extension ObservationWindow {
  /// Reads a row of the table `observation_windows`.
  init(row: Row) throws {
    try self.init(
      start: Date(milliseconds: try row.required("start_ms")),
      end: Date(milliseconds: try row.required("end_ms")),
      component: try row.optional("component"), units: try row.optional("units"))
  }
}
