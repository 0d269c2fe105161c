internal import Quantities
internal import ServiceGraph
internal import ServiceModel
public import Stochastics

/// What being without a capability costs in a year of 8,760 h, where more costs something than every hour the same.
public struct DowntimeMoney: Sendable, Hashable {
  /// The currency.
  public let currency: String
  /// All of it.
  public let total: Estimate
  /// Each part that has a price, in the order of the parts.
  public let parts: [DowntimeCostEstimate]
  /// What 90 % of replications do not exceed over their horizon.
  public let p90: Double
  /// The same with its interval; empty without a replication.
  public let percentiles: [Percentile]
  /// How many complete months of a replication the credits rest on.
  public let months: Int

  /// A part; `nil` when it has no price.
  public subscript(part: DowntimeCostPart) -> Estimate? { parts.first { $0.part == part }?.perYear }

  /// `nil` for a capability where every hour costs the same and nothing else does, or whose credits or penalties have no
  /// complete period to rest on.
  init?(_ index: Int, tally: Tally, layout: SimulationLayout, plan: SimulationPlan) {
    let priced = layout.prices.filter(\.hasTerms)
    guard let place = priced.firstIndex(where: { $0.capability == index }) else { return nil }
    let price = priced[place]
    if !price.credits.isEmpty, price.monthCount == 0 { return nil }
    guard price.penalties.allSatisfy(\.isKnown) else { return nil }
    let own = tally.money[place]
    let count = tally.replications
    func estimate(_ moments: Moments, _ scale: Double) -> Estimate {
      moments.estimate(count: count, scale: scale / plan.years, confidence: plan.confidence)
    }
    let capability = layout.graph.model.capabilities[index]
    let seen = tally.capabilities[index]
    func estimate(_ part: DowntimeCostPart) -> Estimate {
      switch part {
      case .hours where !price.pricesHoursApart:
        estimate(seen.downtime, (capability.downtimeCost?.perHour ?? 0) / Ticks.perHour)
      case .incidents: estimate(seen.outages, capability.downtimeTerms?.perIncident?.double ?? 0)
      default: estimate(own[part], 1 / DowntimePricing.perUnit)
      }
    }
    currency = price.currency
    total = estimate(own.total, 1 / DowntimePricing.perUnit)
    parts = price.parts.map { DowntimeCostEstimate(part: $0, perYear: estimate($0)) }
    p90 = Double(own.totals.quantile(0.9) ?? 0) / DowntimePricing.perUnit
    percentiles = own.totals.percentiles([90], confidence: plan.confidence) { $0 / DowntimePricing.perUnit }
    months = price.monthCount
  }
}
