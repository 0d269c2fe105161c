internal import Quantities
internal import ServiceGraph
internal import ServiceModel

/// What is due for each period of one promise that is missed, in whole ten-thousandths.
struct PenaltyPricing: Sendable {
  private static let year = Ticks.from(hours: CalendarMonth.yearHours)

  /// The place of its periods among the windows.
  let window: Int
  private let ends: [Int64]
  private let allowed: [Int64]
  private let pays: Int64
  /// The most of a calendar year.
  private let limit: Int64?
  /// How many calendar years the horizon holds as a whole.
  private let wholeYears: Int64

  /// Those of a capability, in the order declared.
  static func all(
    _ capability: Int, of graph: CompiledGraph, windows: [WindowPlan], horizon: Int64
  ) -> [PenaltyPricing] {
    let penalties = graph.model.capabilities[capability].downtimeTerms?.penalties ?? []
    return windows.enumerated().compactMap { place, plan in
      guard plan.capability == capability, let number = plan.penalty else { return nil }
      return PenaltyPricing(penalties[number], place, plan, horizon: horizon)
    }
  }

  private init(_ penalty: Penalty, _ window: Int, _ plan: WindowPlan, horizon: Int64) {
    self.window = window
    (ends, allowed) = (plan.ends, plan.allowed)
    pays = DowntimePricing.amount(penalty.pays.double * DowntimePricing.perUnit)
    limit = penalty.atMostPerYear.map { DowntimePricing.amount($0.double * DowntimePricing.perUnit) }
    wholeYears = horizon / Self.year
  }

  /// Whether the horizon says what a year pays: it holds a whole period, or a whole year where a year has a limit.
  var isKnown: Bool { limit == nil ? !ends.isEmpty : wholeYears > 0 && !ends.isEmpty }

  /// What each period pays; a year with a limit pays for the first ones.
  ///
  /// - Parameter downtime: of each period, without what may be rounding.
  func dues(_ downtime: [Int64]) -> [Int64] {
    var (year, paid) = (Int64(0), Int64(0))
    return downtime.indices.map { period in
      let own = (ends[period] - 1) / Self.year
      if own != year { (year, paid) = (own, 0) }
      guard downtime[period] > allowed[period] else { return 0 }
      let due = limit.map { min(pays, $0 - paid) } ?? pays
      paid += due
      return due
    }
  }

  /// What a replication pays; a horizon that ends within a period, or within a year where that has a limit, pays for the
  /// rest of it what its complete ones pay.
  func cost(_ downtime: [Int64], horizon: Int64) -> Int64 {
    let dues = dues(downtime)
    let covered = limit == nil ? ends.last ?? 0 : wholeYears * Self.year
    guard covered > 0 else { return 0 }
    let sum = zip(dues, ends).reduce(0.0) { $1.1 <= covered ? $0 + Double($1.0) : $0 }
    return DowntimePricing.amount(sum * (Double(horizon) / Double(covered)))
  }

  /// What each month pays: a period pays in the month in which it ends.
  func costs(_ downtime: [Int64], monthEnds: [Int64]) -> [Int64] {
    var costs = [Int64](repeating: 0, count: monthEnds.count)
    var month = 0
    for (due, end) in zip(dues(downtime), ends) {
      while month < monthEnds.count, monthEnds[month] < end { month += 1 }
      guard month < monthEnds.count else { break }
      costs[month] += due
    }
    return costs
  }
}
