public import Quantities
public import Reliability

/// The minimal sets of events that decide a top event or a capability.
public struct CutSetSection: ReportSection {
  /// The key under which programs find it.
  public let key = "cutSets"
  private let outcome: CutSetTable.Outcome

  /// A section about some sets.
  public init(_ sets: CutSetTable) { outcome = .table(sets) }

  /// A section about sets, or why there are none.
  public init(_ outcome: CutSetTable.Outcome) { self.outcome = outcome }

  /// How many sets there are, by order, and the most probable.
  public var blocks: [Document.Block] {
    switch outcome {
    case .table(let sets): blocks(sets)
    case .unknown(let reason): [.note("Minimal cut sets: not known; \(reason).")]
    }
  }

  private func blocks(_ sets: CutSetTable) -> [Document.Block] {
    let byOrder = sets.countsByOrder.enumerated().filter { $0.element != "0" }
    let shown = byOrder.prefix(8).map { "order \($0.offset): \(groupedDigits($0.element))" }
    let rest = byOrder.count > 8 ? ["…, order \(byOrder[byOrder.count - 1].offset)"] : []
    var blocks: [Document.Block] = [
      .facts([
        Document.Fact(
          sets.kind.prefix(1).uppercased() + sets.kind.dropFirst(), groupedDigits(sets.count),
          [(shown + rest).joined(separator: ", ")])
      ])
    ]
    if !sets.rows.isEmpty { blocks.append(.table(table(sets))) }
    return blocks + remarks(sets)
  }

  private func table(_ sets: CutSetTable) -> Document.Table {
    Document.Table(
      columns: ["Most probable sets", "order", "probability", "share of the sum"],
      cells: sets.rows.map { set in
        [
          Document.Cell(text(set.literals)),
          Document.Cell("\(set.literals.count)", number: Double(set.literals.count)),
          set.probability.map { Document.Cell(significant($0, digits: 4), number: $0) } ?? "unknown",
          set.share.map { Document.Cell(percentage($0), number: $0) } ?? "unknown",
        ]
      })
  }

  /// The events of a set for people, who read no more than some of a very long one.
  private func text(_ literals: [CutSetTable.Literal]) -> String {
    let shown = literals.prefix(literals.count > 24 ? 20 : 24).map(\.text).joined(separator: " · ")
    return literals.count > 24 ? shown + " · … (\(grouped(literals.count)) in all)" : shown
  }

  /// What the probabilities stand on, and their sum beside it.
  private func remarks(_ sets: CutSetTable) -> [Document.Block] {
    let sum = sets.probabilitySum.map { " Together they are \(significant($0, digits: 4))." } ?? ""
    return sets.remarks.enumerated().map { place, remark in
      .note(place == sets.remarks.count - 1 && sets.kind == "minimal cut sets" ? remark + sum : remark)
    }
  }

  /// Counts as strings of digits, sets as lists of names; `not` before an event that must be absent.
  public var json: JSONValue {
    switch outcome {
    case .table(let sets): json(sets)
    case .unknown(let reason): unknownJSON(reason)
    }
  }

  private func json(_ sets: CutSetTable) -> JSONValue {
    var members: [String: JSONValue] = [
      "kind": .string(sets.kind), "count": .string(sets.count),
      "countsByOrder": .array(sets.countsByOrder.map { .string($0) }),
      "sets": .array(
        sets.rows.map { set in
          [
            "events": .array(set.literals.map { .string($0.text) }),
            "probability": set.probability.map { .number($0) } ?? unknownJSON("an event has none"),
            "share": set.share.map { .number($0) } ?? unknownJSON("an event has no probability"),
          ]
        }),
    ]
    if !sets.remarks.isEmpty { members["remarks"] = .array(sets.remarks.map { .string($0) }) }
    members["probabilitySum"] = sets.probabilitySum.map { exactJSON($0, unit: "1") }
    members["minCutUpperBound"] = sets.minCutUpperBound.map { exactJSON($0, unit: "1") }
    return .object(members)
  }
}

extension CutSetTable.Literal {
  /// The name, after `not` when the event must be absent.
  var text: String { isNegated ? "not \(name)" : name }
}

/// Digits in groups of three.
func groupedDigits(_ digits: String) -> String {
  var grouped = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place).isMultiple(of: 3) { grouped.append(",") }
    grouped.append(digit)
  }
  return grouped
}
