internal import Economics
internal import Quantities

/// What is there when it was asked for: risk adjustment, a goal, the inputs of the decision.
extension RoiReport {
  // MARK: Risk

  /// Figures after benefits were lowered and costs raised, beside those before; none where it was not asked.
  var riskBlocks: [Document.Block] {
    guard let risk = frame.risk else { return [] }
    let table = Document.Table(
      columns: ["option", "", "benefits", "costs", "NPV", "ROI", "ROI of PV", "payback"],
      cells: options.flatMap { option in
        [
          riskRow(option.name, "as computed", option.returns.figures),
          riskRow(option.name, "risk-adjusted", option.returns.figures(adjustedBy: risk)),
        ]
      })
    return [
      .heading("With a margin for risk"), .table(table),
      .note(
        "Benefits are lowered by \(share(risk.benefitsLowered).text), costs raised by \(share(risk.costsRaised).text), what is "
          + "paid once among them; benefits and costs are present values."),
    ]
  }

  private func riskRow(_ name: String, _ what: String, _ found: InvestmentFigures) -> [Document.Cell] {
    let roi = found.returnOnInvestment
    return [
      Document.Cell(name), Document.Cell(what), cell(roi.benefits.present), cell(roi.costs.present),
      cell(found.netPresentValue), share(roi.value(.netBenefitOverCost)),
      share(roi.value(.netPresentValueOverCost)), payback(found.payback),
    ]
  }

  // MARK: Goal

  /// What must be true for the goal; none where none was asked for.
  func goalBlocks(_ option: Option) -> [Document.Block] {
    guard let goal = frame.goal else { return [] }
    return [
      .heading("What must be true of \(option.name) for \(words(of: goal))"),
      .facts(OptionBlocks(option, report: self).goalFacts(goal)),
      .note("Each alone, with all others as they are."),
    ]
  }

  func words(of goal: Goal) -> String {
    switch goal.measure {
    case .netPresentValue(let wanted): "an NPV of \(money(wanted))"
    case .returnOnInvestment(let wanted): "an ROI of \(share(wanted).text)"
    case .returnOnPresentValues(let wanted): "an ROI of PV of \(share(wanted).text)"
    case .benefitCostRatio(let wanted): "a benefit/cost of \(significant(wanted, digits: 3))"
    case .internalRate(let wanted): "an IRR of \(share(wanted.perYear).text)"
    case .payback(let months): "a payback within \(months) months"
    }
  }

  // MARK: Inputs

  /// What each input does, and which would flip the decision; none where it was not asked.
  func inputBlocks(_ option: Option) -> [Document.Block] {
    guard let widest = option.inputs.first?.swing, widest > 0 else { return [] }
    return [
      .heading("What decides about \(option.name)"),
      .bars(
        title: "Swing of the NPV, one input at a time, against the widest",
        option.inputs.prefix(12).map { Document.Bar(label($0.kind), share: $0.swing / widest) }),
      .table(inputTable(option.inputs)), .note(flipSentence(option)), .note(inputNote),
    ]
  }

  private func inputTable(_ inputs: [DecisionInput]) -> Document.Table {
    Document.Table(
      columns: ["input", "now", "low", "high", "NPV at low", "NPV at high", "flips at", "which is"],
      cells: inputs.map { input in
        [
          Document.Cell(label(input.kind)), value(input, input.now), value(input, input.low),
          value(input, input.high), cell(input.valueAtLow), cell(input.valueAtHigh),
          input.flip.map { value(input, $0) } ?? "–",
          input.change.map { Document.Cell(moved($0), number: $0) } ?? "–",
        ]
      })
  }

  private func value(_ input: DecisionInput, _ number: Double) -> Document.Cell {
    Document.Cell(words(of: input.kind, number), number: number)
  }

  /// Inputs that would flip the decision, the one that has to move least first.
  private func flipSentence(_ option: Option) -> String {
    let flips = option.inputs.filter { $0.flip != nil }.sorted { distance($0) < distance($1) }
    guard !flips.isEmpty else { return "No input alone flips the decision, as far as was looked." }
    let list = flips.map { input in
      let far = input.change.map { " (\(moved($0)))" } ?? ""
      return "\(label(input.kind)) at \(words(of: input.kind, input.flip ?? 0))\(far)"
    }
    return "What would flip the decision, the shortest way first: \(list.joined(separator: "; "))."
  }

  private func distance(_ input: DecisionInput) -> Double { input.change.map(abs) ?? .infinity }

  private var inputNote: String {
    "Money, effect, rate and time go from half to twice what they are, an effect at most to where no downtime is left, the "
      + "horizon at most to that of the simulation. Numbers of the models go from their 5th to their 95th percentile, as "
      + "multiples of what is stated, simulated with the same luck, and are looked for from × 0.1 to × 10."
  }

  // MARK: JSON

  /// What was asked for about an option, for programs.
  func asked(of option: Option) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    if let risk = frame.risk {
      let found = option.returns.figures(adjustedBy: risk)
      members.append(
        (
          "riskAdjusted",
          json(
            found,
            ["benefitsLowered": .number(risk.benefitsLowered), "costsRaised": .number(risk.costsRaised)])
        ))
    }
    if let goal = frame.goal {
      let found = option.returns.tippings(reaching: goal)
      members.append(
        (
          "goal",
          [
            "goal": .string(words(of: goal)),
            "needs": .object(
              Dictionary(found.map { ($0.input.rawValue, json($0)) }, uniquingKeysWith: { own, _ in own })),
          ]
        ))
    }
    if !option.inputs.isEmpty { members.append(("inputs", .array(option.inputs.map(json)))) }
    if let basis = option.basis { members.append(("basis", json(basis))) }
    return members
  }

  /// What benefits and costs come to, for programs.
  func json(_ found: InvestmentFigures, _ more: [String: JSONValue] = [:]) -> JSONValue {
    let roi = found.returnOnInvestment
    let unpaid = unknownJSON("nothing is paid")
    var members = more
    members["npv"] = exactJSON(found.netPresentValue, unit: frame.currency)
    members["roi"] = roi.value(.netBenefitOverCost).map { exactJSON($0, unit: "1") } ?? unpaid
    members["roiOfPresentValues"] =
      roi.value(.netPresentValueOverCost).map { exactJSON($0, unit: "1") } ?? unpaid
    members["benefitCostRatio"] = roi.benefitCostRatio.map { exactJSON($0, unit: "1") } ?? unpaid
    members["paybackMonths"] =
      found.payback.map { exactJSON($0, unit: "months") } ?? unknownJSON("not within the horizon")
    return .object(members)
  }

  private func json(_ input: DecisionInput) -> JSONValue {
    [
      "input": .string(label(input.kind)), "unit": .string(unit(input.kind)), "now": .number(input.now),
      "low": .number(input.low), "high": .number(input.high), "npvAtLow": .number(input.valueAtLow),
      "npvAtHigh": .number(input.valueAtHigh),
      "flipsAt": input.flip.map { .number($0) } ?? unknownJSON("not as far as was looked"),
    ]
  }
}
