package import ServiceGraph

/// A fault tree without dynamic gates as a Boolean network; variable i is basic event i.
package struct FaultTreeNetwork: Sendable {
  /// The network.
  package private(set) var network = BooleanNetwork()
  /// The literal of each gate; restraints are never true.
  package private(set) var gates: [BooleanNetwork.Literal] = []
  /// The literal of each top.
  package private(set) var tops: [BooleanNetwork.Literal] = []

  /// Translates a tree.
  ///
  /// - Precondition: the tree is not dynamic; a dynamic gate would count as never true.
  package init(_ tree: FaultTree) {
    for event in tree.events.indices { _ = network.variable(event) }
    gates = [BooleanNetwork.Literal](repeating: .never, count: tree.gates.count)
    for number in FaultTreeNetwork.depthFirst(tree) {
      let gate = tree.gates[number]
      gates[number] = literal(gate.operation, gate.inputs.map { literal($0) })
    }
    tops = tree.tops.map { literal($0.input) }
  }

  /// The gates as a walk from the tops leaves them, those that no top needs behind: what stands together in the tree
  /// gets near numbers, which orders of variables build on.
  private static func depthFirst(_ tree: FaultTree) -> [Int] {
    var order: [Int] = []
    var isEntered = [Bool](repeating: false, count: tree.gates.count)
    let tops = tree.tops.compactMap { top in
      if case .gate(let gate) = top.input { gate } else { nil }
    }
    for start in tops + Array(tree.gates.indices) where !isEntered[start] {
      isEntered[start] = true
      var stack: [(gate: Int, next: Int)] = [(start, 0)]
      while let (gate, next) = stack.last {
        guard next < tree.gates[gate].inputs.count else {
          order.append(gate)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        if case .gate(let input) = tree.gates[gate].inputs[next], !isEntered[input] {
          isEntered[input] = true
          stack.append((input, 0))
        }
      }
    }
    return order
  }

  private mutating func literal(_ input: FaultTree.Input) -> BooleanNetwork.Literal {
    switch input {
    case .event(let event): network.variable(event)
    case .gate(let gate): gates[gate]
    case .constant(let value): value ? .always : .never
    }
  }

  private mutating func literal(
    _ operation: GateOperation, _ inputs: [BooleanNetwork.Literal]
  ) -> BooleanNetwork.Literal {
    switch operation {
    case .and: network.and(inputs)
    case .or: network.or(inputs)
    case .atLeast(let count): network.atLeast(count, of: inputs)
    case .cardinality(let fewest, let most):
      network.and([
        network.atLeast(fewest, of: inputs), network.atLeast(most + 1, of: inputs).negated,
      ])
    case .not, .nand: network.and(inputs).negated
    case .xor: network.xor(inputs)
    case .nor: network.or(inputs).negated
    case .implies: network.or([inputs[0].negated] + inputs.dropFirst())
    case .iff: network.xor(inputs).negated
    case .identity: network.and(inputs)
    case .priorityAnd, .priorityOr, .spare, .functionalDependency, .sequence, .mutualExclusion: .never
    }
  }
}
