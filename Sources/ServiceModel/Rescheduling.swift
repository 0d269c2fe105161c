public import Quantities

/// When the units of a component come up elsewhere after their node is lost, and on which nodes they may.
///
/// A unit is bound to its node. When the node has been down this long, because it, its zone or its pool is, the unit
/// comes up on another node that is up, and stays there.
public struct Rescheduling: Sendable {
  /// How long a unit waits for its node; `nil`: until that is back, and only autoscaling makes it come and go.
  public let after: TimeSpan?
  /// For each role of the component: the nodes that its units may be on, as indices into the model's domains, in the
  /// order declared.
  public let nodes: [[Int]]
}

extension FailureMode {
  /// The time by which a failure mode ages.
  public enum Clock: String, Sendable, Hashable, CaseIterable {
    /// Calendar time, whatever else is down (suspended animation is off).
    case calendar
    /// The time in which a unit that it hits is up: while all of them are held down by something, it stands still
    /// (*suspended animation*: Barlow and Proschan, *Statistical theory of reliability and life testing*, 1975).
    case operating
  }
}
