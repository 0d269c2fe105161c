import Foundation
import Testing

import IncidentHistory
import Quantities
import Reports
import Stochastics

/// A database of incidents at hours after 2024-01-01T00:00Z.
struct HistoryFixture {
  let folder: TemporaryFolder
  let database: IncidentDatabase
  static let origin = Date(timeIntervalSince1970: 1_704_067_200)

  init() throws {
    folder = try TemporaryFolder()
    database = try IncidentDatabase(path: folder.path("incidents.db"), mode: .create)
  }

  static func date(_ hours: Double) -> Date { origin.addingTimeInterval(hours * 3_600) }

  /// Adds incidents of `api/crash` that begin at some hours and last for others; 0.1 h unless stated.
  func add(_ hours: [Double], lasting durations: [Double] = [], cause: String = "api,crash") throws {
    let rows = zip(hours, durations + [Double](repeating: 0.1, count: max(0, hours.count - durations.count)))
      .map { start, length in
        let (from, to) = (Self.date(start).isoText, Self.date(start + length).isoText)
        return "\(cause.replacing(",", with: "-"))-\(start),\(cause),\(from),\(to)"
      }
    try addRows("id,component,mode,started,resolved", rows)
  }

  /// Rows of our own CSV under a header.
  func addRows(_ header: String, _ rows: [String]) throws {
    try importText(header + "\n" + rows.joined(separator: "\n"), into: database, in: folder)
  }

  func watch(from: Double, to: Double, component: String? = nil) throws {
    let window = try ObservationWindow(start: Self.date(from), end: Self.date(to), component: component)
    _ = try database.add(window, source: "test")
  }

  func selection(_ change: (inout HistoryQuestion) -> Void = { _ in }) throws -> HistorySelection {
    var question = HistoryQuestion()
    change(&question)
    return try database.selection(question)
  }
}

extension JSONValue {
  /// What stands at a path of keys and indices.
  func at(_ path: String) -> JSONValue? {
    path.split(separator: ".").reduce(self as JSONValue?) { value, key in
      switch value {
      case .object(let members): members[String(key)]
      case .array(let elements): Int(key).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      default: nil
      }
    }
  }

  /// The number at a path; not a number where there is none.
  func number(_ path: String) -> Double {
    switch at(path) {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: .nan
    }
  }
}

func isClose(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-9) -> Bool {
  abs(found - expected) <= tolerance * max(1, abs(expected))
}
