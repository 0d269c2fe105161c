internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What being without one capability costs: an hour, an outage, and a calendar month below a promise.
///
/// Amounts are whole ten-thousandths of the currency, so that sums do not depend on their order.
struct DowntimePricing: Sendable {
  /// Amounts in a unit of the currency.
  static let perUnit = 10_000.0

  /// A step of the schedule in a month of one length.
  private struct Step {
    /// A month with more downtime than this pays.
    let allowedTicks: Int64
    let pays: Int64
  }

  let capability: Int
  let name: String
  let currency: String
  /// Whether outages or months cost something, beside hours.
  let hasTerms: Bool
  /// The place of the capability's months among the windows; `nil` when the horizon has too many.
  let months: Int?
  /// How many complete months a replication has.
  let monthCount: Int
  private let perTick: Double
  private let perOutage: Int64
  /// For each month of the year.
  private let steps: [[Step]]

  /// Those of the capabilities that have a price.
  static func all(of graph: CompiledGraph, windows: [WindowPlan]) -> [DowntimePricing] {
    graph.model.capabilities.indices.compactMap { DowntimePricing($0, of: graph, windows: windows) }
  }

  private init?(_ index: Int, of graph: CompiledGraph, windows: [WindowPlan]) {
    let capability = graph.model.capabilities[index]
    guard let currency = capability.downtimeCurrency else { return nil }
    self.capability = index
    name = capability.name
    self.currency = currency
    let terms = capability.downtimeTerms
    hasTerms = terms != nil
    months = windows.firstIndex { $0.capability == index && $0.objective == nil }
    monthCount = months.map { windows[$0].ends.count } ?? 0
    perTick = (capability.downtimeCost?.perHour ?? 0) * DowntimePricing.perUnit / Ticks.perHour
    perOutage = DowntimePricing.amount((terms?.perIncident?.double ?? 0) * DowntimePricing.perUnit)
    steps = CalendarMonth.allCases.map { month in
      (terms?.credits ?? []).map { step in
        Step(
          allowedTicks: Int64(
            (month.lengthHours * Ticks.perHour * step.below.unavailability).rounded(.down)),
          pays: DowntimePricing.amount(step.pays.double * DowntimePricing.perUnit))
      }
    }
  }

  var hasCredits: Bool { !steps[0].isEmpty }
  var pricesOutages: Bool { perOutage != 0 }

  /// What so much downtime costs by the hour.
  func hours(_ downtime: Int64) -> Int64 { DowntimePricing.amount(perTick * Double(downtime)) }

  /// What so many outages cost.
  func outages(_ count: Int64) -> Int64 { DowntimePricing.amount(Double(perOutage) * Double(count)) }

  /// What a month with so much downtime pays back.
  ///
  /// - Parameter number: the month of the horizon, from 0, which is a January.
  func credit(_ downtime: Int64, inMonth number: Int) -> Int64 {
    steps[number % 12].reduce(0) { downtime > $1.allowedTicks ? max($0, $1.pays) : $0 }
  }

  /// What being without it costs in a replication.
  func cost(_ totals: ReplicationTotals, months lengths: [Int64], years: Double) -> ReplicationCost {
    let credits = lengths.indices.reduce(0) { $0 + credit(lengths[$1], inMonth: $1) }
    // A horizon that ends within a month pays for the rest of it what its complete months pay.
    let share = monthCount > 0 ? 12 * years / Double(monthCount) : 0
    let scaled = DowntimePricing.amount(Double(credits) * share)
    return ReplicationCost(
      credits: scaled, total: hours(totals.downtime) + outages(totals.outages) + scaled)
  }

  /// Whole amounts; 10¹⁴ of the currency and more are not told apart.
  private static func amount(_ value: Double) -> Int64 { Int64(max(-1e18, min(1e18, value)).rounded()) }
}

/// What being without a capability costs in one replication.
struct ReplicationCost: Sendable, Hashable {
  let credits: Int64
  let total: Int64
}

/// What being without a capability costs, over replications.
struct MoneyTally: Sendable, Hashable {
  var credits = Moments()
  var total = Moments()
  var totals = TickHistogram()

  mutating func add(_ cost: ReplicationCost) {
    credits.add(cost.credits)
    total.add(cost.total)
    totals.record(cost.total)
  }

  mutating func merge(_ other: MoneyTally) {
    credits.merge(other.credits)
    total.merge(other.total)
    totals.merge(other.totals)
  }
}
