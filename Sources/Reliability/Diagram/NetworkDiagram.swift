/// Decision diagrams of some roots of a network, one for each module.
///
/// The network is simplified, cut into modules (parts that share no variable with the rest), and every module is
/// solved once, in the best of several variable orders.
package struct NetworkDiagram: Sendable {
  /// The modules; what a module stands on comes before it.
  package let modules: [NetworkModule]
  /// For each root: its module.
  package let rootModules: [Int]
  /// The number of variables of the network.
  package let variableCount: Int

  /// Solves some roots of a network.
  ///
  /// - Parameter nodeLimit: The most nodes of any one diagram while it is built.
  /// - Throws: `TooLarge` when no order that was tried stays below the limit.
  package init(
    _ network: BooleanNetwork, roots: [BooleanNetwork.Literal], nodeLimit: Int = 12_000_000
  ) throws(BinaryDecisionDiagram.TooLarge) {
    try self.init(network, roots: roots, solver: NetworkSolver(nodeLimit: nodeLimit))
  }

  /// Solves some roots of a network with a solver's limits.
  init(
    _ network: BooleanNetwork, roots: [BooleanNetwork.Literal], solver: NetworkSolver
  ) throws(BinaryDecisionDiagram.TooLarge) {
    let solved = try solver.solution(of: network, roots: roots)
    modules = solved.modules
    rootModules = solved.rootModules
    variableCount = network.variableCount
  }

  /// How many nodes all diagrams have together.
  package var nodeCount: Int { modules.reduce(0) { $0 + $1.diagram.count } }

  /// The probability that a root is true when the variables are independent.
  ///
  /// - Parameter trueProbabilities: P(true) of each variable of the network, 0…1.
  /// - Complexity: O(nodes of the modules below the root).
  package func probability(ofRoot root: Int, _ trueProbabilities: [Double]) -> Double {
    moduleOdds(below: rootModules[root], trueProbabilities)[rootModules[root]].isTrue
  }

  /// The probability that each root is true; what roots share is worked out once.
  package func probabilitiesOfRoots(_ trueProbabilities: [Double]) -> [Double] {
    var odds = [FlatDiagram.Odds](repeating: FlatDiagram.Odds(0), count: modules.count)
    for index in modules.indices {
      odds[index] = modules[index].diagram.odds(variableOdds(modules[index], odds, trueProbabilities))
    }
    return rootModules.map { odds[$0].isTrue }
  }

  /// The Birnbaum importance of every variable of the network, ∂P / ∂p, in one pass up and one down.
  package func birnbaumImportance(ofRoot root: Int, _ trueProbabilities: [Double]) -> [Double] {
    let top = rootModules[root]
    let odds = moduleOdds(below: top, trueProbabilities)
    var importance = [Double](repeating: 0, count: trueProbabilities.count)
    var reach = [Double](repeating: 0, count: top + 1)
    var isReached = [Bool](repeating: false, count: top + 1)
    (reach[top], isReached[top]) = (1, true)
    for index in stride(from: top, through: 0, by: -1) where isReached[index] {
      let module = modules[index]
      let variables = variableOdds(module, odds, trueProbabilities)
      let own = module.diagram.birnbaumImportance(variables)
      for (meaning, value) in zip(module.meaning, own) {
        switch meaning {
        case .variable(let variable): importance[variable] += reach[index] * value
        case .module(let other):
          reach[other] += reach[index] * value
          isReached[other] = true
        }
      }
    }
    return importance
  }

  /// The variables of the network that a root depends on, ascending.
  package func support(ofRoot root: Int) -> [Int] {
    var isUsed = [Bool](repeating: false, count: variableCount)
    var isReached = [Bool](repeating: false, count: rootModules[root] + 1)
    isReached[rootModules[root]] = true
    for index in isReached.indices.reversed() where isReached[index] {
      for variable in modules[index].diagram.support {
        switch modules[index].meaning[variable] {
        case .variable(let number): isUsed[number] = true
        case .module(let other): isReached[other] = true
        }
      }
    }
    return isUsed.indices.filter { isUsed[$0] }
  }

  /// Whether a root is true in a state of the variables.
  package func isTrue(root: Int, when state: [Bool]) -> Bool {
    isTrue(root: root) { $0 < state.count && state[$0] }
  }

  /// Whether a root is true when only one variable is.
  package func isTrue(root: Int, onlyVariable variable: Int) -> Bool {
    isTrue(root: root) { $0 == variable }
  }

  private func isTrue(root: Int, _ state: (Int) -> Bool) -> Bool {
    let top = rootModules[root]
    var values = [Bool](repeating: false, count: top + 1)
    for index in modules(below: top) {
      let module = modules[index]
      values[index] = module.diagram.isTrue {
        switch module.meaning[$0] {
        case .variable(let variable): state(variable)
        case .module(let other): values[other]
        }
      }
    }
    return values[top]
  }

  /// A module and those it stands on, ascending.
  package func modules(below top: Int) -> [Int] {
    var isReached = [Bool](repeating: false, count: top + 1)
    isReached[top] = true
    for index in stride(from: top, through: 0, by: -1) where isReached[index] {
      for case .module(let other) in modules[index].meaning { isReached[other] = true }
    }
    return isReached.indices.filter { isReached[$0] }
  }

  func moduleOdds(below top: Int, _ trueProbabilities: [Double]) -> [FlatDiagram.Odds] {
    var odds = [FlatDiagram.Odds](repeating: FlatDiagram.Odds(0), count: top + 1)
    for index in modules(below: top) {
      odds[index] = modules[index].diagram.odds(variableOdds(modules[index], odds, trueProbabilities))
    }
    return odds
  }

  private func variableOdds(
    _ module: NetworkModule, _ odds: [FlatDiagram.Odds], _ trueProbabilities: [Double]
  ) -> [FlatDiagram.Odds] {
    module.meaning.map {
      switch $0 {
      case .variable(let variable): FlatDiagram.Odds(trueProbabilities[variable])
      case .module(let other): odds[other]
      }
    }
  }
}
