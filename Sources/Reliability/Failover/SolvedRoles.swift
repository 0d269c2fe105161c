public import ServiceGraph
internal import Synchronization

/// A graph whose roles that move are solved once, for all questions about its long run.
///
/// Answers are the same as those of the graph alone; a second question saves the time that the chains take.
public final class SolvedRoles: Sendable {
  // A class, since all questions about one graph share what the first of them has solved.

  /// The graph.
  public let graph: CompiledGraph
  private let known = Mutex<[FailoverModule]?>(nil)

  /// Nothing is solved before somebody asks.
  public init(_ graph: CompiledGraph) { self.graph = graph }

  /// The modules of the roles that move.
  var modules: [FailoverModule] {
    known.withLock { known in
      let modules = known ?? FailoverModule.all(graph, memory: SolvedChains())
      known = modules
      return modules
    }
  }
}
