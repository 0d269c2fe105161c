internal import Foundation
public import IncidentHistory
public import Quantities

/// Two answers about a model, one of them saved: what changed between them.
public struct RunComparison: Sendable {
  /// An answer with what is known of it.
  public struct Side: Sendable {
    let name: String
    let answer: SavedAnswer
    let digest: String
    let saved: Date?

    /// A saved run; `nil` when its results can not be read.
    public init?(_ run: SavedRun) {
      guard let answer = SavedAnswer(json: run.results) else { return nil }
      (name, self.answer, digest, saved) = (run.name ?? "run", answer, run.modelDigest, run.saved)
    }

    /// What the model says now.
    public init?(now results: String, digest: String) {
      guard let answer = SavedAnswer(json: results) else { return nil }
      (name, self.answer, self.digest, saved) = ("now", answer, digest, nil)
    }
  }

  /// One figure of a capability on both sides.
  struct Row: Sendable {
    let capability: String
    let figure: (key: String, label: String, unit: String)
    let before: SavedAnswer.Number?
    let after: SavedAnswer.Number?

    var difference: Double? {
      guard let before = before?.value, let after = after?.value else { return nil }
      return after - before
    }

    /// Whether their intervals have nothing in common; `nil` where one has none.
    var isBeyondIntervals: Bool? {
      guard let low = before?.low, let high = before?.high, let other = after?.low, let top = after?.high
      else { return nil }
      return top < low || high < other
    }
  }

  let before: Side
  let after: Side
  let rows: [Row]

  /// The figures of all capabilities that either has.
  public init(_ before: Side, _ after: Side) {
    (self.before, self.after) = (before, after)
    let names = Set(before.answer.capabilities.keys).union(after.answer.capabilities.keys).sorted()
    rows = names.flatMap { name in
      SavedAnswer.figures.map { figure in
        Row(
          capability: name, figure: figure, before: before.answer.number(figure.key, of: name),
          after: after.answer.number(figure.key, of: name))
      }
    }
  }

  private var isSameModel: Bool { before.digest == after.digest }

  /// What people read.
  public var document: Document {
    let table = Document.Table(
      columns: ["Capability", "", title(before), title(after), "Difference", ""],
      cells: rows.map { row in
        [
          Document.Cell(row.capability), Document.Cell(row.figure.label), cell(row.before, row.figure.key),
          cell(row.after, row.figure.key), difference(row), Document.Cell(verdict(row)),
        ]
      })
    return Document(
      title: "\(before.name) and \(after.name) · \(before.answer.model)",
      blocks: [.table(table)] + notes.map { .note($0) })
  }

  private func title(_ side: Side) -> String {
    side.saved.map { "\(side.name), \(String($0.isoText.prefix(10)))" } ?? side.name
  }

  private func cell(_ number: SavedAnswer.Number?, _ key: String) -> Document.Cell {
    number.map { Document.Cell($0.text(key), number: $0.value) } ?? "not there"
  }

  private func difference(_ row: Row) -> Document.Cell {
    guard let difference = row.difference else { return "" }
    let sign = difference < 0 ? "−" : "+"
    let size = abs(difference)
    let text =
      switch row.figure.key {
      case "unavailability": "\(difference > 0 ? "−" : "+")\(significant(size * 100, digits: 2)) points"
      case "downtimeHoursPerYear": "\(sign)\(TimeSpan(hours: size)?.description ?? "")"
      default: "\(sign)\(significant(size, digits: 2))"
      }
    return Document.Cell(size == 0 ? "none" : text, number: difference)
  }

  private func verdict(_ row: Row) -> String {
    guard let isBeyond = row.isBeyondIntervals, row.difference != 0 else { return "" }
    return isBeyond ? "beyond both intervals" : "within the intervals"
  }

  private var notes: [String] {
    var notes = [
      isSameModel
        ? "The model and what it is bound to say the same in both."
        : "The model, or what it is bound to, has changed between them."
    ]
    if before.answer.model != after.answer.model {
      notes.append("Two models: \(before.answer.model) and \(after.answer.model).")
    }
    if before.answer.command != after.answer.command {
      notes.append("\(before.name) is of \(before.answer.command), \(after.name) of \(after.answer.command).")
    } else if before.answer.plan != after.answer.plan {
      notes.append("Simulated with another number of replications or years, another seed or start.")
    }
    return notes
  }

  /// What programs read.
  public var json: JSONValue {
    var capabilities: [String: JSONValue] = [:]
    for name in Set(rows.map(\.capability)).sorted() {
      var members: [String: JSONValue] = [:]
      for row in rows where row.capability == name { members[row.figure.key] = json(row) }
      capabilities[name] = .object(members)
    }
    return [
      "format": "relmodel/1", "command": "runs compare",
      "results": [
        "before": json(before), "after": json(after), "sameModel": .bool(isSameModel),
        "capabilities": .object(capabilities),
      ],
    ]
  }

  private func json(_ row: Row) -> JSONValue {
    var members: [String: JSONValue] = [
      "before": row.before?.json ?? unknownJSON("not there"),
      "after": row.after?.json ?? unknownJSON("not there"), "unit": .string(row.figure.unit),
      "difference": row.difference.map { .number($0) } ?? unknownJSON("one side is not known"),
    ]
    members["beyondIntervals"] = row.isBeyondIntervals.map { .bool($0) }
    return .object(members)
  }

  private func json(_ side: Side) -> JSONValue {
    [
      "name": .string(side.name), "command": .string(side.answer.command),
      "model": .string(side.answer.model), "modelDigest": .string(side.digest),
      "saved": side.saved.map { .string($0.isoText) } ?? .null,
    ]
  }
}
