/// Simplifies a network, cuts it into modules and solves each.
struct NetworkSolver {
  /// The most nodes of any one diagram while it is built.
  let nodeLimit: Int
  /// The most steps of any one diagram.
  var mostSteps = Int.max

  /// The modules, inputs first, and the module of each root.
  struct Solution {
    var modules: [NetworkModule] = []
    var rootModules: [Int] = []
  }

  /// The diagrams of the modules that some roots need.
  ///
  /// A root and its opposite are solved once.
  func solution(
    of network: BooleanNetwork, roots: [BooleanNetwork.Literal]
  ) throws(BinaryDecisionDiagram.TooLarge) -> Solution {
    var place: [Int: Int] = [:]
    var distinct: [BooleanNetwork.Literal] = []
    for root in roots where place[root.node] == nil {
      place[root.node] = distinct.count
      distinct.append(root)
    }
    var solution = try solution(of: network, distinct: distinct)
    let solved = solution.rootModules
    solution.rootModules = []
    for root in roots {
      let number = place[root.node] ?? 0
      if root == distinct[number] {
        solution.rootModules.append(solved[number])
      } else {
        solution.rootModules.append(solution.modules.count)
        solution.modules.append(solution.modules[solved[number]].opposite)
      }
    }
    return solution
  }

  /// Several roots are solved together when that is little work, else each for itself, since a single root
  /// simplifies further.
  private func solution(
    of network: BooleanNetwork, distinct roots: [BooleanNetwork.Literal]
  ) throws(BinaryDecisionDiagram.TooLarge) -> Solution {
    if roots.count < 2 { return try solution(of: network, together: roots, mostSteps: mostSteps) }
    if let solution = try? solution(of: network, together: roots, mostSteps: 20_000) { return solution }
    var all = Solution()
    for root in roots {
      let one = try solution(of: network, together: [root], mostSteps: mostSteps)
      all.rootModules.append(all.modules.count + one.rootModules[0])
      let offset = all.modules.count
      all.modules += one.modules.map { $0.renumbered(by: offset) }
    }
    return all
  }

  private func solution(
    of network: BooleanNetwork, together roots: [BooleanNetwork.Literal], mostSteps: Int
  ) throws(BinaryDecisionDiagram.TooLarge) -> Solution {
    var graph = GateGraph(network, roots: roots)
    while true {
      let simple = NetworkSimplification(graph).graph.withDisjointInputsApart()
      var builder = SolutionBuilder(graph: simple, nodeLimit: nodeLimit, mostSteps: mostSteps)
      let solution = try builder.solution()
      if builder.constants.isEmpty { return solution }
      graph = simple.replacing(builder.constants)
    }
  }
}

/// Solves the modules of a simplified graph one after the other.
private struct SolutionBuilder {
  let graph: GateGraph
  let nodeLimit: Int
  let mostSteps: Int
  private let isModule: [Bool]
  /// For each node: the number of its module, −1 without one.
  private var moduleOfNode: [Int]
  private var place: [Int32]
  private var solved = NetworkSolver.Solution()
  /// Modules that turned out to be constants, by their nodes; the graph is then to be simplified once more.
  private(set) var constants: [Int: Bool] = [:]

  init(graph: GateGraph, nodeLimit: Int, mostSteps: Int) {
    self.graph = graph
    self.nodeLimit = nodeLimit
    self.mostSteps = mostSteps
    isModule = NetworkModules(graph).isModule
    moduleOfNode = [Int](repeating: -1, count: graph.count)
    place = [Int32](repeating: -1, count: graph.count)
  }

  mutating func solution() throws(BinaryDecisionDiagram.TooLarge) -> NetworkSolver.Solution {
    for node in 0..<graph.count where isModule[node] {
      moduleOfNode[node] = solved.modules.count
      try solve([UInt32(node) << 1])
      let root = solved.modules[moduleOfNode[node]].diagram.root
      if root <= 1 { constants[node] = root == 1 }
    }
    let together = graph.roots.filter { moduleOfNode[Int($0 >> 1)] < 0 && $0 > GateGraph.always }
    var next = solved.modules.count
    if !together.isEmpty { try solve(together) }
    for root in graph.roots {
      let module = moduleOfNode[Int(root >> 1)]
      if root <= GateGraph.always {
        solved.rootModules.append(solved.modules.count)
        solved.modules.append(NetworkModule(diagram: FlatDiagram(constant: root == 1), meaning: []))
      } else if module < 0 {
        solved.rootModules.append(next)
        next += 1
      } else if root & 1 == 0 {
        solved.rootModules.append(module)
      } else {
        solved.rootModules.append(solved.modules.count)
        solved.modules.append(solved.modules[module].opposite)
      }
    }
    return solved
  }

  private mutating func solve(_ tops: [UInt32]) throws(BinaryDecisionDiagram.TooLarge) {
    let module = ModuleGraph(graph, tops: tops, isModule: isModule, place: &place)
    var race = OrderRace(module, nodeLimit: nodeLimit, mostSteps: mostSteps)
    let winner = try race.winner()
    let meaning = winner.order.map { leaf in
      let node = module.leaves[leaf]
      return graph.kinds[node] == .variable
        ? NetworkModule.Meaning.variable(Int(graph.numbers[node])) : .module(moduleOfNode[node])
    }
    for diagram in winner.diagrams {
      solved.modules.append(NetworkModule(diagram: diagram, meaning: meaning))
    }
  }
}
