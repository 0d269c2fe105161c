internal import Quantities
internal import ServiceModel

/// How much is served of what something stands on, as a recipe over units, gates and other recipes.
///
/// fraction = min over `capacities` and `alternatives` × Π (1 − loss) over the `softLosses` that are down. What calls only get to
/// over policies limits it while its callee is up. Recipes are numbered so that those a recipe asks for come before it.
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
    /// The capability whose profile the demand follows; `nil`: it is the same at all hours.
    public let profile: Int?
    /// The dependencies with policies on each way by which calls get to it, the caller's first. It limits only what is served
    /// while the callees on such a way are up; otherwise policies decide what becomes of the calls. Empty where some calls get
    /// to it without policies.
    public var callWays: [[Int]] = []

    /// Whether it is the same work, however calls get to it.
    func isSameWork(as other: Capacity) -> Bool {
      var own = self
      own.callWays = other.callWays
      return own == other
    }
  }

  /// At least `count` of the members; the fraction is that of the `count` best together.
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
    /// Whether it is only called with policies, which decide what becomes of calls while too few members are up.
    public let isCalledWithPolicies: Bool
  }

  /// What is lost when a gate is down.
  public struct SoftLoss: Sendable, Hashable {
    /// The gate.
    public let gate: Int
    /// The fraction lost.
    public let loss: Double
    /// The part of it that is lost whatever policies say: by those who depend on it without any.
    public let plainLoss: Double
    /// Those who depend on it with policies.
    public let edges: [EdgeLoss]
    /// The recipe of what becomes of the calls of those who depend on a choice below it without policies; `nil`: nobody does, or
    /// its members have none either.
    public var calls: Int?
  }

  /// What the calls of a dependency with policies lose, as long as some of them succeed. Only the simulation knows how many.
  public struct EdgeLoss: Sendable, Hashable {
    /// The edge's number.
    public let edge: Int
    /// The fraction lost when all calls fail; 1 for a hard dependency, and 0 where the policies of one above it decide what
    /// becomes of that.
    public let loss: Double
    /// Whether it is soft, and those who make its calls are themselves only called with policies, which may give calls up that
    /// wait for what can be done without.
    public var isUnderPolicies = false
  }

  /// What limits it.
  public var capacities: [Capacity] = []
  /// Choices that limit it.
  public var alternatives: [Alternatives] = []
  /// What is lost, each thing once.
  public var softLosses: [SoftLoss] = []
  /// The hard dependencies with policies that it stands on, each once.
  public var edgeLosses: [EdgeLoss] = []
  /// The edges that can use up the slots of a caller that it stands on.
  public var slotEdges: [Int] = []

  /// Whether it is 1 whenever what it is for is up.
  public var isTrivial: Bool {
    capacities.isEmpty && softLosses.isEmpty && alternatives.isEmpty && edgeLosses.isEmpty
      && slotEdges.isEmpty
  }

  /// What is served of several together: nothing that they stand on limits it twice, or is lost twice.
  public static func union(_ several: [ServedFraction]) -> ServedFraction {
    guard var union = several.first else { return ServedFraction() }
    for other in several.dropFirst() {
      union.capacities += other.capacities.filter { !union.capacities.contains($0) }
      union.alternatives += other.alternatives.filter { !union.alternatives.contains($0) }
      for soft in other.softLosses { union.add(soft) }
      for edge in other.edgeLosses { union.add(edge) }
      union.slotEdges += other.slotEdges.filter { !union.slotEdges.contains($0) }
    }
    return union
  }

  /// Whether something is lost, and not only limited by what there is room for.
  public var hasLosses: Bool {
    !(softLosses.isEmpty && alternatives.isEmpty && edgeLosses.isEmpty && slotEdges.isEmpty)
  }

  private mutating func add(_ soft: SoftLoss) {
    guard let index = softLosses.firstIndex(where: { $0.gate == soft.gate }) else {
      softLosses.append(soft)
      return
    }
    let known = softLosses[index]
    softLosses[index] = SoftLoss(
      gate: soft.gate, loss: max(known.loss, soft.loss), plainLoss: max(known.plainLoss, soft.plainLoss),
      edges: known.edges + soft.edges.filter { !known.edges.contains($0) }, calls: known.calls ?? soft.calls)
  }

  private mutating func add(_ edge: EdgeLoss) {
    guard let index = edgeLosses.firstIndex(where: { $0.edge == edge.edge }) else {
      edgeLosses.append(edge)
      return
    }
    if edge.loss > edgeLosses[index].loss { edgeLosses[index] = edge }
  }

  /// The same work limits once, over every way by which calls get to it.
  mutating func add(_ capacity: Capacity) {
    guard let index = capacities.firstIndex(where: { $0.isSameWork(as: capacity) }) else {
      capacities.append(capacity)
      return
    }
    let known = capacities[index].callWays
    capacities[index].callWays =
      known.isEmpty || capacity.callWays.isEmpty ? [] : CallWays.merged(known, capacity.callWays)
  }

  /// A thing that is needed softly by several counts once, at its greatest loss.
  mutating func addSoftLoss(
    gate: Int, loss: Double, edge: Int? = nil, isPlain: Bool = true, calls: Int? = nil
  ) {
    let index = softLosses.firstIndex { $0.gate == gate }
    let known = index.map { softLosses[$0] }
    let sum = SoftLoss(
      gate: gate, loss: max(loss, known?.loss ?? 0),
      plainLoss: max(edge == nil ? loss : 0, known?.plainLoss ?? 0),
      edges: (known?.edges ?? [])
        + (edge.map { [EdgeLoss(edge: $0, loss: loss, isUnderPolicies: !isPlain)] } ?? []),
      calls: calls ?? known?.calls)
    if let index { softLosses[index] = sum } else { softLosses.append(sum) }
  }
}

extension ServedFraction {
  /// Who reads gates alone sees a plain dependency.
  mutating func addLosses(
    of number: Int, _ edge: EdgeCompiler.Open?, _ strength: Dependency<Target>.Strength, isPlain: Bool
  ) {
    guard let edge else { return }
    if edge.callerGate != nil, isPlain { slotEdges.append(number) }
    switch strength {
    case .hard: edgeLosses.append(EdgeLoss(edge: number, loss: isPlain ? 1 : 0))
    case .soft(let loss): addSoftLoss(gate: edge.callee, loss: loss.value, edge: number, isPlain: isPlain)
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
