/// How much is served of what something stands on, as a recipe over units, gates and other recipes.
///
/// fraction = min over `capacities` and `alternatives` × Π (1 − loss) over the `softLosses` that are down. Recipes are
/// numbered so that those a recipe asks for come before it.
public struct ServedFraction: Sendable {
  /// Healthy units' worth of work against what is asked for.
  public struct Capacity: Sendable, Hashable {
    /// The units that do the work, when their roles do not move.
    public let units: [Int]
    /// The moving role that does the work, when it does.
    public let movingRole: Int?
    /// How many of the units are up whenever the role is.
    public let required: Int
    /// How many healthy units' worth is asked for.
    public let demand: Double
  }

  /// At least `count` of the members; the fraction is that of the `count`-th best.
  public struct Alternatives: Sendable, Hashable {
    /// A gate that says whether a member is up, and the recipe for how much of it is served.
    public struct Member: Sendable, Hashable {
      /// The gate.
      public let gate: Int
      /// The recipe's number.
      public let fraction: Int
    }

    /// How many are needed.
    public let count: Int
    /// What can be chosen from.
    public let members: [Member]
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

  /// Whether it is 1 whenever what it is for is up.
  public var isTrivial: Bool { capacities.isEmpty && softLosses.isEmpty && alternatives.isEmpty }

  /// A thing that is needed softly by several counts once, at its greatest loss.
  mutating func addSoftLoss(gate: Int, loss: Double) {
    if let index = softLosses.firstIndex(where: { $0.gate == gate }) {
      softLosses[index] = SoftLoss(gate: gate, loss: max(loss, softLosses[index].loss))
    } else {
      softLosses.append(SoftLoss(gate: gate, loss: loss))
    }
  }
}

/// A capability over dense indices.
public struct CompiledCapability: Sendable {
  /// Its name.
  public let name: String
  /// The gate that is up when it is not down.
  public let gate: Int
  /// The number of the recipe for how much is served while it is up.
  public let fraction: Int
}
