/// The gates of a module in the order in which diagrams build them.
struct ModuleBuilder {
  let graph: ModuleGraph
  /// Gates, inputs first.
  fileprivate let sequence: [Int]
  /// How often each node is used.
  fileprivate let uses: [Int32]

  init(_ graph: ModuleGraph) {
    self.graph = graph
    var uses = [Int32](repeating: 0, count: graph.count)
    for gate in graph.gates { for input in gate.inputs { uses[Int(input >> 1)] += 1 } }
    for output in graph.outputs { uses[Int(output >> 1)] += 1 }
    self.uses = uses
    sequence = ModuleBuilder.postorder(graph)
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

/// The diagram of a module under construction in one order; it stops when its steps are used up, and goes on when
/// it gets more.
struct ModuleAttempt {
  typealias Function = BinaryDecisionDiagram.Function

  /// How far it came.
  enum Progress {
    /// All the way: the functions of the outputs.
    case finished([Function])
    /// Its steps are used up.
    case stopped
    /// Its diagram has as many nodes as it may have.
    case full
  }

  /// Leaves from the top of the diagram.
  let order: [Int]
  /// How the inputs of a gate are joined.
  let sequence: BinaryDecisionDiagram.Sequence
  let diagram: BinaryDecisionDiagram
  /// How many gates are built.
  private(set) var gates = 0
  private let builder: ModuleBuilder
  private var functions: [Function]
  private var left: [Int32]
  /// The next collection of garbage is when there are more nodes than this.
  private var collection = 100_000

  /// Nothing yet; variables are numbered by an order of the leaves.
  init(
    _ order: [Int], _ sequence: BinaryDecisionDiagram.Sequence = .byLevel, _ builder: ModuleBuilder,
    nodeLimit: Int
  ) {
    self.order = order
    self.sequence = sequence
    self.builder = builder
    diagram = BinaryDecisionDiagram(nodeLimit: nodeLimit)
    functions = [Function](repeating: BinaryDecisionDiagram.never, count: builder.graph.count)
    for (level, leaf) in order.enumerated() { functions[leaf] = diagram.variable(level) }
    left = builder.uses
    collection = max(collection, 2 * diagram.nodeCount)
  }

  /// How many nodes everything has that is still needed.
  var neededNodes: Int { diagram.size(of: functions) }

  /// Builds on until so many steps were taken since the beginning.
  mutating func run(toStep limit: Int) -> Progress {
    diagram.stepLimit = limit
    while gates < builder.sequence.count {
      let node = builder.sequence[gates]
      let gate = builder.graph.gates[node - builder.graph.leaves.count]
      guard let function = function(of: gate) else {
        return diagram.steps < diagram.stepLimit ? .full : .stopped
      }
      functions[node] = function
      gates += 1
      for input in gate.inputs {
        left[Int(input >> 1)] -= 1
        if left[Int(input >> 1)] == 0 { functions[Int(input >> 1)] = BinaryDecisionDiagram.never }
      }
      if diagram.nodeCount > collection { collectGarbage() }
    }
    var outputs = builder.graph.outputs.map { functions[Int($0 >> 1)] ^ ($0 & 1) }
    diagram.collectGarbage(keeping: &outputs)
    return .finished(outputs)
  }

  private mutating func collectGarbage() {
    diagram.collectGarbage(keeping: &functions)
    collection = max(100_000, 3 * diagram.nodeCount)
  }

  /// The function of a gate, with a second try when garbage filled the diagram; `nil` when there is no room or no
  /// step left.
  private mutating func function(of gate: ModuleGraph.Gate) -> Function? {
    if let function = try? built(gate) { return function }
    if diagram.steps >= diagram.stepLimit { return nil }
    collectGarbage()
    return diagram.nodeCount < diagram.nodeLimit / 2 ? try? built(gate) : nil
  }

  private func built(_ gate: ModuleGraph.Gate) throws(BinaryDecisionDiagram.TooLarge) -> Function {
    let inputs = gate.inputs.map { functions[Int($0 >> 1)] ^ ($0 & 1) }
    switch gate.kind {
    case .and: return try diagram.and(inputs, sequence)
    case .or: return try diagram.or(inputs, sequence)
    case .xor: return try diagram.xor(inputs)
    case .atLeast: return try diagram.atLeast(gate.number, of: inputs)
    case .constant, .variable: return BinaryDecisionDiagram.never
    }
  }
}
