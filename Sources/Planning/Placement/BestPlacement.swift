/// The packing in which the fewest pods wait, as far as it could be proved.
public struct BestPlacement: Hashable, Sendable {
  /// The packing.
  public let packing: Packing
  /// How many pods wait in it.
  public let waiting: Int
  /// How many wait whatever anybody does; the same once it is proved.
  public let waitingAtLeast: Int

  /// Whether no packing leaves fewer waiting.
  public var isProved: Bool { waiting == waitingAtLeast }

  /// Whether every pod has a node, as far as it is known.
  public var fits: Fit {
    if waiting == 0 { return .yes }
    return waitingAtLeast > 0 ? .no : .unknown
  }

  /// Whether pods have nodes.
  public enum Fit: Hashable, Sendable {
    /// All of them.
    case yes
    /// Proved that some have none.
    case no
    /// Nothing was found, and nothing was proved.
    case unknown
  }

  /// How long a search may be: nodes of its tree.
  public static let usualSteps = 200_000

  /// The best packing of a problem: simple rules first, then a search through what is left between them and a bound.
  ///
  /// - Parameter steps: how many nodes of the search tree are visited before it gives up.
  /// - Complexity: exponential at worst, O(steps × pods × nodes) at most.
  public init(_ problem: PlacementProblem, steps: Int = usualSteps) {
    var packing = QuickPacking(problem).best(isForMost: true)
    var waiting = packing.pendingCount(of: problem)
    let groups = Array(problem.groups.indices)
    var atLeast = PackingBound(problem: problem).waiting(of: groups, in: PackingState(problem))
    search: while atLeast < waiting {
      switch BestPlacement.search(problem, waitingAtMost: atLeast, steps: steps) {
      case .found(let better):
        packing = better
        waiting = better.pendingCount(of: problem)
        break search
      case .none: atLeast += 1
      case .givenUp: break search
      }
    }
    improving: while atLeast < waiting {
      switch BestPlacement.search(problem, waitingAtMost: waiting - 1, steps: steps) {
      case .found(let better):
        packing = better
        waiting = better.pendingCount(of: problem)
      case .none: atLeast = waiting
      case .givenUp: break improving
      }
    }
    (self.packing, self.waiting, waitingAtLeast) = (packing, waiting, atLeast)
  }

  /// The same with what somebody else found, where fewer wait in it.
  public func improved(by packing: Packing, in problem: PlacementProblem) -> BestPlacement {
    let pending = packing.pendingCount(of: problem)
    guard pending < waiting else { return self }
    return BestPlacement(packing: packing, waiting: pending, waitingAtLeast: min(waitingAtLeast, pending))
  }

  private init(packing: Packing, waiting: Int, waitingAtLeast: Int) {
    (self.packing, self.waiting, self.waitingAtLeast) = (packing, waiting, waitingAtLeast)
  }

  /// Node by node where that is sound, then group by group.
  private static func search(
    _ problem: PlacementProblem, waitingAtMost most: Int, steps: Int
  ) -> PlacementSearch.Outcome {
    if most == 0, var filling = NodeFilling(problem, steps: steps) {
      switch filling.run() {
      case .found(let packing): return .found(packing)
      case .none: return .none
      case .givenUp: break
      }
    }
    var search = PlacementSearch(problem, waitingAtMost: most, steps: steps)
    return search.run()
  }
}
