public import Economics

/// What a cautious reader takes off the benefits of an option and puts on its costs, and who says so.
public struct OptionRisk: Sendable, Hashable {
  /// The shares.
  public let adjustment: RiskAdjustment
  /// Where they are stated: a flag, or files with their lines and sources.
  public let statedBy: [String]

  /// A margin for risk.
  public init(_ adjustment: RiskAdjustment, statedBy: [String]) {
    (self.adjustment, self.statedBy) = (adjustment, statedBy)
  }
}
