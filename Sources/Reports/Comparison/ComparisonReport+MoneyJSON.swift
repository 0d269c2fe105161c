internal import Billing
internal import Economics
internal import Quantities
internal import Simulation
internal import Stochastics

extension ComparisonReport {
  /// The money of a design for programs.
  func moneyJSON(_ money: DesignMoney) -> JSONValue {
    var members: [String: JSONValue] = [
      "monthly": monthlyJSON(money),
      "once": money.once.map { ["value": .decimal($0.amount), "unit": .string($0.currency)] }
        ?? unknownJSON("no file states it"),
      "takes": money.takes.map { .string($0) } ?? unknownJSON("no file states it"),
    ]
    if let beside = money.beside {
      members["monthlyIncrease"] = [
        "value": .decimal(beside.difference), "unit": .string("\(beside.after.currency)/month"),
      ]
    }
    if let losses = money.losses, let currency = moneyFrame?.currency {
      let few = unknownJSON("too few simulated years")
      func json(_ estimate: Estimate?) -> JSONValue { estimate?.moneyJSON(perYear: currency) ?? few }
      members["downtimeCostPerYear"] = [
        "mean": json(losses.mean), "p90": json(losses.loss(returnPeriodYears: 10)),
        "p99": json(losses.loss(returnPeriodYears: 100)),
      ]
    }
    if let found = money.returns, let currency = moneyFrame?.currency {
      members["return"] = returnJSON(found, currency)
    }
    return .object(members)
  }

  private func monthlyJSON(_ money: DesignMoney) -> JSONValue {
    switch money.monthly {
    case .nothingStated: unknownJSON("the model states nothing that is paid for")
    case .unknown(let reason): unknownJSON(reason)
    case .bill(let bill):
      [
        "value": .decimal(bill.monthly), "unit": .string("\(bill.currency)/month"),
        "leavesOutLines": .integer(money.openLines), "prices": .string(bill.book),
      ]
    }
  }

  private func returnJSON(_ found: OptionReturn, _ currency: String) -> JSONValue {
    [
      "npv": found.netPresentValue?.json(unit: currency) ?? unknownJSON("fewer than two replications"),
      "probabilityPositive": found.probabilityPositive?.json(unit: "1")
        ?? unknownJSON("fewer than two replications"),
      "roi": found.returnOnInvestment.value(.netBenefitOverCost).map { exactJSON($0, unit: "1") }
        ?? unknownJSON("nothing is paid"),
      "paybackMonths": found.cashFlow.payback.map { exactJSON($0, unit: "months") }
        ?? unknownJSON("not within the horizon"),
      "years": .number(plan.years), "discountRatePerYear": .number(found.rate.perYear),
    ]
  }
}
