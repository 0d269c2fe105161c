public import Economics

/// What years of downtime cost one of the designs.
public struct DesignLosses: Sendable {
  /// The design.
  public let name: String
  /// Its yearly losses.
  public let exceedance: LossExceedance

  /// What years cost a design.
  public init(name: String, exceedance: LossExceedance) {
    self.name = name
    self.exceedance = exceedance
  }
}
