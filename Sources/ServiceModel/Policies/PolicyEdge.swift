public import Diagnostics
public import Quantities
public import Resilience

/// What stands between callers and callees: pools, and dependencies with policies.
public struct ModelPolicies: Sendable {
  /// The pools, in the order declared.
  public let pools: [NamedPool]
  /// The pools of memory and storage, in the order declared.
  public let dataPools: [DataPool]
  /// The dependencies that have policies: those of components, then those of capabilities, in the order declared.
  public let edges: [PolicyEdge]

  /// The place in `edges` of a dependency; `nil` where it has no policy.
  public func edge(of owner: PolicyEdge.Owner, dependency: Int) -> Int? {
    edges.firstIndex { $0.owner == owner && $0.dependency == dependency }
  }
}

/// A pool of the model.
public struct NamedPool: Sendable {
  /// The name.
  public let name: String
  /// The component whose units each have one.
  public let component: Int
  /// Where its slots lead to.
  public let destination: Target?
  /// The slots of one unit.
  public let pool: Pool
  /// Whether every request of the component holds a slot: then the component is down while calls take all of them.
  public let servesRequests: Bool
  /// Memory that one slot takes; `nil`: nothing is stated.
  public let memory: DataSize?
  /// How what other work takes changes, and who is told.
  public let outlook: PoolOutlook
}

/// A dependency with policies.
public struct PolicyEdge: Sendable {
  /// Who depends.
  public enum Owner: Sendable, Hashable {
    /// A component, by its index.
    case component(Int)
    /// A capability, by its index.
    case capability(Int)
  }

  /// Who depends.
  public let owner: Owner
  /// The place among the owner's dependencies.
  public let dependency: Int
  /// `backend → sap`.
  public let name: String
  /// The policies, consistent with each other and with the pools.
  public internal(set) var policies: EdgePolicies
  /// Who sees that its calls fail; `nil`: nobody does.
  public let alert: ErrorAlert?
  /// Where the dependency was written.
  public let location: SourceLocation

  /// The component whose request pool its calls hold slots of; `nil`: none.
  public var poolOwner: Int? {
    guard case .component(let index) = owner, policies.callerPool != nil else { return nil }
    return index
  }
}

extension [PolicyEdge] {
  /// The same edges, each with what the calls to the other callees of its caller hold of their common pool.
  func sharingPools() -> [PolicyEdge] {
    map { edge in
      guard let owner = edge.poolOwner else { return edge }
      var shared = edge
      let others = filter { $0.poolOwner == owner && $0.dependency != edge.dependency }
      shared.policies = edge.policies.besideCalls(
        holding: others.reduce(0) { $0 + $1.policies.usualSlots })
      return shared
    }
  }
}
