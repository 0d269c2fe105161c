internal import Billing
internal import Economics
internal import FoundationEssentials
public import Quantities
internal import Simulation
internal import Stochastics

extension RoiReport {
  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    var results: [String: JSONValue] = [
      "base": .string(frame.base), "currency": .string(frame.currency),
      "decision": .string(decision), "counted": .array(frame.counted.map { .string($0) }),
      "notes": .array((leftOut + conventions).map { .string($0) }), "years": .number(plan.years),
      "discountRatePerYear": .number(frame.rate.perYear),
      "discountRatePerMonth": .number(frame.rate.perMonth),
      "replications": .integer(frame.comparison.replications), "seed": .string("\(plan.seed)"),
      "lossExceedance": lossJSON,
      "partial": .bool(frame.comparison.isPartial),
      "options": .object(
        Dictionary(options.map { ($0.name, json($0)) }, uniquingKeysWith: { own, _ in own })),
    ]
    if let gate { results[gate.key] = gate.json }
    return frame.header.json(command: "roi", results: results, run: run)
  }

  private func json(_ option: Option) -> JSONValue {
    let found = option.returns
    let few = unknownJSON("fewer than two replications")
    let discounted = found.cashFlow.discounted(rate: frame.rate.perMonth)
    var members: [String: JSONValue] = [
      "npv": found.netPresentValue.map { value in valueJSON(value, found) } ?? few,
      "irr": rateJSON(found.internalRate),
      "mirr": found.modifiedInternalRate.map { exactJSON($0, unit: "1/y") }
        ?? unknownJSON("nothing is paid, or nothing comes back"),
      "roi": returnJSON(.netBenefitOverCost, found),
      "roiOfPresentValues": returnJSON(.netPresentValueOverCost, found),
      "benefitCostRatio": found.returnOnInvestment.benefitCostRatio.map { exactJSON($0, unit: "1") }
        ?? unknownJSON("nothing is paid"),
      "paybackMonths": paybackJSON(found.cashFlow),
      "discountedPaybackMonths": paybackJSON(discounted),
      "shareOfReplicationsPaidBack": .number(
        Double(found.paybacks.count) / Double(max(1, found.presentValues.count))),
      "probabilityPositive": found.probabilityPositive?.json(unit: "1") ?? few,
      "once": exactJSON(found.plan.once, unit: frame.currency),
      "takesHours": .number(found.plan.implementationHours),
      "months": .array(found.months.enumerated().map(monthJSON)),
      "breakEven": .object(
        Dictionary(found.tippings.map { ($0.input.rawValue, json($0)) }, uniquingKeysWith: { own, _ in own })),
      "leavesOut": .array(option.openLines.map { .string($0) }),
      "uncertainty": option.uncertain.map(json) ?? unknownJSON("all numbers are taken as known"),
    ]
    for (name, value) in asked(of: option) { members[name] = value }
    return .object(members)
  }

  private func valueJSON(_ value: Estimate, _ found: OptionReturn) -> JSONValue {
    var members: [String: JSONValue] = [
      "value": .number(value.value), "low": .number(value.low), "high": .number(value.high),
      "confidence": .number(value.confidence), "unit": .string(frame.currency),
    ]
    for (name, share) in [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)] {
      members[name] = found.percentile(share).map { .number($0) }
    }
    return .object(members)
  }

  private func rateJSON(_ rate: InternalRate) -> JSONValue {
    switch rate {
    case .none(let reason): unknownJSON(reason.rawValue)
    case .one(let value): exactJSON(value, unit: "1/y")
    case .several(let values):
      ["unknown": "several rates", "rates": .array(values.map { .number($0) }), "unit": "1/y"]
    }
  }

  private func returnJSON(_ convention: ReturnOnInvestment.Convention, _ found: OptionReturn) -> JSONValue {
    guard let value = found.returnOnInvestment.value(convention) else {
      return unknownJSON("nothing is paid")
    }
    return ["value": .number(value), "unit": "1", "formula": .string(convention.formula)]
  }

  private func paybackJSON(_ flow: CashFlow) -> JSONValue {
    flow.payback.map { exactJSON($0, unit: "months") } ?? unknownJSON("not within the horizon")
  }

  private func monthJSON(_ number: Int, _ month: OptionReturn.Month) -> JSONValue {
    var members: [String: JSONValue] = [
      "month": .integer(number + 1), "running": .number(month.running), "net": .number(month.net),
    ]
    for part in DowntimeCostPart.allCases { members[part.key] = .number(month.avoided[part]) }
    return .object(members)
  }

  func json(_ tipping: OptionReturn.Tipping) -> JSONValue {
    switch tipping.breakEven {
    case .atLeast(let value) where tipping.isOutOfReach:
      [
        "atLeast": .number(value), "now": .number(tipping.now),
        "atMost": tipping.most.map { .number($0) } ?? .null,
      ]
    case .atLeast(let value): ["atLeast": .number(value), "now": .number(tipping.now)]
    case .atMost(let value): ["atMost": .number(value), "now": .number(tipping.now)]
    case .always: ["unknown": "above 0 whatever it is", "now": .number(tipping.now)]
    case .never: ["unknown": "below 0 whatever it is", "now": .number(tipping.now)]
    }
  }
}
