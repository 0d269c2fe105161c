public import CloudCost
public import Diagnostics
public import FoundationEssentials
public import ServiceModel

/// A month with as few, and with as many, units and nodes as autoscaling may run.
public struct AutoscalingLimits: Sendable {
  /// Everything at its fewest.
  public let least: Decimal
  /// Everything at its most.
  public let most: Decimal
  /// What scales, with its limits.
  public let counts: [RunningCount]

  /// The bills at the limits; `nil` when nothing that is paid for by its number scales.
  ///
  /// - Throws: a located finding for each name that no price bears.
  public init?(of model: Model, at book: PriceBook, purchase: [PurchaseShare]? = nil) throws(Findings) {
    var counts: [RunningCount] = []
    for entry in model.costs.entries {
      let running = RunningCount.behind(entry, in: model)
      if running.fewest != running.most, !counts.contains(running) { counts.append(running) }
    }
    guard !counts.isEmpty else { return nil }
    func monthly(_ count: (RunningCount) -> Decimal) throws(Findings) -> Decimal {
      let all = Dictionary(counts.map { ($0.owner, count($0)) }, uniquingKeysWith: { $1 })
      return try Bill(of: model, at: book, counts: all, purchase: purchase).monthly
    }
    least = try monthly(\.fewest)
    most = try monthly(\.most)
    self.counts = counts
  }
}
