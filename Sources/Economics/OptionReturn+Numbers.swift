public import Simulation
public import Stochastics

/// What numbers of the models do to an option, without another simulation of all replications.
extension OptionReturn {
  /// How many times as long the base and the option are down, when a number of the models is another.
  public struct DowntimeScale: Sendable, Hashable {
    /// The base's downtime over what it is now.
    public let base: Double
    /// The option's downtime over what it is now.
    public let own: Double

    /// Multiples of the downtime now.
    public init(base: Double, own: Double) { (self.base, self.own) = (base, own) }
  }

  /// The mean net present value when designs are so many times as long down: what hours and lost work cost follows,
  /// outages, credits and penalties stay.
  public func presentValue(_ scale: DowntimeScale) -> Double {
    let amounts = zip(zip(settledMonths, baseMonths), plan.effectiveShares).map { pair, share in
      let (month, base) = pair
      let before = base[.hours] + base[.productivity]
      let own = before - month.avoided[.hours] - month.avoided[.productivity]
      let change = (scale.base - 1) * before - (scale.own - 1) * own
      return share * (month.net + change)
    }
    return CashFlow(finite: [-plan.once] + amounts).presentValue(rate: rate.perMonth)
  }

  /// The net present value of each replication of a ledger, in their order.
  public static func presentValues(
    _ plan: OptionPlan, design: Int, in ledger: DowntimeLedger, rate: DiscountRate
  ) -> [Double] {
    let shares = plan.effectiveShares
    return (0..<ledger.replications).map {
      ledger.cashFlow(plan, design: design, shares: shares, replication: $0).presentValue(rate: rate.perMonth)
    }
  }

  /// By how much values differ from others that had the same luck, one by one; `nil` for fewer than two.
  public static func difference(
    _ values: [Double], _ others: [Double], confidence: Double
  ) -> Estimate? {
    let differences = zip(values, others).map { $0 - $1 }
    return meanEstimate(
      count: differences.count, sum: differences.reduce(0, +),
      sumOfSquares: differences.reduce(0) { $0 + $1 * $1 }, confidence: confidence)
  }
}
