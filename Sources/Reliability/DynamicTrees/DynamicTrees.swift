public import ServiceGraph
internal import Stochastics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Solves dynamic fault trees: Markov chains for what depends on order, a decision diagram for the rest.
public enum DynamicTrees {
  /// The probability that a top event has happened by given times, and its mean time.
  ///
  /// - Parameters:
  ///   - tree: a tree, static or dynamic; groups of common causes must already be part of its gates.
  ///   - top: which of the tree's tops.
  ///   - times: the times, in the tree's unit, 0 or more.
  ///   - stateLimit: the most states of one module's chain.
  ///   - moveLimit: the most moves between the states of one chain.
  ///   - nodeLimit: the most nodes of the static part's decision diagram.
  /// - Throws: what in the tree has no answer, by name; nothing is approximated.
  public static func solve(
    _ tree: FaultTree, top: Int = 0, at times: [Double], stateLimit: Int = 2_000_000,
    moveLimit: Int = 3_000_000, nodeLimit: Int = 4_000_000
  ) throws(DynamicTreeError) -> DynamicTreeSolution {
    guard tree.tops.indices.contains(top) else { throw .noSuchTop(top) }
    for time in times where !(time >= 0) { throw .invalidTime(time) }
    let limits = DynamicTreeLimits(states: stateLimit, moves: moveLimit, nodes: nodeLimit)
    var solver = try DynamicTreeSolver(tree, top: tree.tops[top].input, limits)
    var probabilities: [Double] = []
    for time in times { probabilities.append(try solver.probability(at: time)) }
    let mean = try solver.meanTime()
    return DynamicTreeSolution(
      probabilities: probabilities, meanTimeToFailure: mean, modules: solver.modules, notes: solver.notes)
  }

  /// The probabilities alone, of a tree that was solved before.
  static func probabilities(
    of tree: FaultTree, top: Int, at times: [Double]
  ) throws(DynamicTreeError) -> [Double] {
    var solver = try DynamicTreeSolver(tree, top: tree.tops[top].input, DynamicTreeLimits())
    var probabilities: [Double] = []
    for time in times { probabilities.append(try solver.probability(at: time)) }
    return probabilities
  }
}

/// What is refused rather than waited for.
private struct DynamicTreeLimits {
  /// The most states of one module's chain.
  var states = 2_000_000
  /// The most moves between them: some seconds of exploring, and as many for each question after it.
  var moves = 3_000_000
  /// The most nodes of the static part's decision diagram.
  var nodes = 4_000_000
}

/// A tree taken apart: chains of its modules below, a diagram of its static part above.
private struct DynamicTreeSolver {
  private(set) var modules: [DynamicTreeSolution.Module] = []
  private(set) var notes: [DynamicTreeSolution.Note] = []
  /// A time after which nothing happens that ever will.
  private static let longRun = 1e300
  /// Whether all that is known of events tells when they fail for the first time.
  private var hasMeanTime = true
  private let graph: ElementGraph
  private var chains: [ModuleChain] = []
  private let rest: StaticRest
  private let diagram: NetworkDiagram

  init(
    _ tree: FaultTree, top: FaultTree.Input, _ limits: DynamicTreeLimits
  ) throws(DynamicTreeError) {
    let graph = ElementGraph(tree)
    self.graph = graph
    try graph.validate()
    let topElement = graph.element(top)
    var clusters = TreeClusters(graph, SpareModules(graph, top: topElement))
    var inputs: [(outputs: [Int], chain: ModuleChain)] = []
    let builder = DynamicModuleBuilder(clusters)
    for cluster in clusters.seen(from: top) {
      if cluster.outputs.count > 62 { throw .moduleTooLarge(module: graph.name(of: cluster.outputs[0])) }
      let module = try builder.module(of: cluster.elements, outputs: cluster.outputs)
      let space = try ModuleStateSpace(module, stateLimit: limits.states, moveLimit: limits.moves)
      let names = cluster.outputs.map { graph.name(of: $0) }
      modules.append(
        DynamicTreeSolution.Module(
          outputs: names, eventCount: module.events.count, stateCount: space.stateCount,
          transitionCount: space.transitions.count))
      if space.isOrderDependent { notes.append(.orderOfDependencies(module: names[0])) }
      inputs.append((cluster.outputs, ModuleChain(space)))
    }
    rest = StaticRest(clusters, top: top, modules: inputs)
    chains = inputs.map(\.chain)
    do throws(BinaryDecisionDiagram.TooLarge) {
      let roots = rest.top.node == 0 ? [] : [rest.top, rest.top.negated]
      diagram = try NetworkDiagram(rest.network, roots: roots, nodeLimit: limits.nodes)
    } catch {
      throw .diagramTooLarge(nodeLimit: error.nodeLimit)
    }
    let behaviours = tree.behaviours(tree.expressions.values(at: 1))
    for case .event(let event) in rest.variables {
      switch behaviours[event] {
      case .nonRepairable, .constant, .unknown: break
      case .share(_, of: .nonRepairable), .share(_, of: .constant): break
      case .repairable(_, let repairRate, _) where repairRate > 0:
        notes.append(.repaired(event: tree.events[event].name))
      case .repairable, .share, .tested, .timeDependent: hasMeanTime = false
      }
    }
  }

  // MARK: Probabilities

  /// P(top has failed by `time`).
  mutating func probability(at time: Double) throws(DynamicTreeError) -> Double {
    chance(of: true, try values(at: time))
  }

