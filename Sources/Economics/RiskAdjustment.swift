/// What a cautious reader takes off benefits and puts on costs, before anything else is computed.
///
/// Source: Forrester, *Total Economic Impact*: benefits are lowered and costs raised by a share each.
public struct RiskAdjustment: Sendable, Hashable {
  /// The share by which benefits are lowered, 0…1.
  public let benefitsLowered: Double
  /// The share by which costs are raised; not negative.
  public let costsRaised: Double

  /// Shares; `nil` unless benefits are lowered by at most all of them, and costs not lowered.
  public init?(benefitsLowered: Double, costsRaised: Double) {
    guard (0...1).contains(benefitsLowered), costsRaised >= 0, costsRaised.isFinite else { return nil }
    (self.benefitsLowered, self.costsRaised) = (benefitsLowered, costsRaised)
  }

  /// Benefits and costs, both positive, after it.
  public func adjusted(benefits: CashFlow, costs: CashFlow) -> (benefits: CashFlow, costs: CashFlow) {
    (
      CashFlow(finite: benefits.amounts.map { $0 * (1 - benefitsLowered) }),
      CashFlow(finite: costs.amounts.map { $0 * (1 + costsRaised) })
    )
  }
}

/// What benefits and costs come to.
public struct InvestmentFigures: Sendable, Hashable {
  /// What they come to together, now and then.
  public let cashFlow: CashFlow
  /// The net present value.
  public let netPresentValue: Double
  /// Returns by both conventions.
  public let returnOnInvestment: ReturnOnInvestment
  /// Periods until it has paid for itself; `nil` when it does not.
  public let payback: Double?

  /// The figures of benefits and costs, both positive, at the ends of periods.
  ///
  /// - Parameter rate: the rate of discount of a period.
  public init(benefits: CashFlow, costs: CashFlow, rate: Double) {
    cashFlow = CashFlow(finite: zip(benefits.amounts, costs.amounts).map { $0 - $1 })
    netPresentValue = cashFlow.presentValue(rate: rate)
    returnOnInvestment = ReturnOnInvestment(benefits: benefits, costs: costs, rate: rate)
    payback = cashFlow.payback
  }
}

extension OptionReturn {
  /// The figures of the mean cash flow.
  public var figures: InvestmentFigures {
    InvestmentFigures(benefits: benefits, costs: costs, rate: rate.perMonth)
  }

  /// The same after a risk adjustment.
  public func figures(adjustedBy risk: RiskAdjustment) -> InvestmentFigures {
    let adjusted = risk.adjusted(benefits: benefits, costs: costs)
    return InvestmentFigures(benefits: adjusted.benefits, costs: adjusted.costs, rate: rate.perMonth)
  }
}
