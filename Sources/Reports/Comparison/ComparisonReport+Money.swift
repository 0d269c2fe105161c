internal import Billing
internal import Economics
internal import FoundationEssentials
internal import Quantities
internal import Simulation
internal import Stochastics

/// What designs cost, what their downtime costs, and what they are worth.
extension ComparisonReport {
  var moneyBlocks: [Document.Block] {
    let tables = [billTable, lossTable, returnTable].compactMap { $0 }
    guard !tables.isEmpty else { return [] }
    return [.heading("Money")] + tables.map { .table($0) } + moneyNotes.map { .note($0) }
  }

  // MARK: Bills

  private var billTable: Document.Table? {
    guard designs.contains(where: { $0.money?.isSaid == true }) else { return nil }
    let hasBill = designs.contains {
      if case .nothingStated? = $0.money?.monthly { false } else { $0.money != nil }
    }
    let hasPlan = designs.contains { $0.money?.once != nil || $0.money?.takes != nil }
    guard hasBill || hasPlan else { return nil }
    return Document.Table(
      columns: [""] + (hasBill ? ["a month", "more than \(mark(0))"] : [])
        + (hasPlan ? ["once", "takes"] : []),
      cells: designs.indices.compactMap { design in
        designs[design].money.map { money in
          [Document.Cell(mark(design))] + (hasBill ? billCells(money) : [])
            + (hasPlan ? planCells(money, isBase: design == 0) : [])
        }
      })
  }

  private func billCells(_ money: DesignMoney) -> [Document.Cell] {
    let monthly: Document.Cell =
      switch money.monthly {
      case .nothingStated: "not stated"
      case .unknown: "unknown"
      case .bill(let bill):
        Document.Cell(
          AmountText(currency: bill.currency).cents(bill.monthly), number: AmountText.number(bill.monthly))
      }
    let more = money.beside.map { beside in
      Document.Cell(
        AmountText(currency: beside.after.currency).signed(beside.difference),
        number: AmountText.number(beside.difference))
    }
    return [monthly, more ?? "–"]
  }

  private func planCells(_ money: DesignMoney, isBase: Bool) -> [Document.Cell] {
    if isBase { return ["–", "–"] }
    return [
      money.once.map { Document.Cell("\($0)", number: $0.double) } ?? "not stated",
      Document.Cell(money.takes ?? "not stated"),
    ]
  }

  // MARK: Risk

  private var lossTable: Document.Table? {
    let known = designs.indices.filter { designs[$0].money?.losses != nil }
    guard !known.isEmpty, let currency = moneyFrame?.currency else { return nil }
    func cell(_ estimate: Estimate?) -> Document.Cell {
      guard let estimate else { return "too few years" }
      let (low, high) = (amount(estimate.low, currency), amount(estimate.high, currency))
      return Document.Cell("\(amount(estimate.value, currency)) (\(low) – \(high))", number: estimate.value)
    }
    return Document.Table(
      columns: ["", "downtime costs a year", "1 year in 10 more than", "1 year in 100 more than"],
      cells: known.compactMap { design in
        designs[design].money?.losses.map { losses in
          [Document.Cell(mark(design)), cell(losses.mean)]
            + [10, 100].map { cell(losses.loss(returnPeriodYears: $0)) }
        }
      })
  }

  private func amount(_ value: Double, _ currency: String) -> String {
    Money.text(value, currency: currency)
  }

  // MARK: Return

  private var returnTable: Document.Table? {
    let known = designs.indices.filter { designs[$0].money?.returns != nil }
    guard !known.isEmpty, let currency = moneyFrame?.currency else { return nil }
    return Document.Table(
      columns: [
        "over \(yearsText)", "NPV", "\(percentage(plan.confidence)) interval", "above 0", "ROI", "payback",
      ],
      cells: known.compactMap { design in
        designs[design].money?.returns.map { [Document.Cell(mark(design))] + cells($0, currency) }
      })
  }

  private func cells(_ found: OptionReturn, _ currency: String) -> [Document.Cell] {
    let value = found.netPresentValue
    let payback = found.cashFlow.payback.map {
      Document.Cell("\(significant($0, digits: 3)) months", number: $0)
    }
    let roi = found.returnOnInvestment.value(.netBenefitOverCost)
    return [
      value.map { Document.Cell(amount($0.value, currency), number: $0.value) } ?? "–",
      value.map { Document.Cell("\(amount($0.low, currency)) to \(amount($0.high, currency))") } ?? "–",
      found.probabilityPositive.map { Document.Cell(percentage($0.value), number: $0.value) } ?? "–",
      roi.map { Document.Cell("\(significant($0 * 100, digits: 3)) %", number: $0) } ?? "–",
      payback ?? "never",
    ]
  }

  /// The horizon in words.
  var yearsText: String {
    plan.years == 1 ? "1 year" : "\(significant(plan.years, digits: 4).trimmingZeros) years"
  }

  // MARK: Notes

  private var moneyNotes: [String] {
    var notes = openNotes + undecidedNotes
    if designs.contains(where: { $0.money?.returns != nil }), let rate = moneyFrame?.rate {
      notes.append(
        "Worth over \(yearsText) at \(significant(rate.perYear * 100, digits: 4).trimmingZeros) % a year against "
          + "\(mark(0)), from the same replications: downtime of \(moneyFrame?.counted.joined(separator: ", ") ?? "") "
          + "avoided, less what is paid once and what a month costs more; what no file states is 0. relmodel roi has the "
          + "cash flow.")
      if let counted = moneyFrame?.counted, counted.count > 1 {
        notes.append(
          "Prices of downtime are added: an hour in which several are down counts for each; --capability picks."
        )
      }
    }
    return notes + worthlessNotes + (moneyFrame?.notes ?? [])
  }

  /// Designs of which it can not be said what they are worth, though downtime has a price.
  private var worthlessNotes: [String] {
    let silent = designs.indices.dropFirst().filter { design in
      designs[design].money.map { $0.returns == nil && $0.losses != nil } ?? false
    }
    guard !silent.isEmpty, moneyFrame?.rate != nil, let currency = moneyFrame?.currency else { return [] }
    return [
      "What \(marks(silent)) is worth can not be told: a bill, or what is paid once, is not known in \(currency)."
    ]
  }

  private var openNotes: [String] {
    let open = designs.indices.filter { (designs[$0].money?.openLines ?? 0) > 0 }
    let unknown = byDesign { design -> [String] in
      if case .unknown(let reason)? = designs[design].money?.monthly { [reason] } else { [] }
    }
    let counts = open.map { "\(mark($0)) \(grouped(designs[$0].money?.openLines ?? 0))" }
    return
      (counts.isEmpty
      ? [] : ["Lines whose price or use is not known are in no total: \(counts.joined(separator: ", "))."])
      + unknown.map { "No bill of \(marks($0.designs)): \($0.text)." }
  }

  /// What is known on one side only, and so in no difference of bills.
  private var undecidedNotes: [String] {
    byDesign { design in
      designs[design].money?.beside?.undecided.map { "\($0.resource) (\($0.label))" } ?? []
    }.map {
      "\($0.text), against \(mark(0)) in \(marks($0.designs)): known on one side only, and in no difference."
    }
  }
}
