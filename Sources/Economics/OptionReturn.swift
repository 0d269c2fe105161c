public import Simulation
public import Stochastics

/// What an option is worth against the base over a horizon of months.
///
/// Everything is linear in prices, effect and cost, so means are exact sums of means, and break-even values are solved.
public struct OptionReturn: Sendable {
  /// A month of the horizon, on average; what is gained is positive.
  public struct Month: Sendable, Hashable {
    /// What running it costs more, with the sign of a cash flow: −100 is $100 more.
    public let running: Double
    /// Downtime that is avoided.
    public let avoided: DowntimeLedger.Parts

    /// All of it.
    public var net: Double { running + avoided.total }
  }

  /// What was planned.
  public let plan: OptionPlan
  /// The months, in order.
  public let months: [Month]
  /// The months as they would be were the change done from the start.
  public let settledMonths: [Month]
  /// What downtime costs in the months of the base.
  public let baseMonths: [DowntimeLedger.Parts]
  /// The rate that amounts are discounted by.
  public let rate: DiscountRate
  /// The net present value of each replication, ascending.
  public let presentValues: [Double]
  /// The mean net present value; `nil` for fewer than two replications.
  public let netPresentValue: Estimate?
  /// The share of replications in which the net present value is above 0.
  public let probabilityPositive: Estimate?
  /// The payback in months of each replication that pays back within the horizon, ascending.
  public let paybacks: [Double]

  /// The return of one of the designs of a ledger, whose first design is the base.
  ///
  /// - Parameter confidence: of the intervals, 0…1.
  public init(
    _ plan: OptionPlan, design: Int, in ledger: DowntimeLedger, rate: DiscountRate, confidence: Double
  ) {
    self.plan = plan
    self.rate = rate
    let shares = plan.effectiveShares
    let running = zip(plan.runningIncrease, shares).map { -$0 * $1 }
    let count = min(ledger.months, shares.count)
    baseMonths = (0..<count).map { ledger.mean(design: 0, month: $0) }
    settledMonths = (0..<count).map { month in
      let own = ledger.mean(design: design, month: month)
      return Month(
        running: -plan.runningIncrease[month],
        avoided: ledger.mean(design: 0, month: month).less(own, times: 1))
    }
    months = (0..<count).map { month in
      let base = ledger.mean(design: 0, month: month)
      let own = ledger.mean(design: design, month: month)
      return Month(running: running[month], avoided: base.less(own, times: shares[month]))
    }
    var values: [Double] = []
    var paybacks: [Double] = []
    for replication in 0..<ledger.replications {
      let flow = ledger.cashFlow(plan, design: design, shares: shares, replication: replication)
      values.append(flow.presentValue(rate: rate.perMonth))
      if let payback = flow.payback { paybacks.append(payback) }
    }
    let mean = values.reduce(0, +) / Double(max(1, values.count))
    netPresentValue = Self.estimate(values, mean: mean, confidence: confidence)
    probabilityPositive = proportionEstimate(
      successes: values.count { $0 > 0 }, trials: values.count, confidence: confidence)
    presentValues = values.sorted()
    self.paybacks = paybacks.sorted()
  }

  /// By deviations from the mean, so that large values that hardly differ keep their digits.
  private static func estimate(_ values: [Double], mean: Double, confidence: Double) -> Estimate? {
    let deviations = values.map { $0 - mean }
    guard
      let spread = meanEstimate(
        count: values.count, sum: deviations.reduce(0, +),
        sumOfSquares: deviations.reduce(0) { $0 + $1 * $1 }, confidence: confidence)
    else { return nil }
    return Estimate(
      value: mean, low: mean + spread.low - spread.value, high: mean + spread.high - spread.value,
      confidence: confidence)
  }

  /// The mean cash flow: what is paid once, then the end of each month.
  public var cashFlow: CashFlow { CashFlow(finite: [-plan.once] + months.map(\.net)) }

  /// What is paid: once, and in each month in which running it costs more. Positive.
  public var costs: CashFlow { CashFlow(finite: [plan.once] + months.map { max(0, -$0.running) }) }

  /// What is gained: downtime avoided, and what running it costs less.
  public var benefits: CashFlow {
    CashFlow(finite: [0] + months.map { $0.avoided.total + max(0, $0.running) })
  }

  /// What comes back for what is paid.
  public var returnOnInvestment: ReturnOnInvestment {
    ReturnOnInvestment(benefits: benefits, costs: costs, rate: rate.perMonth)
  }

  /// The yearly rates of return of the mean cash flow.
  ///
  /// None when it begins with a gain: its rate would be that of a loan, which is the better the lower it is.
  public var internalRate: InternalRate { cashFlow.yearlyReturn }

  /// The yearly modified rate of return, financed and reinvested at the rate of discount.
  public var modifiedInternalRate: Double? {
    cashFlow.modifiedInternalRate(financedAt: rate.perMonth, reinvestedAt: rate.perMonth)
      .map(DiscountRate.perYear(ofMonthly:))
  }

  /// The net present value that a share of the replications stays at or below.
  ///
  /// - Parameter probability: more than 0, at most 1.
  public func percentile(_ probability: Double) -> Double? {
    guard !presentValues.isEmpty else { return nil }
    let place = Int((probability * Double(presentValues.count)).rounded(.up)) - 1
    return presentValues[max(0, min(place, presentValues.count - 1))]
  }
}

extension DowntimeLedger {
  /// The cash flow of one replication.
  ///
  /// - Parameters:
  ///   - shares: of each month, how much lies after the change.
  ///   - addition: what running it costs more in each month besides the plan's increase.
  func cashFlow(
    _ plan: OptionPlan, design: Int, shares: [Double], replication: Int, addition: Double = 0
  ) -> CashFlow {
    CashFlow(
      finite: [-plan.once]
        + (0..<min(months, shares.count)).map { month in
          let base = cost(design: 0, month: month, replication: replication)
          let own = cost(design: design, month: month, replication: replication)
          return -(plan.runningIncrease[month] + addition) * shares[month] + shares[month] * (base - own)
        })
  }
}

extension DowntimeLedger.Parts {
  /// The difference times a share.
  func less(_ other: Self, times share: Double) -> Self {
    var parts = DowntimeLedger.Parts()
    for part in DowntimeCostPart.allCases { parts[part] = share * (self[part] - other[part]) }
    return parts
  }
}
