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
    let facts = PackingFacts(problem)
    var packing = QuickPacking(facts).best(isForMost: true)
    var waiting = packing.pendingCount(of: problem)
    var root = PlacementSearch(facts)
    var atLeast = root.waitingAtLeast
    if atLeast < waiting { atLeast = max(atLeast, WaitingBound(facts).pods) }
    var openAt = -1
    search: while atLeast < waiting {
      switch facts.search(waitingAtMost: atLeast, steps: steps) {
      case .found(let better):
        packing = better
        waiting = better.pendingCount(of: problem)
        break search
      case .none: atLeast += 1
      case .givenUp:
        openAt = atLeast
        break search
      }
    }
    improving: while atLeast < waiting, waiting - 1 > openAt {
      switch facts.search(waitingAtMost: waiting - 1, steps: steps) {
      case .found(let better):
        packing = better
        waiting = better.pendingCount(of: problem)
      case .none: atLeast = waiting
      case .givenUp: break improving
      }
    }
    (self.packing, self.waiting, waitingAtLeast) = (packing, waiting, atLeast)
  }

  /// Whether all pods of a problem have nodes, which is found sooner than how many wait.
  static func fits(_ problem: PlacementProblem, steps: Int) -> Fit {
    let facts = PackingFacts(problem)
    if QuickPacking(facts).best().pendingCount(of: problem) == 0 { return .yes }
    var root = PlacementSearch(facts)
    guard root.waitingAtLeast == 0, WaitingBound(facts).pods == 0 else { return .no }
    return switch facts.search(waitingAtMost: 0, steps: steps) {
    case .found: .yes
    case .none: .no
    case .givenUp: .unknown
    }
  }

  /// The same with what somebody else found, where fewer wait in it.
  public func improved(by packing: Packing, in problem: PlacementProblem) -> BestPlacement {
    let pending = packing.pendingCount(of: problem)
    guard pending < waiting else { return self }
    return BestPlacement(packing: packing, waiting: pending, waitingAtLeast: min(waitingAtLeast, pending))
  }

  init(packing: Packing, waiting: Int, waitingAtLeast: Int) {
    (self.packing, self.waiting, self.waitingAtLeast) = (packing, waiting, waitingAtLeast)
  }
}

extension PackingFacts {
  /// A packing in which no more than so many pods wait: node by node where that is sound, then group by group.
  ///
  /// - Parameter steps: how many nodes of each search tree are visited before it is given up.
  func search(waitingAtMost most: Int, steps: Int) -> PlacementSearch.Outcome {
    if most == 0, var filling = NodeFilling(problem, steps: steps) {
      let outcome = filling.run()
      if case .givenUp = outcome {} else { return outcome }
    }
    var search = PlacementSearch(self, waitingAtMost: most, steps: steps)
    return search.run()
  }
}
