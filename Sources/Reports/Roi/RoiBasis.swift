public import Economics

/// A change by every reckoning of what it saves and costs.
public struct RoiBasis: Sendable {
  /// The pairs.
  public let comparison: BasisComparison
  /// The pair that the plan leads with, or the first.
  public let first: BasisComparison.Row
  /// The pair of the model and the bill that was asked for.
  public let own: BasisComparison.Row
  /// What has to be known to read them.
  public let notes: [String]

  /// Reckonings.
  public init(
    _ comparison: BasisComparison, first: BasisComparison.Row, own: BasisComparison.Row, notes: [String]
  ) {
    (self.comparison, self.first, self.own, self.notes) = (comparison, first, own, notes)
  }

  /// The figures that make the two pairs differ.
  public var steps: [BasisComparison.Step] { comparison.steps(from: first, to: own) }
}
