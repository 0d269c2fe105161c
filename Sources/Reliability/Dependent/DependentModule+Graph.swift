internal import ServiceGraph

extension DependentModule {
  /// The dependent groups of a graph, solved.
  ///
  /// - Throws: which chain has no answer, and why.
  static func all(_ graph: CompiledGraph) throws(SteadyState.TooLarge) -> [DependentModule] {
    var modules: [DependentModule] = []
    do throws(Unsolved) {
      for group in graph.dependentGroups { modules.append(try DependentModule(group, in: graph)) }
    } catch {
      throw SteadyState.TooLarge(nodeLimit: 0, unsolvedChain: error.reason)
    }
    return modules
  }
}
