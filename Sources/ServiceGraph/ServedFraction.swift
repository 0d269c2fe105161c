/// How much of a capability is served, as a recipe over units and gates.
///
/// fraction = min over `capacities` and `alternatives` × Π (1 − loss) over the `softLosses` that are down.
public struct ServedFraction: Sendable {
  /// Healthy units' worth of work against what is asked for.
  public struct Capacity: Sendable, Hashable {
    /// The units that do the work, when their roles do not move.
    public let units: [Int]
    /// The moving role that does the work, when it does.
    public let movingRole: Int?
    /// How many healthy units' worth is asked for.
    public let demand: Double
  }

  /// At least `count` of the members; the fraction is that of the `count`-th best.
  public struct Alternatives: Sendable {
    /// How many are needed.
    public let count: Int
    /// The members with the gate that says whether each is up.
    public let members: [(gate: Int, fraction: ServedFraction)]
  }

  /// What is lost when a gate is down.
  public struct SoftLoss: Sendable, Hashable {
    /// The gate.
    public let gate: Int
    /// The fraction lost.
    public let loss: Double
  }

  /// What limits it.
  public var capacities: [Capacity] = []
  /// Choices that limit it.
  public var alternatives: [Alternatives] = []
  /// What is lost, each thing once.
  public var softLosses: [SoftLoss] = []

  /// Whether it is 1 whenever the capability is up.
  public var isTrivial: Bool {
    capacities.isEmpty && softLosses.isEmpty
      && alternatives.allSatisfy { $0.members.allSatisfy { $0.fraction.isTrivial } }
  }
}

/// A capability over dense indices.
public struct CompiledCapability: Sendable {
  /// Its name.
  public let name: String
  /// The gate that is up when it is not down.
  public let gate: Int
  /// How much is served while it is up.
  public let fraction: ServedFraction
}
