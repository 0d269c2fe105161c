internal import Economics
internal import Quantities
internal import Simulation

extension RoiReport {
  /// The change by every reckoning, and what drives them apart; none where it was not asked.
  func basisBlocks(_ option: Option) -> [Document.Block] {
    guard let basis = option.basis else { return [] }
    let steps = basis.steps
    let gap: [Document.Block] =
      steps.isEmpty
      ? []
      : [
        .heading("From “\(name(of: basis.first))” to “\(name(of: basis.own))”"),
        .table(stepTable(steps, basis)),
        .note(drivers(steps, basis)),
      ]
    return [.heading("\(option.name) by every reckoning"), .table(basisTable(basis))] + gap
      + (sources(basis) + basis.notes).map { .note($0) }
  }

  private func name(of row: BasisComparison.Row) -> String { "\(row.savings.name) × \(row.costs.name)" }

  private func basisTable(_ basis: RoiBasis) -> Document.Table {
    Document.Table(
      columns: [
        "saves by", "costs by", "saves a year", "costs a year", "NPV", "ROI", "ROI of PV", "benefit/cost",
        "payback",
      ],
      cells: basis.comparison.rows.map { row in
        let roi = row.figures.returnOnInvestment
        return [
          Document.Cell(row.savings.name), Document.Cell(row.costs.name), cell(row.savings.perYear.total),
          cell(row.costs.perYear), cell(row.figures.netPresentValue), share(roi.value(.netBenefitOverCost)),
          share(roi.value(.netPresentValueOverCost)),
          roi.benefitCostRatio.map { Document.Cell(significant($0, digits: 3), number: $0) } ?? "–",
          payback(row.figures.payback),
        ]
      })
  }

  private func stepTable(_ steps: [BasisComparison.Step], _ basis: RoiBasis) -> Document.Table {
    let total = basis.own.figures.netPresentValue - basis.first.figures.netPresentValue
    return Document.Table(
      columns: ["figure", "from, a year", "to, a year", "NPV"],
      cells: steps.map { step in
        [
          Document.Cell(label(step.figure)), amount(step, step.from), amount(step, step.to),
          cell(step.netPresentValue),
        ]
      } + [["all of it", "", "", cell(total)]])
  }

  /// An amount, and the hours that it is at the price of an hour.
  private func amount(_ step: BasisComparison.Step, _ value: Double) -> Document.Cell {
    guard step.figure == .part(.hours), let price = hourPrice, price > 0 else { return cell(value) }
    return Document.Cell("\(money(value)), \(significant(value / price, digits: 3)) h", number: value)
  }

  private func label(_ figure: BasisComparison.Step.Figure) -> String {
    switch figure {
    case .part(.hours): "hours of downtime avoided"
    case .part(.incidents): "outages avoided"
    case .part(.productivity): "work not lost"
    case .part(.credits): "credits not paid back"
    case .part(.penalties): "penalties not due"
    case .savings: "savings"
    case .running: "running cost"
    }
  }

  private func key(_ figure: BasisComparison.Step.Figure) -> String {
    switch figure {
    case .part(let part): part.key
    case .savings: "savings"
    case .running: "running"
    }
  }

  private func drivers(_ steps: [BasisComparison.Step], _ basis: RoiBasis) -> String {
    let gap = basis.own.figures.netPresentValue - basis.first.figures.netPresentValue
    let sorted = steps.sorted { abs($0.netPresentValue) > abs($1.netPresentValue) }
    let list = sorted.map { "\(label($0.figure)) \(money($0.netPresentValue))" }
    return
      "The NPV moves by \(money(gap)): \(list.joined(separator: ", ")). Figures are replaced in the order of the table; the order "
      + "changes none of them, since the NPV is linear in each."
  }

  private func sources(_ basis: RoiBasis) -> [String] {
    var seen: Set<String> = []
    let stated =
      basis.comparison.rows.flatMap {
        [($0.savings.name, $0.savings.source), ($0.costs.name, $0.costs.source)]
      }
    let lines = stated.compactMap { name, source in
      source.flatMap { seen.insert(name).inserted ? "\(name): \($0)" : nil }
    }
    return lines.isEmpty ? [] : ["Where they stand: \(lines.joined(separator: "; "))."]
  }

  // MARK: JSON

  /// The reckonings for programs.
  func json(_ basis: RoiBasis) -> JSONValue {
    [
      "rows": .array(basis.comparison.rows.map(json)),
      "gap": [
        "from": .string(name(of: basis.first)), "to": .string(name(of: basis.own)),
        "steps": .array(
          basis.steps.map { step in
            [
              "figure": .string(key(step.figure)), "from": .number(step.from), "to": .number(step.to),
              "npv": .number(step.netPresentValue),
            ]
          }),
      ],
      "notes": .array(basis.notes.map { .string($0) }),
    ]
  }

  private func json(_ row: BasisComparison.Row) -> JSONValue {
    json(
      row.figures,
      [
        "savings": .string(row.savings.name), "savingsOrigin": .string(row.savings.origin.rawValue),
        "costs": .string(row.costs.name), "costsOrigin": .string(row.costs.origin.rawValue),
        "savesPerYear": exactJSON(row.savings.perYear.total, unit: frame.currency),
        "costsPerYear": exactJSON(row.costs.perYear, unit: frame.currency),
      ])
  }
}
