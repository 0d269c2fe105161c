public import ServiceModel

/// Something whose failure alone takes a capability down.
public struct SinglePointOfFailure: Sendable, Hashable {
  /// What it is.
  public enum Kind: Sendable, Hashable {
    /// One unit.
    case unit
    /// All units of a component at once.
    case component
    /// Some units of a component: those in one domain, or those that a common cause hits at once.
    case part
    /// A domain with all that is in it.
    case domain(Domain.Kind)
  }

  /// How long a capability is without it.
  public enum Effect: Sendable, Hashable {
    /// Until it is repaired, or somebody moves a role by hand.
    case lasting
    /// Until failover has moved the roles it had.
    case untilFailover
  }

  /// A capability that it takes down.
  public struct Hit: Sendable, Hashable {
    /// The capability's name.
    public let capability: String
    /// For how long.
    public let effect: Effect
  }

  /// The name: `pgbouncer`, `ledger/reader/2`, `api@us-east-1a`, `us-east-1a`.
  public let entity: String
  /// What it is.
  public let kind: Kind
  /// The failures that are stated for it: `component/mode` or `domain/mode`. Empty when the model states none, so that
  /// it is a single point by structure and nothing is known of how often.
  public let causes: [String]
  /// Failures stated for it that the incident history has never seen.
  public let unseenCauses: [String]
  /// What it takes down, in the order of the model.
  public let hits: [Hit]
}
