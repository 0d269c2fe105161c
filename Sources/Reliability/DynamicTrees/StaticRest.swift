internal import ServiceGraph

/// The static part of a tree above its modules, as a Boolean network over independent variables.
///
/// A module with several outputs, which depend on each other, becomes a tree of conditional variables:
/// whether the first output has failed, whether the second has when the first has, and when not, and so on,
/// as far as the module has such states.
struct StaticRest {
  /// What a variable of the network means.
  enum Variable {
    /// A basic event.
    case event(Int)
    /// A dependency strikes, once triggered.
    case coin(Double)
    /// Among some patterns of a module, one of the first kind holds, not of the second.
    case pattern(module: Int, failed: [Int], working: [Int])
  }

  private(set) var network = BooleanNetwork()
  private(set) var variables: [Variable] = []
  private(set) var top: BooleanNetwork.Literal = .never
  private let graph: ElementGraph
  private var literals: [BooleanNetwork.Literal]

  init(_ clusters: TreeClusters, top: FaultTree.Input, modules: [(outputs: [Int], chain: ModuleChain)]) {
    graph = clusters.graph
    literals = [BooleanNetwork.Literal](repeating: .never, count: graph.elementCount)
    for (number, module) in modules.enumerated() {
      addPatterns(of: number, outputs: module.outputs, patterns: module.chain.patterns)
    }
    let order = StaticOrder(
      graph, isCoupled: clusters.isCoupled, isDynamicDependency: clusters.isDynamicDependency)
    let dependencies = staticDependencies(clusters)
    var coins: [Int: BooleanNetwork.Literal] = [:]
    for element in order.elements where !clusters.isCoupled[element] {
      var causes = [graph.isGate(element) ? gate(element) : newVariable(.event(element))]
      for gate in dependencies[element] ?? [] { causes.append(strike(of: gate, &coins)) }
      literals[element] = network.or(causes)
    }
    self.top = literal(top)
  }

  private mutating func newVariable(_ variable: Variable) -> BooleanNetwork.Literal {
    variables.append(variable)
    return network.variable(variables.count - 1)
  }

  private func literal(_ input: FaultTree.Input) -> BooleanNetwork.Literal {
    if case .constant(let value) = input { return value ? .always : .never }
    return graph.element(input).map { literals[$0] } ?? .never
  }

  // MARK: Dependencies and gates

  /// Of each static element: the dependencies that make it fail.
  private func staticDependencies(_ clusters: TreeClusters) -> [Int: [Int]] {
    var dependencies: [Int: [Int]] = [:]
    for (number, gate) in graph.tree.gates.enumerated() {
      guard case .functionalDependency = gate.operation else { continue }
      for input in graph.inputs[number].dropFirst() {
        guard let element = graph.element(input), !clusters.isCoupled[element] else { continue }
        dependencies[element, default: []].append(number)
      }
    }
    return dependencies
  }

  private mutating func strike(
    of gate: Int, _ coins: inout [Int: BooleanNetwork.Literal]
  ) -> BooleanNetwork.Literal {
    let trigger = literal(graph.inputs[gate][0])
    guard case .functionalDependency(let probability) = graph.tree.gates[gate].operation, probability < 1
    else { return trigger }
    let coin = coins[gate] ?? newVariable(.coin(probability))
    coins[gate] = coin
    return network.and([trigger, coin])
  }

  private mutating func gate(_ element: Int) -> BooleanNetwork.Literal {
    let gate = element - graph.eventCount
    let inputs = graph.inputs[gate].map { literal($0) }
    return network.gate(graph.tree.gates[gate].operation, inputs)
  }

  // MARK: Modules

  private mutating func addPatterns(of module: Int, outputs: [Int], patterns: [UInt64]) {
    var groups: [(patterns: [Int], condition: BooleanNetwork.Literal)] = [
      (Array(patterns.indices), .always)
    ]
    for (bit, output) in outputs.enumerated() {
      var next: [(patterns: [Int], condition: BooleanNetwork.Literal)] = []
      var failing: [BooleanNetwork.Literal] = []
      for group in groups {
        let failed = group.patterns.filter { patterns[$0] >> UInt64(bit) & 1 == 1 }
        let working = group.patterns.filter { patterns[$0] >> UInt64(bit) & 1 == 0 }
        if failed.isEmpty || working.isEmpty {
          next.append(group)
          if working.isEmpty { failing.append(group.condition) }
          continue
        }
        let variable = newVariable(.pattern(module: module, failed: failed, working: working))
        let isFailed = network.and([group.condition, variable])
        next.append((failed, isFailed))
        next.append((working, network.and([group.condition, variable.negated])))
        failing.append(isFailed)
      }
      groups = next
      literals[output] = network.or(failing)
    }
  }
}

extension BooleanNetwork {
  /// What a static gate does with its inputs; a dynamic one is never true.
  mutating func gate(_ operation: GateOperation, _ inputs: [Literal]) -> Literal {
    switch operation {
    case .and, .identity: and(inputs)
    case .or: or(inputs)
    case .atLeast(let count): atLeast(count, of: inputs)
    case .cardinality(let fewest, let most):
      and([atLeast(fewest, of: inputs), atLeast(most + 1, of: inputs).negated])
    case .not, .nand: and(inputs).negated
    case .xor: xor(inputs)
    case .nor: or(inputs).negated
    case .implies: or([inputs[0].negated] + inputs.dropFirst())
    case .iff: xor(inputs).negated
    case .priorityAnd, .priorityOr, .spare, .functionalDependency, .sequence, .mutualExclusion: .never
    }
  }
}
