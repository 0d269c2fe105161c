public import Simulation

/// What a cautious reader takes off benefits and puts on costs, before anything else is computed.
///
/// Source: Forrester, *Total Economic Impact*: each category of benefits is lowered and each of costs raised by a share.
public struct RiskAdjustment: Sendable, Hashable {
  /// A kind of benefit or cost with a share of its own.
  public enum Category: String, Sendable, Hashable, CaseIterable {
    /// Hours of downtime avoided.
    case hours
    /// Outages avoided.
    case outages
    /// Work that is no longer lost.
    case productivity
    /// Credits that are no longer paid back.
    case credits
    /// Penalties that are no longer due.
    case penalties
    /// What running it costs less.
    case runningLess
    /// What is paid once.
    case once
    /// What running it costs more.
    case runningMore

    /// Whether it is a benefit, which is lowered, and not a cost, which is raised.
    public var isBenefit: Bool { self != .once && self != .runningMore }

    /// The kind that a part of the cost of downtime is.
    public init(_ part: DowntimeCostPart) {
      switch part {
      case .hours: self = .hours
      case .incidents: self = .outages
      case .productivity: self = .productivity
      case .credits: self = .credits
      case .penalties: self = .penalties
      }
    }
  }

  private let shares: [Category: Double]

  /// Shares by kind, 0 for the others; `nil` unless each is a number that is not negative, and that of a benefit at most 1.
  public init?(_ shares: [Category: Double]) {
    guard
      Category.allCases.allSatisfy({ category in
        guard let share = shares[category] else { return true }
        return share >= 0 && share.isFinite && (!category.isBenefit || share <= 1)
      })
    else { return nil }
    self.shares = shares
  }

  /// One share for all benefits and one for all costs.
  public init?(benefitsLowered: Double, costsRaised: Double) {
    self.init(
      Dictionary(
        Category.allCases.map { ($0, $0.isBenefit ? benefitsLowered : costsRaised) },
        uniquingKeysWith: { own, _ in own }))
  }

  /// By which share a kind is lowered or raised.
  public subscript(category: Category) -> Double { shares[category] ?? 0 }

  /// The share of all benefits; `nil` where they differ.
  public var benefitsLowered: Double? { common { $0.isBenefit } }

  /// The share of all costs; `nil` where they differ.
  public var costsRaised: Double? { common { !$0.isBenefit } }

  private func common(_ isMeant: (Category) -> Bool) -> Double? {
    let shares = Category.allCases.filter(isMeant).map { self[$0] }
    return shares.allSatisfy { $0 == shares.first } ? shares.first : nil
  }

  /// Amounts of a kind after it.
  public func adjusted(_ flow: CashFlow, of category: Category) -> CashFlow {
    let factor = category.isBenefit ? 1 - self[category] : 1 + self[category]
    return CashFlow(finite: flow.amounts.map { $0 * factor })
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
    let zero = CashFlow(finite: [Double](repeating: 0, count: months.count + 1))
    func sum(_ flows: [(RiskAdjustment.Category, CashFlow)]) -> CashFlow {
      flows.reduce(zero) { sum, next in
        CashFlow(finite: zip(sum.amounts, risk.adjusted(next.1, of: next.0).amounts).map { $0 + $1 })
      }
    }
    let avoided = DowntimeCostPart.allCases.map { part in
      (RiskAdjustment.Category(part), CashFlow(finite: [0] + months.map { $0.avoided[part] }))
    }
    let benefits = avoided + [(.runningLess, CashFlow(finite: [0] + months.map { max(0, $0.running) }))]
    let costs: [(RiskAdjustment.Category, CashFlow)] = [
      (.once, CashFlow(finite: [plan.once] + months.map { _ in 0 })),
      (.runningMore, CashFlow(finite: [0] + months.map { max(0, -$0.running) })),
    ]
    return InvestmentFigures(benefits: sum(benefits), costs: sum(costs), rate: rate.perMonth)
  }
}
