internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What being without one capability costs: its hours, outages, lost work, and periods below a promise.
///
/// Amounts are whole ten-thousandths of the currency, so that sums do not depend on their order.
struct DowntimePricing: Sendable {
  /// What a replication, or a month of it, lacked.
  struct Lack {
    let downtime: Int64
    let outages: Int64
    /// The ticks of each clock of the price.
    let clocks: [Int64]
  }

  /// Amounts in a unit of the currency.
  static let perUnit = 10_000.0

  let capability: Int
  let name: String
  let currency: String
  /// Whether more costs something than every hour the same.
  let hasTerms: Bool
  /// The parts that can cost something, in their order.
  let parts: [DowntimeCostPart]
  /// The place of the capability's months among the windows; `nil` when the horizon has too many.
  let months: Int?
  /// How many complete months a replication has.
  let monthCount: Int
  /// What counts the downtime in hours of a price of their own, then the working time that is lost; `nil`: all hours.
  let clocks: [HourClock?]
  /// How long an outage keeps people from work after its end, in ticks.
  let refocus: Int64
  let credits: CreditSchedule
  let penalties: [PenaltyPricing]
  private let perTick: Double
  /// For a tick of each hours of a price of their own.
  private let perTickInHours: [Double]
  private let perWorkTick: Double
  private let perOutage: Int64

  /// Those of the capabilities that have a price.
  static func all(of graph: CompiledGraph, windows: [WindowPlan], horizon: Int64) -> [DowntimePricing] {
    graph.model.capabilities.indices.compactMap {
      DowntimePricing($0, of: graph, windows: windows, horizon: horizon)
    }
  }

  private init?(_ index: Int, of graph: CompiledGraph, windows: [WindowPlan], horizon: Int64) {
    let capability = graph.model.capabilities[index]
    guard let currency = capability.downtimeCurrency else { return nil }
    self.capability = index
    name = capability.name
    self.currency = currency
    let terms = capability.downtimeTerms
    hasTerms = terms != nil
    parts = capability.downtimeCostParts
    months = windows.firstIndex { $0.capability == index && $0.isMonths }
    monthCount = months.map { windows[$0].ends.count } ?? 0
    let hours = terms?.hours ?? []
    clocks =
      hours.map { HourClock($0.when) } + (terms?.productivity.map { [$0.when.map(HourClock.init)] } ?? [])
    refocus = Ticks.from(hours: terms?.productivity?.refocus.hours ?? 0)
    credits = CreditSchedule(terms?.credits ?? [])
    penalties = PenaltyPricing.all(index, of: graph, windows: windows, horizon: horizon)
    func perTick(_ perHour: Double) -> Double { perHour * DowntimePricing.perUnit / Ticks.perHour }
    self.perTick = perTick(capability.downtimeCost?.perHour ?? 0)
    perTickInHours = hours.map { perTick($0.price.perHour) }
    perWorkTick = perTick(terms?.productivity?.perHour ?? 0)
    perOutage = DowntimePricing.amount((terms?.perIncident?.double ?? 0) * DowntimePricing.perUnit)
  }

  var pricesOutages: Bool { perOutage != 0 }
  /// Whether some hours have a price of their own.
  var pricesHoursApart: Bool { !perTickInHours.isEmpty }

  /// What hours, outages and lost work cost.
  func cost(_ lack: Lack) -> ReplicationCost {
    var cost = ReplicationCost()
    let apart = perTickInHours.indices.reduce(0) { $0 + lack.clocks[$1] }
    let hours = perTickInHours.indices.reduce(perTick * Double(lack.downtime - apart)) {
      $0 + perTickInHours[$1] * Double(lack.clocks[$1])
    }
    cost[.hours] = DowntimePricing.amount(hours)
    cost[.incidents] = DowntimePricing.amount(Double(perOutage) * Double(lack.outages))
    if perWorkTick > 0, let work = lack.clocks.last {
      cost[.productivity] = DowntimePricing.amount(perWorkTick * Double(work))
    }
    return cost
  }

  /// Whole amounts; 10¹⁴ of the currency and more are not told apart.
  static func amount(_ value: Double) -> Int64 { Int64(max(-1e18, min(1e18, value)).rounded()) }
}

extension Capability {
  /// What being without it can cost, in the order of the parts.
  fileprivate var downtimeCostParts: [DowntimeCostPart] {
    DowntimeCostPart.allCases.filter { part in
      switch part {
      case .hours: downtimeCost != nil
      case .incidents: downtimeTerms?.perIncident != nil
      case .productivity: downtimeTerms?.productivity != nil
      case .credits: downtimeTerms?.credits.isEmpty == false
      case .penalties: downtimeTerms?.penalties.isEmpty == false
      }
    }
  }
}
