public import Stochastics

/// A part of what being without a capability costs; all parts add up.
public enum DowntimeCostPart: Int, Sendable, Hashable, CaseIterable {
  /// By the hour.
  case hours
  /// By outages.
  case incidents
  /// Work that people can not do.
  case productivity
  /// What months below a promise pay back.
  case credits
  /// What is due for periods below a promise.
  case penalties

  /// The name in machine-readable output.
  public var key: String { "\(self)" }
}

/// A part of a cost, as an estimate.
public struct DowntimeCostEstimate: Sendable, Hashable {
  /// Which part.
  public let part: DowntimeCostPart
  /// How much in a year of 8,760 h; of a difference `nil` when no replication differed.
  public let perYear: Estimate?
}

/// What being without a capability costs in one replication, or one month of it; in whole ten-thousandths.
struct ReplicationCost: Sendable, Hashable {
  private var amounts = SIMD8<Int64>(repeating: 0)

  subscript(part: DowntimeCostPart) -> Int64 {
    get { amounts[part.rawValue] }
    set { amounts[part.rawValue] = newValue }
  }

  var total: Int64 { amounts.wrappedSum() }
}

/// What being without a capability costs, over replications.
struct MoneyTally: Sendable, Hashable {
  /// In the order of the parts.
  var parts = [Moments](repeating: Moments(), count: DowntimeCostPart.allCases.count)
  var total = Moments()
  var totals = TickHistogram()

  subscript(part: DowntimeCostPart) -> Moments { parts[part.rawValue] }

  mutating func add(_ cost: ReplicationCost) {
    for part in DowntimeCostPart.allCases { parts[part.rawValue].add(cost[part]) }
    total.add(cost.total)
    totals.record(cost.total)
  }

  mutating func merge(_ other: MoneyTally) {
    for part in parts.indices { parts[part].merge(other.parts[part]) }
    total.merge(other.total)
    totals.merge(other.totals)
  }
}
