public import Stochastics

/// Several designs of a service, simulated with the same luck.
public struct DesignComparison: Sendable {
  /// Each design as if it had been simulated alone, the base first.
  public let designs: [SimulationResult]
  /// How each other design differs from the base, in the order of the designs and of the base's capabilities.
  public let differences: [CapabilityDifference]
  /// What each month costs in every replication; `nil` unless it was asked for.
  public internal(set) var ledger: DowntimeLedger?

  /// How many replications the estimates rest on.
  public var replications: Int { designs.first?.replications ?? 0 }
  /// Whether it was stopped before its replications were done.
  public var isPartial: Bool { designs.first?.isPartial ?? true }

  /// Whether every difference that was seen is known to this relative half-width.
  func reaches(relativeError: Double) -> Bool {
    replications > 1
      && differences.allSatisfy { difference in
        guard let estimate = difference.unavailability else { return false }
        return estimate.halfWidth <= relativeError * abs(estimate.value)
      }
  }
}

/// How one capability does under another design, compared replication by replication.
///
/// Processes that both designs have see the same luck, so what is common to both cancels (common random numbers).
public struct CapabilityDifference: Sendable {
  /// The capability, which both designs have.
  public let capability: String
  /// The design, as a place among those compared; the base is 0.
  public let design: Int
  /// Other minus base: the share of time down; `nil` when no replication differed.
  public let unavailability: Estimate?
  /// Other minus base: the share of service not served; `nil` when no replication differed.
  public let unservedFraction: Estimate?
  /// Other minus base: outages per year of 8,760 h; `nil` when no replication differed.
  public let outagesPerYear: Estimate?
  /// The objectives that both designs state, by name, in the order of the base.
  public let objectives: [ObjectiveDifference]
  /// Other minus base: what downtime costs per year of 8,760 h, each at its own price; `nil` when no replication differed,
  /// or the designs state no prices in one currency.
  public let downtimeCostPerYear: Estimate?
  /// The same part by part, where more than every hour the same costs something in either; empty elsewhere.
  public let downtimeCostParts: [DowntimeCostEstimate]
  /// The share of replications with less downtime than under the base; `nil` before the first.
  public let shareBetter: Estimate?
  /// The share of replications with more downtime than under the base; `nil` before the first.
  public let shareWorse: Estimate?
  /// How many times the variance of the difference would be larger with independent luck; `nil` when not known.
  public let varianceReduction: Double?
}

/// How much more often one objective is missed under another design, compared replication by replication.
public struct ObjectiveDifference: Sendable, Hashable {
  /// The objective's name, which both designs have.
  public let name: String
  /// Other minus base: the share of windows missed, each against what its own design promises; `nil` when no
  /// replication differed.
  public let missed: Estimate?
}