  /// The probability that the top has failed, or has not, given that of each variable.
  private func chance(of hasFailed: Bool, _ values: [Double]) -> Double {
    if rest.top.node == 0 { return (rest.top == .always) == hasFailed ? 1 : 0 }
    return diagram.probability(ofRoot: hasFailed ? 0 : 1, values)
  }

  /// The probability of each variable of the static part at a time.
  private mutating func values(at time: Double) throws(DynamicTreeError) -> [Double] {
    let expressions = graph.tree.expressions.values(at: min(time, Self.longRun))
    var patterns: [[Double]] = []
    for module in chains.indices {
      do throws(MarkovChain.Unsolved) {
        patterns.append(try chains[module].probabilities(at: time))
      } catch {
        throw .tooStiff(module: modules[module].outputs[0])
      }
    }
    var values: [Double] = []
    for variable in rest.variables {
      switch variable {
      case .event(let event): values.append(try probability(of: event, at: time, expressions))
      case .coin(let probability): values.append(probability)
      case .pattern(let module, let failed, let working):
        let failing = failed.reduce(0) { $0 + patterns[module][$1] }
        let all = working.reduce(failing) { $0 + patterns[module][$1] }
        values.append(all > 0 ? min(failing / all, 1) : 0)
      }
    }
    return values
  }

  private func probability(
    of event: Int, at time: Double, _ expressions: ExpressionTable.Values
  ) throws(DynamicTreeError) -> Double {
    let event = graph.tree.events[event]
    if case .erlang(let rate, _, _, _) = event.law, rate == 0 || time == 0 { return 0 }
    if let probability = expressions.probability(of: event.law) { return probability }
    switch event.law {
    case .unknown: throw .unknownProbability(event: event.name)
    case .expression: throw .invalidLaw(event: event.name)
    case .erlang: throw .repairable(event: event.name)
    }
  }

  // MARK: Mean time

  /// The mean time to the top event.
  mutating func meanTime() throws(DynamicTreeError) -> MeanTimeToFailure {
    if !hasMeanTime { return .undefined }
    if notes.contains(where: { if case .repaired = $0 { true } else { false } }) { return .undefined }
    guard let limits = try? values(at: .infinity) else { return .undefined }
    // Certain or not is a question of logic: what may go either way counts as 1/2, whose sums are exact.
    let possible = limits.map { $0 == 0 || $0 == 1 ? $0 : 0.5 }
    if chance(of: false, possible) > 0 {
      return .infinite(probabilityEver: chance(of: true, limits))
    }
    if let mean = meanOfOneModule() { return .finite(mean) }
    let start = try values(at: 0)
    if chance(of: false, start) == 0 { return .finite(0) }
    return .finite(try integral())
  }

  private mutating func integral() throws(DynamicTreeError) -> Double {
    var failure: DynamicTreeError?
    var copy = self
    let integral = MeanTimeIntegral(scale: 1) { time in
      do throws(DynamicTreeError) {
        let survival = copy.chance(of: false, try copy.values(at: time))
        // Below this a stiff chain's last digits would be taken for a long life.
        return survival < 1e-11 && copy.chains.contains { $0.isStiff } ? 0 : survival
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return integral.value
  }

  /// The mean when the top depends on one module only: a sum over its chain's states, without an integral.
  private func meanOfOneModule() -> Double? {
    if rest.top.node == 0 { return nil }
    var seen: Int?
    for variable in diagram.support(ofRoot: 0) {
      guard case .pattern(let module, _, _) = rest.variables[variable] else { return nil }
      if let seen, seen != module { return nil }
      seen = module
    }
    guard let module = seen else { return nil }
    var mean = 0.0
    for pattern in chains[module].patterns.indices {
      let isTrue = rest.variables.map { variable in
        if case .pattern(module, let failed, _) = variable { failed.contains(pattern) } else { false }
      }
      if !diagram.isTrue(root: 0, when: isTrue) { mean += chains[module].meanTimes[pattern] }
    }
    return mean
  }
}

extension TreeClusters {
  /// The clusters of which the top sees something, with all their elements and those that are seen,
  /// ascending.
  mutating func seen(from top: FaultTree.Input) -> [(elements: [Int], outputs: [Int])] {
    var isSeen = [Bool](repeating: false, count: graph.elementCount)
    var stack = graph.element(top).map { [$0] } ?? []
    var triggers: [Int: [Int]] = [:]
    for (number, gate) in graph.tree.gates.enumerated() {
      guard case .functionalDependency = gate.operation else { continue }
      guard let trigger = graph.element(graph.inputs[number][0]) else { continue }
      for dependent in graph.elements(ofGate: number).dropFirst() {
        triggers[dependent, default: []].append(trigger)
      }
    }
    while let element = stack.popLast() {
      if isSeen[element] { continue }
      isSeen[element] = true
      if isCoupled[element] { continue }
      stack += triggers[element] ?? []
      if graph.isGate(element) { stack += graph.elements(ofGate: element - graph.eventCount) }
    }
    var elements: [Int: [Int]] = [:]
    var outputs: [Int: [Int]] = [:]
    for element in 0..<graph.elementCount where isCoupled[element] {
      let root = cluster(of: element)
      elements[root, default: []].append(element)
      if isSeen[element] { outputs[root, default: []].append(element) }
    }
    return outputs.keys.sorted().map { (elements[$0] ?? [], outputs[$0] ?? []) }
  }
}
