/// Builds the diagram of a module in one order.
struct ModuleBuilder {
  typealias Function = BinaryDecisionDiagram.Function

  let graph: ModuleGraph
  /// Gates in the order in which they are built, and how often each node is used.
  private let sequence: [Int]
  private let uses: [Int32]

  init(_ graph: ModuleGraph) {
    self.graph = graph
    var uses = [Int32](repeating: 0, count: graph.count)
    for gate in graph.gates { for input in gate.inputs { uses[Int(input >> 1)] += 1 } }
    for output in graph.outputs { uses[Int(output >> 1)] += 1 }
    self.uses = uses
    sequence = ModuleBuilder.postorder(graph)
  }

  /// How far an attempt came.
  enum Attempt {
    /// All the way: the functions of the outputs.
    case finished([Function])
    /// The diagram's limits were reached after so many gates, when what is still needed had so many nodes.
    case stopped(gates: Int, nodes: Int)
  }

  /// Builds the outputs, variables numbered by an order of the leaves.
  func attempt(_ order: [Int], in diagram: BinaryDecisionDiagram) -> Attempt {
    var functions = [Function](repeating: BinaryDecisionDiagram.never, count: graph.count)
    for (level, leaf) in order.enumerated() { functions[leaf] = diagram.variable(level) }
    var left = uses
    var collection = max(100_000, 2 * diagram.nodeCount)
    for (done, node) in sequence.enumerated() {
      let gate = graph.gates[node - graph.leaves.count]
      var result = try? function(of: gate, functions, diagram)
      if result == nil, diagram.steps < diagram.stepLimit {
        diagram.collectGarbage(keeping: &functions)
        if diagram.nodeCount < diagram.nodeLimit / 2 { result = try? function(of: gate, functions, diagram) }
      }
      guard let function = result else {
        return .stopped(gates: done, nodes: diagram.size(of: functions))
      }
      functions[node] = function
      for input in gate.inputs {
        left[Int(input >> 1)] -= 1
        if left[Int(input >> 1)] == 0 { functions[Int(input >> 1)] = BinaryDecisionDiagram.never }
      }
      if diagram.nodeCount > collection {
        diagram.collectGarbage(keeping: &functions)
        collection = max(100_000, 3 * diagram.nodeCount)
      }
    }
    var outputs = graph.outputs.map { functions[Int($0 >> 1)] ^ ($0 & 1) }
    diagram.collectGarbage(keeping: &outputs)
    return .finished(outputs)
  }

  private func function(
    of gate: ModuleGraph.Gate, _ functions: [Function], _ diagram: BinaryDecisionDiagram
  ) throws(BinaryDecisionDiagram.TooLarge) -> Function {
    let inputs = gate.inputs.map { functions[Int($0 >> 1)] ^ ($0 & 1) }
    switch gate.kind {
    case .and: return try diagram.and(inputs)
    case .or: return try diagram.or(inputs)
    case .xor: return try diagram.xor(inputs)
    case .atLeast: return try diagram.atLeast(gate.number, of: inputs)
    case .constant, .variable: return BinaryDecisionDiagram.never
    }
  }

  private static func postorder(_ graph: ModuleGraph) -> [Int] {
    var seen = [Bool](repeating: false, count: graph.count)
    var sequence: [Int] = []
    var stack = graph.outputs.reversed().map { (node: Int($0 >> 1), isDone: false) }
    while let (node, isDone) = stack.popLast() {
      if isDone {
        sequence.append(node)
      } else if !seen[node] {
        seen[node] = true
        if node < graph.leaves.count { continue }
        stack.append((node, true))
        for input in graph.inputs(of: node).reversed() { stack.append((Int(input >> 1), false)) }
      }
    }
    return sequence
  }
}
