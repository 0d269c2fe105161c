internal import Quantities
internal import ServiceGraph
internal import ServiceModel
public import Stochastics

/// What being without a capability costs in a year of 8,760 h, where outages or months cost something beside hours.
public struct DowntimeMoney: Sendable, Hashable {
  /// The currency.
  public let currency: String
  /// All of it.
  public let total: Estimate
  /// What hours cost; `nil` when they have no price.
  public let hours: Estimate?
  /// What outages cost; `nil` when they have no price.
  public let incidents: Estimate?
  /// What months below a promise pay back; `nil` when none do.
  public let credits: Estimate?
  /// What 90 % of replications do not exceed over their horizon.
  public let p90: Double
  /// How many complete months of a replication the credits rest on.
  public let months: Int

  /// `nil` for a capability where hours are all that costs, or whose credits have no complete month to rest on.
  init?(_ index: Int, tally: Tally, layout: SimulationLayout, plan: SimulationPlan) {
    let priced = layout.prices.filter(\.hasTerms)
    guard let place = priced.firstIndex(where: { $0.capability == index }) else { return nil }
    let price = priced[place]
    if price.hasCredits, price.monthCount == 0 { return nil }
    let own = tally.money[place]
    let count = tally.replications
    func estimate(_ moments: Moments, _ scale: Double) -> Estimate {
      moments.estimate(count: count, scale: scale / plan.years, confidence: plan.confidence)
    }
    let capability = layout.graph.model.capabilities[index]
    let seen = tally.capabilities[index]
    currency = price.currency
    total = estimate(own.total, 1 / DowntimePricing.perUnit)
    hours = capability.downtimeCost.map { estimate(seen.downtime, $0.perHour / Ticks.perHour) }
    incidents = (capability.downtimeTerms?.perIncident?.double).map { estimate(seen.outages, $0) }
    credits = price.hasCredits ? estimate(own.credits, 1 / DowntimePricing.perUnit) : nil
    p90 = Double(own.totals.quantile(0.9) ?? 0) / DowntimePricing.perUnit
    months = price.monthCount
  }
}
