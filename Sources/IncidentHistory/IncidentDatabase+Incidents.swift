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
      SELECT component, mode, other_components, count(*) AS count FROM incidents
      WHERE planned = 0 AND duplicate_of IS NULL GROUP BY component, mode, other_components
      ORDER BY component, mode
      """
    var counts: [Name: Int] = [:]
    try read { database in
      let rows = try Row.fetchCursor(database, sql: sql)
      while let row = try rows.next() {
        let (mode, count): (String?, Int) = (try row.optional("mode"), try row.required("count"))
        let others: String? = try row.optional("other_components")
        let names = [try row.required("component")] + (others?.split(separator: "\n").map(String.init) ?? [])
        for name in names { counts[Name(component: name, mode: mode), default: 0] += count }
      }
    }
    return counts.map { KnownMode(component: $0.component, mode: $0.mode, count: $1) }
      .sorted { ($0.component, $0.mode ?? "") < ($1.component, $1.mode ?? "") }
  }

  private struct Name: Hashable {
    let component: String
    let mode: String?
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
