internal import Economics
internal import Quantities

/// What is there when it was asked for: a goal, and what programs read of all that was asked.
extension RoiReport {
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

  // MARK: JSON

  /// What was asked for about an option, for programs.
  func asked(of option: Option) -> [(String, JSONValue)] {
    var members: [(String, JSONValue)] = []
    if let risk = option.risk { members.append(("riskAdjusted", json(risk, option))) }
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
}
