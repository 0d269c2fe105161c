import Foundation
import GRDB

/// An incident as a row of the table `incidents`.
extension Incident {
  /// The columns that identify an incident, then all others that an import may change.
  static let columnNames = [
    "source", "external_id", "service", "component", "mode", "severity", "urgency", "title", "note",
    "started_ms",
    "detected_ms", "acknowledged_ms", "mitigated_ms", "resolved_ms", "impact_start_ms", "impact_end_ms",
    "planned",
    "impact_fraction", "users", "cost", "parent", "duplicate_of",
    "other_components",
  ]

  /// The values of ``columnNames``, in that order.
  var columnValues: [DatabaseValue] {
    var values: [DatabaseValue] = []
    values.reserveCapacity(Self.columnNames.count + 2)
    for text in [source, externalID, service, component, mode, severity, urgency, title, note] {
      values.append(text?.databaseValue ?? .null)
    }
    for time in [started, detected, acknowledged, mitigated, resolved, impactStart, impactEnd] {
      values.append(time?.milliseconds.databaseValue ?? .null)
    }
    values.append(isPlanned.databaseValue)
    values.append(impactFraction?.databaseValue ?? .null)
    values.append(users?.databaseValue ?? .null)
    for text in [cost.map { "\($0)" }, parent, duplicateOf, otherComponentsText] {
      values.append(text?.databaseValue ?? .null)
    }
    return values
  }

  /// Reads a row; throws ``UnexpectedValue`` when a value is not of its column's type.
  init(row: Row) throws {
    self.init(
      source: try row.required("source"), externalID: try row.required("external_id"),
      component: try row.required("component"), started: Date(milliseconds: try row.required("started_ms")))
    (service, mode) = (try row.optional("service"), try row.optional("mode"))
    (severity, urgency) = (try row.optional("severity"), try row.optional("urgency"))
    (title, note) = (try row.optional("title"), try row.optional("note"))
    (detected, acknowledged) = (try row.date("detected_ms"), try row.date("acknowledged_ms"))
    (mitigated, resolved) = (try row.date("mitigated_ms"), try row.date("resolved_ms"))
    (impactStart, impactEnd) = (try row.date("impact_start_ms"), try row.date("impact_end_ms"))
    (isPlanned, impactFraction) = (try row.required("planned"), try row.optional("impact_fraction"))
    users = try row.optional("users")
    cost = try (row.optional("cost") as String?).flatMap { Decimal(string: $0) }
    (parent, duplicateOf) = (try row.optional("parent"), try row.optional("duplicate_of"))
    let others: String? = try row.optional("other_components")
    otherComponents = others?.split(separator: "\n").map(String.init) ?? []
  }

  /// The other components as they are kept, a name a line.
  var otherComponentsText: String? {
    otherComponents.isEmpty ? nil : otherComponents.joined(separator: "\n")
  }
}

/// A value in the database that can not be what its column holds.
struct UnexpectedValue: Error, CustomStringConvertible {
  let column: String
  var description: String { "an unexpected value in the column \(column)" }
}

/// Reads that throw where GRDB's own subscripts would stop the program.
extension Row {
  /// A value that must be there.
  func required<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    guard let value: Value = try optional(column) else { throw UnexpectedValue(column: column) }
    return value
  }

  /// A value that may be unknown.
  func optional<Value: DatabaseValueConvertible>(_ column: String) throws -> Value? {
    guard let stored: DatabaseValue = self[column] else { throw UnexpectedValue(column: column) }
    if stored.isNull { return nil }
    guard let value = Value.fromDatabaseValue(stored) else { throw UnexpectedValue(column: column) }
    return value
  }

  /// A time that may be unknown.
  func date(_ column: String) throws -> Date? {
    (try optional(column) as Int?).map { Date(milliseconds: $0) }
  }
}
