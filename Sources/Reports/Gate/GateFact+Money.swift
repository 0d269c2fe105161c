public import Billing
public import Economics
internal import FoundationEssentials
internal import Quantities
internal import Simulation
internal import Stochastics

extension GateFact {
  /// What a gate may ask of a bill, and of the bill before it.
  public static func bill(_ bill: Bill, beside: BillComparison?, design: String = "") -> [GateFact] {
    let text = AmountText(currency: bill.currency)
    let open = bill.unknown.count + bill.perUse.count
    let remark =
      open == 0 ? nil : "leaves out \(open == 1 ? "1 line" : "\(open) lines") of unknown price or use"
    func fact(_ metric: GateMetric, _ amount: Decimal) -> GateFact {
      let limit = GateCondition.Limit.money(AmountText.number(amount), currency: bill.currency)
      return GateFact(metric, design: design, .found(limit, text: text.cents(amount)), remark: remark)
    }
    return [fact(.monthly, bill.monthly), fact(.yearly, bill.yearly)]
      + (beside.map { increase($0, design: design, remark: remark) } ?? [])
  }

  private static func increase(_ beside: BillComparison, design: String, remark: String?) -> [GateFact] {
    let currency = beside.after.currency
    let difference = AmountText.number(beside.difference)
    let text = AmountText(currency: currency).signed(beside.difference)
    let amount = GateFact(
      .monthlyIncrease, design: design, .found(.money(difference, currency: currency), text: text),
      remark: remark)
    let before = AmountText.number(beside.before.monthly)
    guard before > 0 else { return [amount] }
    let share = difference / before
    let percent = "\(share > 0 ? "+" : "")\(significant(share * 100, digits: 3)) %"
    return [
      amount,
      GateFact(.monthlyIncrease, design: design, .found(.share(share), text: percent), remark: remark),
    ]
  }

  /// What a gate may ask of a return.
  public static func returns(
    _ found: OptionReturn, currency: String, hoursPerMonth: Double, design: String
  ) -> [GateFact] {
    func fact(_ metric: GateMetric, _ value: Value?, _ why: String, _ of: Estimate? = nil) -> GateFact {
      GateFact(metric, design: design, value ?? .unknown(why), interval: of?.interval)
    }
    let few = "fewer than two replications"
    return [
      fact(
        .netPresentValue,
        found.netPresentValue.map {
          .found(.money($0.value, currency: currency), text: Money.text($0.value, currency: currency))
        }, few, found.netPresentValue),
      fact(.chance, found.probabilityPositive.map { share($0.value) }, few, found.probabilityPositive),
      fact(
        .returnOnInvestment, found.returnOnInvestment.value(.netBenefitOverCost).map(share), "nothing is paid"
      ),
      fact(.internalRate, rate(found), "there is not one rate"),
      fact(
        .payback,
        found.cashFlow.payback.map {
          .found(.hours($0 * hoursPerMonth), text: "\(significant($0, digits: 3)) months")
        }, "it is not paid back within the horizon"),
    ]
  }

  private static func rate(_ found: OptionReturn) -> Value? {
    if case .one(let rate) = found.internalRate { share(rate) } else { nil }
  }

  private static func share(_ value: Double) -> Value {
    .found(.share(value), text: "\(significant(value * 100, digits: 4).trimmingZeros) %")
  }
}
