public import CloudCost
internal import Billing
internal import Foundation
public import Quantities

/// What was planned for a month beside what was billed.
public struct PlanAgainstBillSection: ReportSection {
  /// The key under which programs find it.
  public let key = "bill"
  private let plan: PlanAgainstBill
  private let view: PlanAgainstBill.View
  private let otherCurrencies: [String]
  private let text: AmountText

  /// A plan beside a bill.
  ///
  /// - Parameter otherCurrencies: currencies of the bill whose charges are in no row.
  public init(_ plan: PlanAgainstBill, view: PlanAgainstBill.View, otherCurrencies: [String]) {
    self.plan = plan
    self.view = view
    self.otherCurrencies = otherCurrencies
    text = AmountText(currency: plan.currency)
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let difference = plan.billed - plan.planned
    var blocks: [Document.Block] = [
      .heading("Planned and billed, \(plan.month)"),
      .facts([
        Document.Fact("Planned", text.cents(plan.planned)),
        Document.Fact("Billed", text.cents(plan.billed), ["\(view.rawValue) cost"]),
        Document.Fact(
          "Difference", text.signed(difference), number: .init(AmountText.number(difference), plan.currency)),
      ]), .table(table),
    ]
    if !otherCurrencies.isEmpty {
      blocks.append(
        .note(
          "Charges in \(otherCurrencies.joined(separator: ", ")) are left out; amounts of different currencies are never added."
        ))
    }
    return blocks
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["What", "by", "Region", "Planned", "Billed", "Difference", ""],
      cells: plan.rows.map { row in
        [
          Document.Cell(row.name), Document.Cell(row.join.rawValue), Document.Cell(row.region),
          cell(row.planned), cell(row.billed),
          Document.Cell(text.signed(row.difference), number: AmountText.number(row.difference)),
          Document.Cell(remark(row)),
        ]
      })
  }

  private func remark(_ row: PlanAgainstBill.Row) -> String {
    if row.openLines > 0 {
      return row.openLines == 1
        ? "1 planned line without an amount" : "\(row.openLines) planned lines without an amount"
    }
    if row.planned == nil { return "not planned" }
    return row.billed == nil ? "not billed" : ""
  }

  private func cell(_ amount: Decimal?) -> Document.Cell {
    amount.map { Document.Cell(text.cents($0), number: AmountText.number($0)) } ?? "–"
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "month": .string(plan.month.description), "view": .string(view.rawValue),
      "planned": .decimal(plan.planned), "billed": .decimal(plan.billed),
      "otherCurrencies": .array(otherCurrencies.map { .string($0) }),
      "rows": .array(
        plan.rows.map { row in
          [
            "name": .string(row.name), "by": .string(row.join.rawValue), "region": .string(row.region),
            "planned": row.planned.map { .decimal($0) } ?? .null,
            "billed": row.billed.map { .decimal($0) } ?? .null,
            "difference": .decimal(row.difference), "openLines": .integer(row.openLines),
          ]
        }),
    ]
  }
}
