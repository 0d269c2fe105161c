/// What a change is to reach, as something that is linear in what it saves and costs.
public struct Goal: Sendable, Hashable {
  /// Which measure, and at least how much of it.
  public enum Measure: Sendable, Hashable {
    /// The net present value, in the currency.
    case netPresentValue(Double)
    /// Benefits less costs over costs, amounts as they are.
    case returnOnInvestment(Double)
    /// The same of present values.
    case returnOnPresentValues(Double)
    /// The present value of benefits over that of costs.
    case benefitCostRatio(Double)
    /// A yearly internal rate of return: at it, the present value is not below 0.
    case internalRate(DiscountRate)
    /// Paid back, not discounted, by the end of so many months.
    case payback(months: Int)
  }

  /// What is to be reached.
  public let measure: Measure

  /// A goal.
  public init(_ measure: Measure) { self.measure = measure }

  /// To be worth nothing less than nothing.
  public static let breakEven = Goal(.netPresentValue(0))

  /// The rate of a month at which amounts are taken.
  func ratePerMonth(_ rate: DiscountRate) -> Double {
    switch measure {
    case .netPresentValue, .returnOnPresentValues, .benefitCostRatio: rate.perMonth
    case .returnOnInvestment, .payback: 0
    case .internalRate(let wanted): wanted.perMonth
    }
  }

  /// How often benefits must hold costs: the goal is benefits − weight · costs ≥ ``margin``.
  var costWeight: Double {
    switch measure {
    case .netPresentValue, .internalRate, .payback: 1
    case .returnOnInvestment(let wanted), .returnOnPresentValues(let wanted): 1 + wanted
    case .benefitCostRatio(let wanted): wanted
    }
  }

  /// By how much they must exceed that.
  var margin: Double { if case .netPresentValue(let wanted) = measure { wanted } else { 0 } }

  /// How many of the months count.
  func months(of all: Int) -> Int { if case .payback(let months) = measure { min(months, all) } else { all } }
}
