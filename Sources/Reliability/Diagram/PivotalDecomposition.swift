/// A root of a network given the values of a few variables that very many gates share.
///
/// With those hubs fixed, the rest falls apart into small modules. Each has a diagram over its own leaves and the
/// hubs, so that the probability given one assignment of the hubs costs a pass over those that it touches.
///
/// Source: Barlow and Proschan, *Statistical Theory of Reliability and Life Testing* (1975), section 1.3, pivotal
/// decomposition.
struct PivotalDecomposition {
  /// The hubs, as variables of the network, those that most gates use first.
  let hubs: [Int]
  /// The modules given the hubs; what one stands on comes before it, the root is last.
  private let modules: [NetworkModule]
  /// For each hub: the modules that it touches, ascending.
  private let touched: [[Int]]
  /// Whether the root is the opposite of the last module.
  private let isOpposite: Bool

  /// The most hubs that are looked for.
  private static let mostHubs = 40
  /// The most leaves of a module given the hubs.
  private static let mostLeaves = 64
  /// The most diagram nodes that are visited, about 5 ns each, and the most hubs whose states may all be gone
  /// through; with more of them the probable states come first and the others add little.
  private static let mostWork = 400_000_000
  private static let mostComplete = 16
  /// The most steps of a module's diagram.
  private static let mostSteps = 200_000

  /// The decomposition of a simplified graph of one root; `nil` when a few hubs do not take it apart.
  init?(_ graph: GateGraph) {
    let root = graph.roots[0]
    guard let (hubs, isModule) = PivotalDecomposition.hubs(of: graph) else { return nil }
    var moduleOfNode = [Int](repeating: -1, count: graph.count)
    var place = [Int32](repeating: -1, count: graph.count)
    var modules: [NetworkModule] = []
    for node in 0..<graph.count where isModule[node] {
      let part = ModuleGraph(graph, tops: [UInt32(node) << 1], isModule: isModule, place: &place)
      var race = OrderRace(part, nodeLimit: 1_000_000, mostSteps: PivotalDecomposition.mostSteps)
      guard let winner = try? race.winner() else { return nil }
      let meaning = winner.order.map { leaf in
        let node = part.leaves[leaf]
        return graph.kinds[node] == .variable
          ? NetworkModule.Meaning.variable(Int(graph.numbers[node])) : .module(moduleOfNode[node])
      }
      moduleOfNode[node] = modules.count
      modules.append(NetworkModule(diagram: winner.diagrams[0], meaning: meaning))
    }
    self.hubs = hubs.map { Int(graph.numbers[$0]) }
    self.modules = modules
    isOpposite = root & 1 == 1
    touched = PivotalDecomposition.touched(modules, by: self.hubs)
  }

  /// The variables used most, as few as take the graph apart, with the modules that are left; `nil` where it is
  /// apart already.
  private static func hubs(of graph: GateGraph) -> (hubs: [Int], isModule: [Bool])? {
    if isSmall(graph, NetworkModules(graph).isModule) { return nil }
    let users = Users(graph)
    let candidates = (1..<max(1, graph.count))
      .filter { graph.kinds[$0] == .variable && users.gates(of: $0).count > 1 }
      .sorted { (-users.gates(of: $0).count, $0) < (-users.gates(of: $1).count, $1) }
      .prefix(mostHubs)
    for count in 1..<max(1, candidates.count + 1) {
      let hubs = Array(candidates.prefix(count))
      let isModule = NetworkModules(graph, fixed: Set(hubs)).isModule
      if isSmall(graph, isModule) { return (hubs, isModule) }
    }
    return nil
  }

  /// Whether every module that does not join others alone has few leaves.
  private static func isSmall(_ graph: GateGraph, _ isModule: [Bool]) -> Bool {
    var place = [Int32](repeating: -1, count: graph.count)
    for node in (0..<graph.count).reversed() where isModule[node] {
      let part = ModuleGraph(graph, tops: [UInt32(node) << 1], isModule: isModule, place: &place)
      if part.leaves.count > mostLeaves, part.gates.count > 1 { return false }
    }
    return true
  }

