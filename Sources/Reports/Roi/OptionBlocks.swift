internal import Economics
internal import Quantities
internal import Simulation

/// One option: its cash flow by year, and where the decision tips.
struct OptionBlocks {
  private let option: RoiReport.Option
  private let report: RoiReport

  /// Whether what its inputs do is among them.
  private let hasInputs: Bool

  init(_ option: RoiReport.Option, report: RoiReport, hasInputs: Bool = true) {
    self.option = option
    self.report = report
    self.hasInputs = hasInputs
  }

  private var found: OptionReturn { option.returns }

  var blocks: [Document.Block] {
    [
      .heading(option.name), .table(yearTable), .heading("\(option.name) breaks even"),
      .facts(facts(found.tippings)),
    ]
      + notes.map { .note($0) } + report.goalBlocks(option) + (hasInputs ? report.inputBlocks(option) : [])
      + report.basisBlocks(option)
  }

  /// What the inputs must be for the report's goal.
  func goalFacts(_ goal: Goal) -> [Document.Fact] { facts(found.tippings(reaching: goal)) }

  private var yearTable: Document.Table {
    let present = found.cashFlow.discounted(rate: found.rate.perMonth).amounts
    let sums = found.cashFlow.cumulative
    var rows: [[Document.Cell]] = [
      [
        "start", amount(-found.plan.once), "",
      ] + report.columns.map { _ in "" } + [
        amount(-found.plan.once), amount(-found.plan.once), amount(-found.plan.once),
      ]
    ]
    for start in stride(from: 0, to: found.months.count, by: 12) {
      let months = found.months[start..<min(start + 12, found.months.count)]
      func sum(_ part: (OptionReturn.Month) -> Double) -> Document.Cell {
        amount(months.map(part).reduce(0, +))
      }
      let parts = report.columns.map { part in sum { $0.avoided[part] } }
      rows.append(
        [Document.Cell("year \(start / 12 + 1)"), "", sum(\.running)] + parts + [
          sum(\.net), amount(present[(start + 1)...months.endIndex].reduce(0, +)),
          amount(sums[months.endIndex]),
        ])
    }
    return Document.Table(
      columns: ["", "once", "running"] + report.columns.map(\.column) + ["net", "discounted", "sum of net"],
      cells: rows)
  }

  private func amount(_ value: Double) -> Document.Cell { report.cell(value == 0 ? 0 : value) }

  // MARK: Break-even

  private func facts(_ tippings: [OptionReturn.Tipping]) -> [Document.Fact] {
    tippings.map { tipping in
      Document.Fact(
        report.label(tipping.input), text(tipping),
        [now(tipping), distance(tipping), reach(tipping)].compactMap { $0 },
        number: tipping.breakEven.value.map { .init($0, report.unit(tipping.input)) })
    }
  }

  private func reach(_ tipping: OptionReturn.Tipping) -> String? {
    guard tipping.isOutOfReach, let most = tipping.most else { return nil }
    return "out of reach: no downtime at all is \(report.words(of: tipping.input, most))"
  }

  private func text(_ tipping: OptionReturn.Tipping) -> String {
    switch tipping.breakEven {
    case .atLeast(let value): "at least \(report.words(of: tipping.input, value))"
    case .atMost(let value): "at most \(report.words(of: tipping.input, value))"
    case .always: "whatever it is"
    case .never: "at no value"
    }
  }

  private func now(_ tipping: OptionReturn.Tipping) -> String? {
    tipping.breakEven.value == nil ? nil : "\(report.words(of: tipping.input, tipping.now)) now"
  }

  private func distance(_ tipping: OptionReturn.Tipping) -> String? {
    tipping.change.map { change in
      "\(change < 0 ? "−" : "+")\(significant(abs(change) * 100, digits: 3)) %"
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    if let first = found.mostSensitive, let change = distance(first) {
      notes.append("What of these tips it first: \(report.label(first.input)), \(change).")
    }
    if found.costs.total == 0 {
      notes.append(
        "No return on investment and no benefit/cost: nothing is paid, so there is nothing to divide by.")
    }
    switch found.internalRate {
    case .none(let reason): notes.append("No internal rate of return: \(reason.rawValue).")
    case .several(let rates):
      let list = rates.map { "\(significant($0 * 100, digits: 3)) %" }.joined(separator: ", ")
      notes.append("Several internal rates of return, \(list); none of them is the return. Take NPV or MIRR.")
    case .one: break
    }
    return notes
  }
}
