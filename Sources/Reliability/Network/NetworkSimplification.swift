/// Rewrites a network into an equal one that is easier to solve.
///
/// Until nothing changes: gates take over the inputs of gates of their kind that nobody else uses; inputs that
/// always come together become one gate; a factor that alternatives share is taken out; and what an input fixes
/// for everything below its gate is put in there.
///
/// Sources: Platz and Olsen, *FAUNET* (Risø report 348, 1976); Rauzy, *Toward an efficient implementation of the
/// MOCUS algorithm*, IEEE Trans. Reliability 52 (2003).
struct NetworkSimplification {
  private(set) var graph: GateGraph
  private let mostRounds = 12

  /// Simplifies until nothing changes.
  init(_ graph: GateGraph) {
    self.graph = graph
    for _ in 0..<mostRounds {
      let before = size
      self.graph = rebuilt(fixing: ConstantInputs(self.graph))
      self.graph = CommonInputs(self.graph).merged()
      self.graph = CommonFactors(self.graph).takenOut()
      if size == before { break }
    }
    self.graph = rebuilt(fixing: ConstantInputs(self.graph))
  }

  /// The number of needed nodes and of their inputs.
  private var size: [Int] {
    let isNeeded = graph.needed()
    var (nodes, edges) = (0, 0)
    for node in 0..<graph.count where isNeeded[node] {
      nodes += 1
      edges += graph.inputs[node].count
    }
    return [nodes, edges]
  }

  /// The needed part, with fixed inputs put in and single-parent gates taken over by gates of their kind.
  private func rebuilt(fixing constants: ConstantInputs) -> GateGraph {
    let isAbsorbed = absorbed()
    let isNeeded = graph.needed()
    var result = GateGraph()
    var literals = [UInt32](repeating: 0, count: graph.count)
    for node in 0..<graph.count where isNeeded[node] && !isAbsorbed[node] {
      let inputs = gathered(node, isAbsorbed, constants).map { literals[Int($0 >> 1)] ^ ($0 & 1) }
      literals[node] = result.gate(graph.kinds[node], Int(graph.numbers[node]), inputs)
    }
    result.roots = graph.roots.map { literals[Int($0 >> 1)] ^ ($0 & 1) }
    return result
  }

  /// The gates that one gate alone uses, as an input of that gate's kind.
  private func absorbed() -> [Bool] {
    var uses = [Int32](repeating: 0, count: graph.count)
    for root in graph.roots { uses[Int(root >> 1)] += 2 }
    let isNeeded = graph.needed()
    for node in 0..<graph.count where isNeeded[node] {
      for input in graph.inputs[node] { uses[Int(input >> 1)] += 1 }
    }
    var isAbsorbed = [Bool](repeating: false, count: graph.count)
    for node in 0..<graph.count where isNeeded[node] {
      let kind = graph.kinds[node]
      for input in graph.inputs[node] where uses[Int(input >> 1)] == 1 {
        let child = graph.kinds[Int(input >> 1)]
        let isSame = kind.isAndOr ? graph.isGate(input, kind) : kind == .xor && child == .xor
        if isSame { isAbsorbed[Int(input >> 1)] = true }
      }
    }
    return isAbsorbed
  }

  /// The inputs of a gate with those of the gates that it takes over, in their order.
  private func gathered(_ node: Int, _ isAbsorbed: [Bool], _ constants: ConstantInputs) -> [UInt32] {
    let kind = graph.kinds[node]
    var found: [UInt32] = []
    found.reserveCapacity(graph.inputs[node].count)
    // A taken-over gate in the stack stands for its inputs; its last bit says that they are to be negated.
    var stack: [(literal: UInt32, user: Int)] = []
    func pushInputs(_ user: Int, _ sign: UInt32) {
      for input in graph.inputs[user].reversed() { stack.append((input ^ sign, user)) }
    }
    pushInputs(node, 0)
    var parity: UInt32 = 0
    while let (literal, user) = stack.popLast() {
      let input = Int(literal >> 1)
      if let value = constants.value(of: input, in: user) {
        found.append(value ^ (literal & 1))
      } else if isAbsorbed[input] {
        if kind == .xor { parity ^= literal & 1 }
        pushInputs(input, kind.isAndOr ? literal & 1 : 0)
      } else {
        found.append(literal)
      }
    }
    if parity == 1 { found.append(GateGraph.always) }
    return found
  }
}
