/// Factors that alternatives share, taken out: or(and(a, b), and(a, c)) becomes and(a, or(b, c)), and its dual; and what
/// alone makes enough inputs of an at-least gate true: atLeast(2, or(a, b), or(a, c), d) becomes
/// or(a, atLeast(2, b, c, d)).
struct CommonFactors {
  private let graph: GateGraph
  private var uses: [Int32]

  init(_ graph: GateGraph) {
    self.graph = graph
    uses = [Int32](repeating: 0, count: graph.count)
    for root in graph.roots { uses[Int(root >> 1)] += 2 }
    let isNeeded = graph.needed()
    for node in 0..<graph.count where isNeeded[node] {
      for input in graph.inputs[node] { uses[Int(input >> 1)] += 1 }
    }
  }

  /// The graph with the most frequent factor of each gate taken out of the inputs that nobody else uses.
  func takenOut() -> GateGraph {
    let isNeeded = graph.needed()
    var result = GateGraph()
    var literals = [UInt32](repeating: 0, count: graph.count)
    var counts = [Int32](repeating: 0, count: graph.count * 2)
    func new(_ literal: UInt32) -> UInt32 { literals[Int(literal >> 1)] ^ (literal & 1) }
    for node in 0..<graph.count where isNeeded[node] {
      let kind = graph.kinds[node]
      var inputs: [UInt32] = []
      let enough = kind == .atLeast ? sufficient(for: node, &counts) : nil
      if let enough, !enough.isEmpty {
        let isEnough = Set(enough)
        for input in graph.inputs[node] {
          let parts = (alternatives(input, .and) ?? [input]).filter { !isEnough.contains($0) }
          inputs.append(result.gate(.or, 0, parts.map(new)))
        }
      } else if kind.isAndOr, let factor = factor(of: node, &counts) {
        var rest: [UInt32] = []
        for input in graph.inputs[node] {
          if let parts = alternatives(input, kind), parts.contains(factor) {
            rest.append(result.gate(kind.dual, 0, parts.filter { $0 != factor }.map(new)))
          } else {
            inputs.append(new(input))
          }
        }
        inputs.append(result.gate(kind.dual, 0, [new(factor), result.gate(kind, 0, rest)]))
      } else {
        inputs = graph.inputs[node].map(new)
      }
      literals[node] = result.gate(kind, Int(graph.numbers[node]), inputs)
      if let enough, !enough.isEmpty {
        literals[node] = result.gate(.or, 0, enough.map(new) + [literals[node]])
      }
    }
    result.roots = graph.roots.map(new)
    return result
  }

  /// The inputs of an input of the opposite kind that nobody else uses.
  private func alternatives(_ input: UInt32, _ kind: GateGraph.Kind) -> [UInt32]? {
    uses[Int(input >> 1)] == 1 ? graph.inputs(of: input, as: kind.dual) : nil
  }

  /// The literals that each make enough inputs of an at-least gate true.
  private func sufficient(for node: Int, _ counts: inout [Int32]) -> [UInt32] {
    var (touched, found): ([UInt32], [UInt32]) = ([], [])
    for input in graph.inputs[node] {
      for literal in alternatives(input, .and) ?? [input] {
        counts[Int(literal)] += 1
        touched.append(literal)
        if counts[Int(literal)] == graph.numbers[node] { found.append(literal) }
      }
    }
    for literal in touched { counts[Int(literal)] = 0 }
    return found
  }

  /// The literal that most inputs of a gate share; `nil` when no two share any.
  private func factor(of node: Int, _ counts: inout [Int32]) -> UInt32? {
    let kind = graph.kinds[node]
    var best: UInt32?
    var touched: [UInt32] = []
    for input in graph.inputs[node] where graph.isGate(input, kind.dual) {
      for literal in alternatives(input, kind) ?? [] {
        counts[Int(literal)] += 1
        touched.append(literal)
        let most = best.map { counts[Int($0)] } ?? 1
        if counts[Int(literal)] > most { best = literal }
      }
    }
    for literal in touched { counts[Int(literal)] = 0 }
    return best
  }
}
