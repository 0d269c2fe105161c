/// Static orders of a module's leaves, by heuristics that see the gates only.
///
/// Sources: Malik et al. and Fujita et al., ICCAD (1988), depth first and fan-in; Minato, Ishiura and Yajima, DAC
/// (1990), weights; Bouissou, Bruyère and Rauzy, ESREL (1997), on fault trees; Aloul, Markov and Sakallah, *FORCE*,
/// GLSVLSI (2003).
struct VariableOrder {
  /// Leaves from the top of the diagram.
  typealias Order = [Int]

  let graph: ModuleGraph
  /// For each node: how many gates use it.
  private let uses: [Int]
  /// For each node: the leaves below it, counted once for each path, as far as a Double goes.
  private let weight: [Double]

  init(_ graph: ModuleGraph) {
    self.graph = graph
    var uses = [Int](repeating: 0, count: graph.count)
    var weight = [Double](repeating: 1, count: graph.count)
    for node in graph.leaves.count..<max(graph.count, graph.leaves.count) {
      weight[node] = graph.inputs(of: node).reduce(0) { $0 + weight[Int($1 >> 1)] }
      for input in graph.inputs(of: node) { uses[Int(input >> 1)] += 1 }
    }
    (self.uses, self.weight) = (uses, weight)
  }

  /// The orders that cost next to nothing, the most promising first.
  var quick: [Order] {
    [
      depthFirst(), sharedFirst(), hubsFirst(), deepestFirst(), lightFirst(), heavyFirst(),
      depthFirstFromRight(),
      privateFirst(), breadthFirst(),
    ]
  }

  /// Orders that take longer to find, some of them from other orders.
  func thorough(_ others: [Order]) -> [Order] {
    let weights = dynamicWeights().map { [$0] } ?? []
    var starts = [depthFirst(), sharedFirst()] + weights
    if let first = others.first { starts.append(first) }
    return weights + starts.map { force(from: $0) }
  }

  /// Depth first, inputs in the order given.
  func depthFirst() -> Order { depthFirst { $0 } }

  /// Depth first, inputs in the opposite order.
  func depthFirstFromRight() -> Order { depthFirst { $0.reversed() } }

  /// Depth first, small inputs first, and among equal ones those that are used most.
  func lightFirst() -> Order {
    depthFirst { stable($0) { (weight[$0], -Double(uses[$0])) } }
  }

  /// Depth first, large inputs first.
  func heavyFirst() -> Order {
    depthFirst { stable($0) { (-weight[$0], -Double(uses[$0])) } }
  }

  /// Depth first, inputs used most first.
  func sharedFirst() -> Order {
    depthFirst { stable($0) { (-Double(uses[$0]), weight[$0]) } }
  }

  /// Leaves that very many gates use, then the others depth first.
  func hubsFirst() -> Order {
    let many = max(4, Int(Double(graph.gates.count).squareRoot()) / 2)
    let start = sharedFirst()
    let hubs = start.filter { uses[$0] >= many }
      .enumerated().sorted { (-uses[$0.element], $0.offset) < (-uses[$1.element], $1.offset) }
    return hubs.map(\.element) + start.filter { uses[$0] < many }
  }

  /// Depth first, inputs used least first.
  func privateFirst() -> Order {
    depthFirst { stable($0) { (Double(uses[$0]), weight[$0]) } }
  }

  /// Leaves by their shortest way from the outputs.
  func breadthFirst() -> Order {
    var seen = [Bool](repeating: false, count: graph.count)
    var queue = graph.outputs.map { Int($0 >> 1) }
    var order: Order = []
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if seen[node] { continue }
      seen[node] = true
      if node < graph.leaves.count { order.append(node) }
      for input in graph.inputs(of: node) { queue.append(Int(input >> 1)) }
    }
    return order
  }

  /// Leaves by their longest way from the outputs, deepest first; equal ones stay depth first.
  func deepestFirst() -> Order {
    var depth = [Int](repeating: 0, count: graph.count)
    for node in stride(from: graph.count - 1, through: graph.leaves.count, by: -1) {
      for input in graph.inputs(of: node) {
        depth[Int(input >> 1)] = max(depth[Int(input >> 1)], depth[node] + 1)
      }
    }
    let start = depthFirst()
    return start.enumerated().sorted { (-depth[$0.element], $0.offset) < (-depth[$1.element], $1.offset) }
      .map(\.element)
  }

  /// The leaf with most weight from the top, shared out evenly among inputs; then again without it.
  ///
  /// - Complexity: O(leaves × inputs); `nil` when that is too much.
  func dynamicWeights() -> Order? {
    let edges = graph.gates.reduce(0) { $0 + $1.inputs.count }
    guard graph.leaves.count * edges < 20_000_000 else { return nil }
    var isOpen = [Bool](repeating: true, count: graph.count)
    var order: Order = []
    while order.count < graph.leaves.count {
      var open = [Int](repeating: 0, count: graph.count)
      for node in graph.leaves.count..<graph.count {
        for input in graph.inputs(of: node) where isOpen[Int(input >> 1)] { open[node] += 1 }
        isOpen[node] = open[node] > 0
      }
      var share = [Double](repeating: 0, count: graph.count)
      for output in graph.outputs { share[Int(output >> 1)] += 1 }
      for node in stride(from: graph.count - 1, through: graph.leaves.count, by: -1) where isOpen[node] {
        for input in graph.inputs(of: node) where isOpen[Int(input >> 1)] {
          share[Int(input >> 1)] += share[node] / Double(open[node])
        }
      }
      var best = -1
      for leaf in graph.leaves.indices where isOpen[leaf] && (best < 0 || share[leaf] > share[best]) {
        best = leaf
      }
      isOpen[best] = false
      order.append(best)
    }
    return order
  }

  private func depthFirst(_ arranged: ([Int]) -> [Int]) -> Order {
    var seen = [Bool](repeating: false, count: graph.count)
    var order: Order = []
    var stack = graph.outputs.reversed().map { Int($0 >> 1) }
    while let node = stack.popLast() {
      if seen[node] { continue }
      seen[node] = true
      if node < graph.leaves.count {
        order.append(node)
      } else {
        stack += arranged(graph.inputs(of: node).map { Int($0 >> 1) }).reversed()
      }
    }
    return order
  }

  private func stable(_ nodes: [Int], _ key: (Int) -> (Double, Double)) -> [Int] {
    nodes.enumerated().map { (key($0.element), $0.offset, $0.element) }
      .sorted { ($0.0.0, $0.0.1, $0.1) < ($1.0.0, $1.0.1, $1.1) }
      .map(\.2)
  }
}