  private static func touched(_ modules: [NetworkModule], by hubs: [Int]) -> [[Int]] {
    var number: [Int: Int] = [:]
    for (index, hub) in hubs.enumerated() { number[hub] = index }
    var touched = [[Int]](repeating: [], count: hubs.count)
    var hubsOfModule: [Set<Int>] = []
    for (index, module) in modules.enumerated() {
      var below: Set<Int> = []
      for meaning in module.meaning {
        switch meaning {
        case .variable(let variable): if let hub = number[variable] { below.insert(hub) }
        case .module(let other): below.formUnion(hubsOfModule[other])
        }
      }
      for hub in below { touched[hub].append(index) }
      hubsOfModule.append(below)
    }
    return touched
  }

  /// The probability over the assignments that were looked at.
  struct Total {
    /// P(root and one of the assignments).
    let isTrue: Double
    /// P(not root and one of the assignments).
    let isFalse: Double
    /// How many were looked at.
    let assignments: Int
    /// Whether there are no others.
    let isComplete: Bool
  }

  /// Sums over the assignments of the hubs, the most probable first, until all or enough were looked at.
  ///
  /// - Parameter trueProbabilities: P(true) of each variable of the network.
  func total(_ trueProbabilities: [Double]) -> Total {
    let mostWork =
      hubs.count <= PivotalDecomposition.mostComplete
      ? PivotalDecomposition.mostWork : PivotalDecomposition.mostWork / 20
    var given = ConditionalValues(self, trueProbabilities)
    var assignments = HubAssignments(hubs.map { trueProbabilities[$0] })
    var (isTrue, isFalse): ([Double], [Double]) = ([], [])
    while given.work < mostWork, let next = assignments.next() {
      given.set(next.state)
      isTrue.append(next.weight * given.root.isTrue)
      isFalse.append(next.weight * given.root.isFalse)
    }
    return Total(
      isTrue: compensatedSum(isTrue), isFalse: compensatedSum(isFalse), assignments: isTrue.count,
      isComplete: assignments.isExhausted)
  }

  /// The probability of each module given an assignment of the hubs.
  private struct ConditionalValues {
    private let parts: PivotalDecomposition
    private var odds: [FlatDiagram.Odds]
    private var values: [FlatDiagram.Odds]
    private var state: [Bool]
    /// How many diagram nodes were visited.
    private(set) var work = 0

    init(_ parts: PivotalDecomposition, _ trueProbabilities: [Double]) {
      self.parts = parts
      odds = trueProbabilities.map { FlatDiagram.Odds($0) }
      for hub in parts.hubs { odds[hub] = FlatDiagram.Odds(0) }
      state = [Bool](repeating: false, count: parts.hubs.count)
      values = [FlatDiagram.Odds](repeating: FlatDiagram.Odds(0), count: parts.modules.count)
      for module in values.indices { update(module) }
    }

    /// P(root) given the assignment.
    var root: FlatDiagram.Odds { values[values.count - 1].of(parts.isOpposite ? 1 : 0) }

    /// Takes on an assignment: modules that no changed hub touches stay as they are.
    mutating func set(_ next: [Bool]) {
      var isTouched = [Bool](repeating: false, count: values.count)
      for hub in next.indices where state[hub] != next[hub] {
        odds[parts.hubs[hub]] = FlatDiagram.Odds(next[hub] ? 1 : 0)
        for module in parts.touched[hub] { isTouched[module] = true }
      }
      for module in values.indices where isTouched[module] { update(module) }
      state = next
    }

    private mutating func update(_ number: Int) {
      let module = parts.modules[number]
      work += module.diagram.count + 8
      values[number] = module.diagram.odds(
        module.meaning.map {
          switch $0 {
          case .variable(let variable): odds[variable]
          case .module(let other): values[other]
          }
        })
    }
  }
}
