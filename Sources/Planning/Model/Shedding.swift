public import ServiceModel

/// Who goes, by priority, until what the others may take fits on the nodes of a pool.
///
/// A priority goes as a whole before the next; of the last one as little as suffices goes, so that the fewest capabilities are
/// lost, then so that the least is freed. Sums over nodes: that the rest fits on each node is not proved.
public struct Shedding: Sendable {
  /// Units that go.
  public struct Step: Hashable, Sendable {
    /// The component.
    public let component: String
    /// Its priority.
    public let priority: UnitPriority
    /// How many of its units go.
    public let units: Int
    /// How many it has on these nodes.
    public let of: Int
    /// What they may take together.
    public let freed: ComputeResources
  }

  /// What the units of one priority may take.
  public struct Rung: Hashable, Sendable {
    /// The priority; `nil`: units that state none.
    public let priority: UnitPriority?
    /// The components.
    public let components: [String]
    /// What all their units may take.
    public let asked: ComputeResources
    /// The same with everything that matters more.
    public let upToHere: ComputeResources
  }

  /// The pool, or the node where it is alone.
  public let pool: String
  /// The place that is lost; `nil`: none.
  public let lost: String?
  /// What the nodes that are left have.
  public let room: ComputeResources
  /// What all units may take, what matters most first.
  public let rungs: [Rung]
  /// Who goes, first to go first; empty where all fit.
  public let steps: [Step]
  /// The capabilities that are down without them, though nothing else fails.
  public let lostCapabilities: [String]
  /// Whether the rest fits.
  public let suffices: Bool
  /// Whether all ways to choose within the last priority were compared.
  public let isProved: Bool

  /// What all units may take.
  public var asked: ComputeResources { rungs.last?.upToHere ?? .none }
}
