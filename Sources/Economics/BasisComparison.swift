public import Simulation

/// A change under every pair of reckonings, and what drives them apart.
///
/// Every pair is put through the same cash flow: paid once at the start, nothing until the change is done, then a twelfth of
/// the yearly figures in each month.
public struct BasisComparison: Sendable {
  /// One pair.
  public struct Row: Sendable, Hashable {
    /// What it saves.
    public let savings: SavingsBasis
    /// What it costs.
    public let costs: CostBasis
    /// What that is worth.
    public let figures: InvestmentFigures
  }

  /// One figure that differs between two pairs.
  public struct Step: Sendable, Hashable {
    /// A figure.
    public enum Figure: Sendable, Hashable {
      /// What a part of the cost of downtime is less.
      case part(DowntimeCostPart)
      /// All savings, where one side does not split them.
      case savings
      /// What running it costs more.
      case running
    }

    /// Which figure.
    public let figure: Figure
    /// Its yearly amount in the first pair.
    public let from: Double
    /// Its yearly amount in the second pair.
    public let to: Double
    /// What replacing it adds to the net present value, after those before it were replaced.
    public let netPresentValue: Double
  }

  /// The pairs: each reckoning of the savings with each of the costs, in their order.
  public let rows: [Row]
  private let shares: [Double]
  private let once: Double
  private let ratePerMonth: Double

  /// Compares reckonings.
  ///
  /// - Parameter plan: when the change is done, over which months, and what is paid once.
  public init(_ savings: [SavingsBasis], _ costs: [CostBasis], plan: OptionPlan, rate: DiscountRate) {
    let (shares, once, ratePerMonth) = (plan.effectiveShares, plan.once, rate.perMonth)
    rows = savings.flatMap { saving in
      costs.map { cost in
        Row(
          savings: saving, costs: cost,
          figures: Self.figures(saving.perYear.total, cost.perYear, shares, once, ratePerMonth))
      }
    }
    (self.shares, self.once, self.ratePerMonth) = (shares, once, ratePerMonth)
  }

  private static func figures(
    _ saved: Double, _ paid: Double, _ shares: [Double], _ once: Double, _ rate: Double
  ) -> InvestmentFigures {
    let benefits = shares.map { $0 * (saved + max(0, -paid)) / 12 }
    let costs = shares.map { $0 * max(0, paid) / 12 }
    return InvestmentFigures(
      benefits: CashFlow(finite: [0] + benefits), costs: CashFlow(finite: [once] + costs), rate: rate)
  }

  /// How the figures of one pair become those of another, one after the other: the parts of downtime, then what running
  /// it costs. The steps add up to the difference of the net present values; those that change nothing are left out.
  public func steps(from: Row, to: Row) -> [Step] {
    let annuity = CashFlow(finite: [0] + shares.map { $0 / 12 }).presentValue(rate: ratePerMonth)
    return
      (savingsSteps(from.savings.perYear, to.savings.perYear)
      + [(.running, from.costs.perYear, to.costs.perYear)])
      .filter { $0.1 != $0.2 }
      .map { figure, from, to in
        let sign: Double = figure == .running ? -1 : 1
        return Step(figure: figure, from: from, to: to, netPresentValue: sign * (to - from) * annuity)
      }
  }

  private func savingsSteps(
    _ from: SavingsBasis.Amount, _ to: SavingsBasis.Amount
  ) -> [(Step.Figure, Double, Double)] {
    guard case .parts(let old) = from, case .parts(let new) = to else {
      return [(.savings, from.total, to.total)]
    }
    return DowntimeCostPart.allCases.map { (.part($0), old[$0], new[$0]) }
  }
}

extension OptionReturn {
  /// What the simulation says that it saves a year, on average over the horizon, were the change done from the start.
  public var savingsPerYear: SavingsBasis.Amount {
    let years = Double(max(1, settledMonths.count)) / 12
    var parts = DowntimeLedger.Parts()
    for part in DowntimeCostPart.allCases {
      parts[part] = settledMonths.reduce(0) { $0 + $1.avoided[part] } / years
    }
    return .parts(parts)
  }

  /// What running it costs more a year by the bills, on average over the horizon.
  public var runningPerYear: Double {
    -settledMonths.reduce(0) { $0 + $1.running } / (Double(max(1, settledMonths.count)) / 12)
  }
}
