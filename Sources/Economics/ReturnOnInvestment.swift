/// What comes back for what is paid, by the two conventions that are in use, and as a ratio.
public struct ReturnOnInvestment: Sendable, Hashable {
  /// The ways to compute it.
  public enum Convention: String, Sendable, Hashable, CaseIterable {
    /// Amounts as they are.
    case netBenefitOverCost
    /// Amounts at their present values.
    case netPresentValueOverCost

    /// The formula, in words.
    public var formula: String {
      switch self {
      case .netBenefitOverCost: "(benefits − costs) / costs"
      case .netPresentValueOverCost: "(PV of benefits − PV of costs) / PV of costs"
      }
    }
  }

  /// The benefits, as they are and at their present values.
  public let benefits: (nominal: Double, present: Double)
  /// The costs, positive, as they are and at their present values.
  public let costs: (nominal: Double, present: Double)

  /// Benefits and costs, both positive, discounted by a rate of a period.
  ///
  /// - Source: the net convention is that of TEI studies, the present values that of capital budgeting. $15,000 of benefit
  ///   for $1,292 are 1,061 %.
  public init(benefits: CashFlow, costs: CashFlow, rate: Double) {
    self.benefits = (benefits.total, benefits.presentValue(rate: rate))
    self.costs = (costs.total, costs.presentValue(rate: rate))
  }

  /// By a convention; `nil` when nothing is paid.
  public func value(_ convention: Convention) -> Double? {
    switch convention {
    case .netBenefitOverCost: costs.nominal > 0 ? (benefits.nominal - costs.nominal) / costs.nominal : nil
    case .netPresentValueOverCost:
      costs.present > 0 ? (benefits.present - costs.present) / costs.present : nil
    }
  }

  /// The present value of benefits over that of costs; `nil` when nothing is paid.
  public var benefitCostRatio: Double? { costs.present > 0 ? benefits.present / costs.present : nil }

  /// Equal sums.
  public static func == (left: Self, right: Self) -> Bool {
    left.benefits == right.benefits && left.costs == right.costs
  }

  /// Hashes the sums.
  public func hash(into hasher: inout Hasher) {
    for value in [benefits.nominal, benefits.present, costs.nominal, costs.present] { hasher.combine(value) }
  }
}
