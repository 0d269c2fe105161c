internal import Economics
internal import Quantities

extension RoiReport {
  /// Figures after benefits were lowered and costs raised, beside those before; none where nothing says by how much.
  var riskBlocks: [Document.Block] {
    let adjusted = options.compactMap { option in option.risk.map { (option: option, risk: $0) } }
    guard !adjusted.isEmpty else { return [] }
    let table = Document.Table(
      columns: ["option", "", "benefits", "costs", "NPV", "ROI", "ROI of PV", "payback"],
      cells: adjusted.flatMap { option, risk in
        [
          riskRow(option.name, "as computed", option.returns.figures),
          riskRow(option.name, "risk-adjusted", option.returns.figures(adjustedBy: risk.adjustment)),
        ]
      })
    return [.heading("With a margin for risk"), .table(table)] + riskNotes(adjusted).map { .note($0) }
  }

  /// What is taken off; what holds for all options is said once.
  private func riskNotes(_ adjusted: [(option: Option, risk: OptionRisk)]) -> [String] {
    let isCommon = adjusted.allSatisfy { $0.risk == adjusted.first?.risk }
    return adjusted.prefix(isCommon ? 1 : adjusted.count).map { option, risk in
      let whose = isCommon ? "" : "\(option.name): "
      return whose + words(of: risk.adjustment) + " By \(risk.statedBy.joined(separator: "; "))."
    }
  }

  private func words(of risk: RiskAdjustment) -> String {
    let end = "benefits and costs are present values."
    if let benefits = risk.benefitsLowered, let costs = risk.costsRaised {
      return
        "Benefits are lowered by \(share(benefits).text), costs raised by \(share(costs).text), what is paid once among them; "
        + end
    }
    let lowered = RiskAdjustment.Category.allCases.filter { $0.isBenefit && risk[$0] > 0 }.map {
      "\($0.label) by \(share(risk[$0]).text)"
    }
    let raised = RiskAdjustment.Category.allCases.filter { !$0.isBenefit && risk[$0] > 0 }.map {
      "\($0.label) by \(share(risk[$0]).text)"
    }
    let parts =
      (lowered.isEmpty ? [] : ["lowered: \(lowered.joined(separator: ", "))"])
      + (raised.isEmpty ? [] : ["raised: \(raised.joined(separator: ", "))"])
    return "\(parts.isEmpty ? "Nothing is lowered or raised" : parts.joined(separator: "; ")); \(end)"
      .capitalizedFirst
  }

  private func riskRow(_ name: String, _ what: String, _ found: InvestmentFigures) -> [Document.Cell] {
    let roi = found.returnOnInvestment
    return [
      Document.Cell(name), Document.Cell(what), cell(roi.benefits.present), cell(roi.costs.present),
      cell(found.netPresentValue), share(roi.value(.netBenefitOverCost)),
      share(roi.value(.netPresentValueOverCost)), payback(found.payback),
    ]
  }

  // MARK: JSON

  /// The figures of an option after its margin, for programs.
  func json(_ risk: OptionRisk, _ option: Option) -> JSONValue {
    func shares(_ isBenefit: Bool) -> JSONValue {
      .object(
        Dictionary(
          RiskAdjustment.Category.allCases.filter { $0.isBenefit == isBenefit }.map {
            ($0.rawValue, .number(risk.adjustment[$0]))
          }, uniquingKeysWith: { own, _ in own }))
    }
    var members: [String: JSONValue] = [
      "lowered": shares(true), "raised": shares(false),
      "statedBy": .array(risk.statedBy.map { .string($0) }),
    ]
    members["benefitsLowered"] = risk.adjustment.benefitsLowered.map { .number($0) }
    members["costsRaised"] = risk.adjustment.costsRaised.map { .number($0) }
    return json(option.returns.figures(adjustedBy: risk.adjustment), members)
  }
}

extension RiskAdjustment.Category {
  fileprivate var label: String {
    switch self {
    case .hours: "hours of downtime avoided"
    case .outages: "outages avoided"
    case .productivity: "work not lost"
    case .credits: "credits not paid back"
    case .penalties: "penalties not due"
    case .runningLess: "what running costs less"
    case .once: "what is paid once"
    case .runningMore: "what running costs more"
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
