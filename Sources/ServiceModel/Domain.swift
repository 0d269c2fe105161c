/// Something that takes down everything in it when it fails: a region, a zone, a node pool, a node.
public struct Domain: Sendable {
  /// What kind of place this is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Several zones.
    case region
    /// An availability zone: power, cooling and network of its own.
    case zone
    /// A group of like nodes.
    case pool
    /// One machine: a Kubernetes node, a host.
    case node
  }

  /// The name; unique among domains and components.
  public let name: String
  /// What kind of place this is.
  public let kind: Kind
  /// The domains this one is directly in, as indices: a node is in its zone and in its pool.
  public let parents: [Int]
  /// The name under which failures of this domain are counted: its own, or its pool's for a generated node.
  public let causeName: String
  /// The ways in which the whole domain fails.
  public let modes: [FailureMode]
  /// Work on it on purpose; of a pool, on its nodes.
  public let planned: [PlannedWork]
  /// What a node has for units, or each node of a pool; `nil`: as much as they ask for.
  public let allocatable: ComputeResources?
  /// How many nodes of a pool run, by the units that have no room; `nil`: those declared, always.
  public let nodeAutoscaling: NodeAutoscaling?
  /// What a node is, or each node of a pool.
  public let shape: NodeShape
}
