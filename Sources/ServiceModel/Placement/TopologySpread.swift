/// How even the numbers of a component's units must be over nodes or zones.
///
/// A topology spread constraint of Kubernetes: a unit may go to a place when the units there, with it, are no more than
/// `maxSkew` above the fewest of any place that it could be in. While there are fewer such places than `minDomains`, these
/// fewest count as 0.
public struct TopologySpread: Sendable, Hashable {
  /// What units are spread over.
  public enum Topology: String, Sendable, Hashable, CaseIterable {
    /// Nodes, by their names.
    case nodes
    /// Zones.
    case zones
  }

  /// What happens to a unit that would break it.
  public enum Unsatisfiable: String, Sendable, Hashable, CaseIterable {
    /// It stays pending.
    case doNotSchedule = "do-not-schedule"
    /// It goes where it breaks it least.
    case scheduleAnyway = "schedule-anyway"
  }

  /// What units are spread over.
  public let topology: Topology
  /// By how much a place may be above the fewest; at least 1.
  public let maxSkew: Int
  /// How many places there should be; 1 unless stated.
  public let minDomains: Int
  /// What happens to a unit that would break it.
  public let whenUnsatisfiable: Unsatisfiable

  /// A constraint.
  public init(topology: Topology, maxSkew: Int, minDomains: Int, whenUnsatisfiable: Unsatisfiable) {
    (self.topology, self.maxSkew) = (topology, maxSkew)
    (self.minDomains, self.whenUnsatisfiable) = (minDomains, whenUnsatisfiable)
  }
}
