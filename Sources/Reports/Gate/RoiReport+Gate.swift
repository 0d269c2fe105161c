internal import Billing
internal import Economics
internal import ServiceModel

extension RoiReport {
  /// What a gate may ask of every option.
  public var gateFacts: [GateFact] {
    options.flatMap { option in
      GateFact.returns(
        option.returns, currency: frame.currency, hoursPerMonth: frame.header.conventions.hoursPerMonth,
        design: option.name)
        + GateFact.bill(option.bills.after, beside: option.bills, design: option.name)
        + [
          GateFact(
            .once, design: option.name,
            .found(
              .money(option.returns.plan.once, currency: frame.currency),
              text: money(option.returns.plan.once)),
            remark: option.once == nil ? "no file states it" : nil)
        ]
    }
  }
}
