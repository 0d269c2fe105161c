public import Billing
internal import Foundation
public import Quantities

/// Two bills line by line: what vanished, what is new, what changed.
public struct BillComparisonSection: ReportSection {
  /// The key under which programs find it.
  public let key = "compare"
  private let comparison: BillComparison
  private let name: String
  private let text: AmountText

  /// A comparison with the bill of the model `name`.
  public init(_ comparison: BillComparison, with name: String) {
    self.comparison = comparison
    self.name = name
    text = AmountText(currency: comparison.after.currency)
  }

  private static let order: [BillComparison.Row.Change] = [.vanished, .added, .changed]

  /// What people read.
  public var blocks: [Document.Block] {
    var facts = [
      Document.Fact("Before", text.cents(comparison.before.monthly), [name]),
      Document.Fact("After", text.cents(comparison.after.monthly)),
      Document.Fact(
        "Difference", text.signed(comparison.difference), percent,
        number: .init(AmountText.number(comparison.difference), comparison.after.currency)),
    ]
    facts += undecidedFact + vanishedFact
    var blocks: [Document.Block] = [.heading("Line by line, against \(name)"), .facts(facts)]
    let rows = Self.order.flatMap { comparison.rows($0) }
    if !rows.isEmpty { blocks.append(.table(table(rows))) }
    let same = comparison.rows(.same).count
    blocks.append(.note("\(same) \(same == 1 ? "line is" : "lines are") the same in both."))
    return blocks
  }

  private var percent: [String] {
    let base = comparison.before.monthly - comparison.undecided.compactMap { $0.before?.monthly }.reduce(0, +)
    guard base > 0 else { return [] }
    let share = AmountText.number(comparison.difference / base)
    return ["\(share > 0 ? "+" : "")\(significant(share * 100, digits: 3)) %"]
  }

  /// What is known on one side only, and so in no difference.
  private var undecidedFact: [Document.Fact] {
    let rows = comparison.undecided
    guard !rows.isEmpty else { return [] }
    let (before, after) = (rows.compactMap { $0.before?.monthly }, rows.compactMap { $0.after?.monthly })
    return [
      Document.Fact(
        "Not compared", "\(rows.count) \(rows.count == 1 ? "line" : "lines")",
        [
          "known on one side only: \(text.cents(before.reduce(0, +))) before, "
            + "\(text.cents(after.reduce(0, +))) after, in no difference"
        ])
    ]
  }

  /// What the difference would be had nothing vanished: the question a reviewer asks of a plan that got cheaper.
  private var vanishedFact: [Document.Fact] {
    let vanished = comparison.rows(.vanished)
    guard !vanished.isEmpty else { return [] }
    let sum = vanished.compactMap { $0.before?.monthly }.reduce(0, +)
    return [
      Document.Fact(
        "Vanished", text.cents(sum),
        [
          "\(vanished.count) \(vanished.count == 1 ? "line" : "lines"); with them the difference is "
            + text.signed(comparison.difference + sum)
        ],
        number: .init(AmountText.number(sum), comparison.after.currency))
    ]
  }

  private func table(_ rows: [BillComparison.Row]) -> Document.Table {
    Document.Table(
      columns: ["Line", "", "Before", "After", "Difference"],
      cells: rows.map { row in
        [
          Document.Cell("\(row.resource) \(row.label)"), Document.Cell(row.change.rawValue),
          cell(row.before), cell(row.after),
          row.difference.map { Document.Cell(text.signed($0), number: AmountText.number($0)) } ?? "unknown",
        ]
      })
  }

  private func cell(_ side: BillComparison.Side?) -> Document.Cell {
    guard let side else { return "–" }
    guard side.isKnown else { return "unknown" }
    return Document.Cell(text.cents(side.monthly), number: AmountText.number(side.monthly))
  }

  /// What programs read.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "with": .string(name), "before": .decimal(comparison.before.monthly),
      "after": .decimal(comparison.after.monthly), "difference": .decimal(comparison.difference),
    ]
    for change in BillComparison.Row.Change.allCases {
      members[change.rawValue] = .array(comparison.rows(change).map(json))
    }
    return .object(members)
  }

  private func json(_ row: BillComparison.Row) -> JSONValue {
    [
      "resource": .string(row.resource), "label": .string(row.label), "before": json(row.before),
      "after": json(row.after),
      "difference": row.difference.map { .decimal($0) } ?? unknownJSON("a price or its use is not known"),
    ]
  }

  private func json(_ side: BillComparison.Side?) -> JSONValue {
    guard let side else { return .null }
    return [
      "label": .string(side.label), "unit": .string(side.unit),
      "quantity": side.quantity.map { .decimal($0) } ?? unknownJSON("use is not stated"),
      "monthly": side.isKnown ? .decimal(side.monthly) : unknownJSON("a price or its use is not known"),
    ]
  }
}
