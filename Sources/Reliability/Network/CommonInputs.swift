/// Inputs that come together in every gate that uses them, made one gate.
struct CommonInputs {
  private let graph: GateGraph
  private let users: Users

  init(_ graph: GateGraph) {
    self.graph = graph
    users = Users(graph)
  }

  /// The graph with a gate for each group.
  func merged() -> GateGraph {
    let groups = groups()
    if groups.isEmpty { return graph }
    var groupOfNode = [Int](repeating: -1, count: graph.count)
    for (index, group) in groups.enumerated() {
      for literal in group { groupOfNode[Int(literal >> 1)] = index }
    }
    let isNeeded = graph.needed()
    var result = GateGraph()
    var literals = [UInt32](repeating: 0, count: graph.count)
    var together = [UInt32?](repeating: nil, count: groups.count)
    for node in 0..<graph.count where isNeeded[node] {
      var inputs: [UInt32] = []
      for input in graph.inputs[node] {
        let group = groupOfNode[Int(input >> 1)]
        if group < 0 {
          inputs.append(literals[Int(input >> 1)] ^ (input & 1))
        } else if groups[group][0] >> 1 == input >> 1 {
          let any =
            together[group] ?? result.gate(.or, 0, groups[group].map { literals[Int($0 >> 1)] ^ ($0 & 1) })
          together[group] = any
          inputs.append(graph.kinds[node] == .or ? any : any ^ 1)
        }
      }
      literals[node] = result.gate(graph.kinds[node], Int(graph.numbers[node]), inputs)
    }
    result.roots = graph.roots.map { literals[Int($0 >> 1)] ^ ($0 & 1) }
    return result
  }

  /// Literals that stand together in every `or`, and their opposites in every `and`; two or more of each group.
  private func groups() -> [[UInt32]] {
    var isRoot = [Bool](repeating: false, count: graph.count)
    for root in graph.roots { isRoot[Int(root >> 1)] = true }
    var groupOfUsers: [ArraySlice<Int>: Int] = [:]
    var groups: [[UInt32]] = []
    for node in 1..<max(1, graph.count) where !isRoot[node] {
      let gates = users.gates(of: node)
      guard gates.count > 1, let literal = commonLiteral(of: node, in: gates) else { continue }
      if let group = groupOfUsers[gates] {
        groups[group].append(literal)
      } else {
        groupOfUsers[gates] = groups.count
        groups.append([literal])
      }
    }
    return groups.filter { $0.count > 1 }
  }

  /// The literal of a node in all of its gates, seen as `or`; `nil` when it differs.
  private func commonLiteral(of node: Int, in gates: ArraySlice<Int>) -> UInt32? {
    var common: UInt32?
    for gate in gates {
      guard graph.kinds[gate].isAndOr else { return nil }
      let dual: UInt32 = graph.kinds[gate] == .and ? 1 : 0
      for literal in graph.inputs[gate] where Int(literal >> 1) == node {
        if let common, common != literal ^ dual { return nil }
        common = literal ^ dual
      }
    }
    return common
  }
}
