public import Billing
internal import CloudCost
internal import Foundation
internal import Quantities
public import ServiceModel

/// What a month of a model costs, as a document and as JSON.
public struct CostReport: Sendable {
  let name: String
  let stated: Conventions
  let bill: Bill
  let sections: [any ReportSection]
  let text: AmountText

  /// A report.
  ///
  /// - Parameters:
  ///   - name: what is billed.
  ///   - conventions: those of the model, or the usual ones.
  ///   - sections: what else was asked for, such as a comparison.
  public init(
    name: String, conventions: Conventions, bill: Bill, sections: [any ReportSection] = []
  ) {
    self.name = name
    self.stated = conventions
    self.bill = bill
    self.sections = sections
    text = AmountText(currency: bill.currency)
  }

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(name) · cost of a month · \(bill.book)")
    document.blocks.append(.facts(totals))
    if let picture { document.blocks.append(.illustration(picture)) }
    if !bill.lines.isEmpty { document.blocks.append(.table(lineTable)) }
    document.blocks += sumTables
    document.blocks += commitmentBlocks
    document.blocks += openBlocks
    for section in sections { document.blocks += section.blocks }
    document.blocks += notes
    return document
  }

  private var totals: [Document.Fact] {
    var facts = [
      Document.Fact(
        "Monthly", text.cents(bill.monthly), remarks,
        number: .init(AmountText.number(bill.monthly), bill.currency))
    ]
    if bill.upfront != 0 {
      facts.append(
        Document.Fact(
          "paid as time goes", text.cents(bill.recurring), [],
          number: .init(AmountText.number(bill.recurring), bill.currency)))
      facts.append(
        Document.Fact(
          "paid once", text.cents(bill.upfront), ["spread over the months of each commitment"],
          number: .init(AmountText.number(bill.upfront), bill.currency)))
    }
    facts.append(
      Document.Fact(
        "A year", text.cents(bill.yearly), [], number: .init(AmountText.number(bill.yearly), bill.currency)))
    return facts
  }

  /// What the total leaves out stands beside it.
  private var remarks: [String] {
    var remarks: [String] = []
    if !bill.unknown.isEmpty {
      remarks.append("leaves out \(lines(bill.unknown.count)) without a known price")
    }
    if !bill.perUse.isEmpty {
      let verb = remarks.isEmpty ? "leaves out" : "and"
      remarks.append("\(verb) \(lines(bill.perUse.count)) whose use is not stated")
    }
    if bill.lines.isEmpty { remarks.append("the model states nothing that is paid for") }
    return remarks
  }

  private func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }

  private var lineTable: Document.Table {
    let known = bill.lines.map(\.monthly)
    let cents = Cents.parts(known.compactMap { $0 })
    var next = cents.startIndex
    let rows = bill.lines.map { line -> [Document.Cell] in
      guard line.monthly != nil else { return row(line, monthly: nil) }
      defer { next += 1 }
      return row(line, monthly: cents[next])
    }
    return Document.Table(
      columns: ["Resource", "What", "Quantity", "", "Unit price", "Monthly"], cells: rows)
  }

  private func row(_ line: LineItem, monthly: Decimal?) -> [Document.Cell] {
    let amount: Document.Cell =
      switch line.amount {
      case .known(let known):
        Document.Cell(text.cents(monthly ?? 0), number: AmountText.number(known.amortised))
      case .perUse: "by use"
      case .unknown: "unknown"
      }
    return [
      Document.Cell(line.resource), Document.Cell(label(of: line)),
      line.quantity.map { Document.Cell(text.quantity($0), number: AmountText.number($0)) } ?? "",
      Document.Cell(line.unit),
      line.unitPrice.map { Document.Cell(text.price($0), number: AmountText.number($0)) } ?? "",
      amount,
    ]
  }

  private func label(of line: LineItem) -> String {
    let bought = line.purchase == .onDemand ? "" : ", \(line.purchase.text)"
    let tier = line.tier.map { ", \(tierText($0))" } ?? ""
    return line.label + bought + tier
  }

  private func tierText(_ tier: PriceTier) -> String {
    guard let end = tier.upTo else { return "above \(text.quantity(tier.from))" }
    return tier.from == 0
      ? "first \(text.quantity(end))" : "\(text.quantity(tier.from)) to \(text.quantity(end))"
  }

  private var sumTables: [Document.Block] {
    [("Component", bill.sums { $0.owner }), ("Service", bill.sums { $0.service })]
      .filter { $0.1.count > 1 }
      .map { name, sums in .table(sumTable(name, sums)) }
  }

  private func sumTable(_ name: String, _ sums: [Bill.Sum]) -> Document.Table {
    let cents = Cents.parts(sums.map(\.monthly))
    let rows = zip(sums, cents).map { sum, cents -> [Document.Cell] in
      let share = bill.monthly > 0 ? AmountText.number(sum.monthly / bill.monthly) : 0
      return [
        Document.Cell(sum.name),
        sum.known == 0 ? "unknown" : Document.Cell(text.cents(cents), number: AmountText.number(sum.monthly)),
        sum.known == 0 ? "" : Document.Cell("\(Int((share * 100).rounded())) %", number: share),
        Document.Cell(sum.open == 0 || sum.known == 0 ? "" : "and \(lines(sum.open)) left out"),
      ]
    }
    return Document.Table(columns: [name, "Monthly", "Share", ""], cells: rows)
  }

  /// What became of each promise.
  private var commitmentBlocks: [Document.Block] {
    guard !bill.commitments.isEmpty else { return [] }
    let rows = bill.commitments.map { use -> [Document.Cell] in
      let name = [Document.Cell(use.name), Document.Cell(use.purchase.text)]
      if let reason = use.unknown {
        return name + [Document.Cell(text.cents(use.paid)), "unknown", "", Document.Cell(reason)]
      }
      return name + [
        Document.Cell(text.cents(use.paid), number: AmountText.number(use.paid)), percent(use.utilisation),
        percent(use.coverage), Document.Cell(text.signed(use.saved), number: AmountText.number(use.saved)),
      ]
    }
    return [
      .table(
        Document.Table(columns: ["Commitment", "", "Monthly", "used", "covers", "saves"], cells: rows)),
      .note("Used: of what is paid for. Covers: of what it could have covered, at on-demand prices."),
    ]
  }

  private func percent(_ share: Decimal?) -> Document.Cell {
    guard let share else { return "–" }
    let value = AmountText.number(share)
    return Document.Cell("\(significant(value * 100, digits: 3)) %", number: value)
  }

  /// What is unknown, and what would cost with use.
  private var openBlocks: [Document.Block] {
    let unknown = bill.unknown.map { line -> Document.Fact in
      guard case .unknown(let reason) = line.amount else { return Document.Fact(line.resource, line.label) }
      return Document.Fact(line.resource, line.label, [reason])
    }
    let perUse = bill.perUse.map { line -> Document.Fact in
      guard case .perUse(let what) = line.amount else { return Document.Fact(line.resource, line.label) }
      let price = line.unitPrice.map { "\(text.price($0)) per \(line.unit)" } ?? "price unknown"
      return Document.Fact(line.resource, line.label, [price, "state \(what)"])
    }
    return (unknown.isEmpty ? [] : [.heading("Unknown, and left out"), .facts(unknown)])
      + (perUse.isEmpty ? [] : [.heading("By use, and left out"), .facts(perUse)])
  }

  private var notes: [Document.Block] {
    var notes = bill.counts.map { "\($0.name): counted as \(text.quantity($0.likely)), \($0.reason)." }
    notes += unverifiedNote
    notes.append(
      "A month has \(text.quantity(bill.conventions.hoursPerMonth)) h, a terabyte "
        + "\(text.quantity(bill.conventions.gigabytesPerTerabyte)) GB; GB as the provider bills it. Tiers count over the whole account."
    )
    return notes.map { .note($0) }
  }

  private var unverifiedNote: [String] {
    let count = bill.unverified.count
    guard count > 0 else { return [] }
    let sum = bill.unverified.compactMap(\.monthly).reduce(0, +)
    return [
      "\(lines(count)), \(text.cents(sum)) a month, \(count == 1 ? "rests" : "rest") on prices that nobody verified: "
        + Set(bill.unverified.map(\.resource)).sorted().joined(separator: ", ") + "."
    ]
  }
}
