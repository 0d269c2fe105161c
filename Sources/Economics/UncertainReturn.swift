public import Simulation
public import Stochastics

/// What an option may be worth when its numbers are not known: every draw of them for a few replications.
///
/// The spread of the values holds both, luck and what is not known; ``ClusteredSample/shares`` tells them apart.
public struct UncertainReturn: Sendable {
  /// A measure of what comes back.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Benefits less costs over costs.
    case returnOnInvestment
    /// The same of present values.
    case returnOnPresentValues
    /// The present value of benefits over that of costs.
    case benefitCostRatio
    /// The yearly modified rate of return.
    case modifiedInternalRate
    /// Months until it has paid for itself.
    case paybackMonths
  }

  /// How many draws there were.
  public let draws: Int
  /// How many replications each had.
  public let perDraw: Int
  /// What was drawn, by name.
  public let inputs: [String]
  /// The net present values.
  public let presentValues: ClusteredSample
  /// The yearly internal rates of return.
  public let internalRates: RateSample
  /// What each replication that has it has of a measure.
  private let measures: [Measure: ClusteredSample]
  /// The share of replications that have a measure.
  private let known: [Measure: Double]

  /// The return of one of the designs of a ledger, whose first design is the base.
  ///
  /// - Parameters:
  ///   - ledger: the draws one after the other, `perDraw` replications each.
  ///   - inputs: what was drawn.
  ///   - additions: for each draw, what running it costs more in a month besides the plan's increase; none where bills are
  ///     known.
  public init(
    _ plan: OptionPlan, design: Int, in ledger: DowntimeLedger, perDraw: Int, rate: DiscountRate,
    inputs: [String], additions: [Double] = []
  ) {
    let shares = plan.effectiveShares
    var values: [Double] = []
    var rates: [InternalRate] = []
    var measured: [Measure: [Double]] = [:]
    for replication in 0..<ledger.replications {
      let draw = replication / max(1, perDraw)
      let addition = additions.indices.contains(draw) ? additions[draw] : 0
      let flow = ledger.cashFlow(
        plan, design: design, shares: shares, replication: replication, addition: addition)
      values.append(flow.presentValue(rate: rate.perMonth))
      rates.append(flow.yearlyReturn)
      let running = zip(plan.runningIncrease, shares).map { ($0 + addition) * $1 }
      for (measure, value) in Self.measures(flow, once: plan.once, running: running, rate) {
        measured[measure, default: []].append(value)
      }
    }
    draws = ledger.replications / max(1, perDraw)
    (self.perDraw, self.inputs) = (perDraw, inputs)
    presentValues = ClusteredSample(values, groupSize: perDraw)
    internalRates = RateSample(rates)
    // Replications without the measure break the groups, so percentiles of measures are given without intervals.
    measures = measured.mapValues { ClusteredSample($0, groupSize: 1) }
    known = measured.mapValues { Double($0.count) / Double(max(1, values.count)) }
  }

  private static func measures(
    _ flow: CashFlow, once: Double, running: [Double], _ rate: DiscountRate
  ) -> [(Measure, Double)] {
    let costs = CashFlow(finite: [once] + running.map { max(0, $0) })
    let benefits = CashFlow(finite: zip(flow.amounts, costs.amounts).map { $0 + $1 })
    let roi = ReturnOnInvestment(benefits: benefits, costs: costs, rate: rate.perMonth)
    let mirr = flow.modifiedInternalRate(financedAt: rate.perMonth, reinvestedAt: rate.perMonth)
    let found: [(Measure, Double?)] = [
      (.returnOnInvestment, roi.value(.netBenefitOverCost)),
      (.returnOnPresentValues, roi.value(.netPresentValueOverCost)),
      (.benefitCostRatio, roi.benefitCostRatio),
      (.modifiedInternalRate, mirr.map(DiscountRate.perYear(ofMonthly:))), (.paybackMonths, flow.payback),
    ]
    return found.compactMap { measure, value in value.map { (measure, $0) } }
  }

  /// The share of draws and luck in which the net present value is above 0.
  public var probabilityPositive: Estimate? { presentValues.share(above: 0) }

  /// The value of a measure that a share of the replications stays at or below; replications that have none, such as a
  /// payback within the horizon, count as above all others.
  public func percentile(_ probability: Double, of measure: Measure) -> Double? {
    guard let share = known[measure], share >= probability else { return nil }
    return measures[measure]?.quantile(probability / share)?.value
  }
}
