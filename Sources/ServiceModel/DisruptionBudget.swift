public import Diagnostics
public import Quantities

/// How many units of a component planned work must leave up, counting those that are down for any reason.
///
/// As the PodDisruptionBudget of Kubernetes: it bounds what is done on purpose, and no failure.
public struct DisruptionBudget: Sendable {
  /// The bound as it is stated.
  public enum Limit: Sendable, Hashable {
    /// So many stay up.
    case keep(Int)
    /// This share stays up, rounded up to whole units.
    case keepShare(Probability)
    /// So many may be down.
    case disrupt(Int)
    /// This share may be down, rounded up to whole units.
    case disruptShare(Probability)
  }

  /// The bound.
  public let limit: Limit
  /// Where it was written.
  public let location: SourceLocation

  /// A bound.
  public init(_ limit: Limit, location: SourceLocation) {
    self.limit = limit
    self.location = location
  }

  /// How many of so many units stay up; may be more than there are.
  ///
  /// Percentages round up on either side (Kubernetes, *Specifying a Disruption Budget for your Application*): 50 % of 7 keeps
  /// 4, and may disrupt 4, which keeps 3.
  public func kept(of units: Int) -> Int {
    switch limit {
    case .keep(let count): count
    case .keepShare(let share): DisruptionBudget.roundedUp(share, of: units)
    case .disrupt(let count): max(0, units - count)
    case .disruptShare(let share): max(0, units - DisruptionBudget.roundedUp(share, of: units))
    }
  }

  /// 7 % of 100 is 7, whatever the last bit of 0.07 says.
  private static func roundedUp(_ share: Probability, of units: Int) -> Int {
    Int((share.value * Double(units) - 1e-9).rounded(.up))
  }
}
