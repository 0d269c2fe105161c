public import Foundation
import GRDB

/// Which incidents are wanted; what is `nil` does not matter.
public struct IncidentFilter: Sendable, Hashable {
  /// Only this component's.
  public var component: String?
  /// Only this mode's.
  public var mode: String?
  /// Only this service's.
  public var service: String?
  /// Only those of this source.
  public var source: String?
  /// Only those of this severity, in the source's own words.
  public var severity: String?
  /// Only those whose outage began then or later.
  public var start: Date?
  /// Only those whose outage began before then.
  public var end: Date?
  /// Only planned ones, or only others.
  public var isPlanned: Bool?
  /// Only those that last, or only those that have ended.
  public var isOpen: Bool?
  /// Only those whose title holds this text, regardless of case.
  public var title: String?
  /// The most to return.
  public var limit: Int?

  /// A filter that lets everything through.
  public init() {}

  /// The query, by the beginning of the outage.
  func request() -> QueryInterfaceRequest<Row> {
    var request = Table("incidents").order(Column("outage_start_ms"), Column("id"))
    if let component {
      // Bound arguments only; a name is a line of the others.
      request = request.filter(
        sql: "(component = ? OR (other_components IS NOT NULL AND "
          + "instr(char(10) || other_components || char(10), char(10) || ? || char(10)) > 0))",
        arguments: [component, component])
    }
    let equalities = [
      ("mode", mode), ("service", service), ("source", source),
      ("severity", severity),
    ]
    for case (let column, let text?) in equalities { request = request.filter(Column(column) == text) }
    if let start { request = request.filter(Column("outage_start_ms") >= start.milliseconds) }
    if let end { request = request.filter(Column("outage_start_ms") < end.milliseconds) }
    if let isPlanned { request = request.filter(Column("planned") == isPlanned) }
    if let isOpen {
      let ends = Column("outage_end_ms")
      request = request.filter(isOpen ? ends == nil : ends != nil)
    }
    if let title {
      request = request.filter(sql: "instr(lower(coalesce(title, '')), lower(?)) > 0", arguments: [title])
    }
    return limit.map { request.limit(max(0, $0)) } ?? request
  }
}
