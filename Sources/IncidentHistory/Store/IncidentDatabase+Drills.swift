public import Diagnostics
import Foundation
import GRDB

extension IncidentDatabase {
  /// Records a drill; returns whether there was none of its name at that time before.
  public func add(_ drill: Drill) throws(Findings) -> Bool {
    try insert(
      into: "drills",
      values: [
        ("name", drill.name), ("component", drill.component), ("held_ms", drill.held.milliseconds),
        ("expected_rto_ms", milliseconds(drill.expectedRecoveryHours)),
        ("achieved_rto_ms", milliseconds(drill.achievedRecoveryHours)),
        ("expected_rpo_ms", milliseconds(drill.expectedLossHours)),
        ("achieved_rpo_ms", milliseconds(drill.achievedLossHours)), ("succeeded", drill.succeeded),
        ("note", drill.note),
      ])
  }

  /// The drills, oldest first.
  public func drills() throws(Findings) -> [Drill] {
    try fetch("drills", orderedBy: "held_ms, id") { row in
      var drill = Drill(name: try row.required("name"), held: Date(milliseconds: try row.required("held_ms")))
      drill.component = try row.optional("component")
      drill.expectedRecoveryHours = try row.hours("expected_rto_ms")
      drill.achievedRecoveryHours = try row.hours("achieved_rto_ms")
      drill.expectedLossHours = try row.hours("expected_rpo_ms")
      drill.achievedLossHours = try row.hours("achieved_rpo_ms")
      drill.succeeded = try row.required("succeeded")
      drill.note = try row.optional("note")
      return drill
    }
  }

  /// Hours as whole milliseconds, up to 1,000 years.
  private func milliseconds(_ hours: Double?) -> Int? {
    hours.map { Int(min(max($0, 0), 8_766_000) * 3_600_000) }
  }
}

extension Row {
  /// A length kept in milliseconds, in hours.
  fileprivate func hours(_ column: String) throws -> Double? {
    (try optional(column) as Int?).map { Double($0) / 3_600_000 }
  }
}
