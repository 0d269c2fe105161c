/// The gates of a graph that share no node with the rest: everything below them is reached through them alone.
///
/// Source: Dutuit and Rauzy, *A linear-time algorithm to find modules of fault trees*, IEEE Trans. Reliability 45
/// (1996).
struct NetworkModules {
  /// For each node: whether it is a gate and a module.
  private(set) var isModule: [Bool]

  /// Finds the modules; with several roots, what only one root needs can be one.
  ///
  /// - Parameter fixed: variables whose values are given, so that sharing them does not count, by their nodes.
  /// - Complexity: O(nodes + inputs).
  init(_ graph: GateGraph, fixed: Set<Int> = []) {
    var visits = Visits(graph, fixed)
    isModule = [Bool](repeating: false, count: graph.count)
    let isNeeded = graph.needed()
    for node in 0..<graph.count where isNeeded[node] && !graph.inputs[node].isEmpty {
      var (first, last) = (Int32.max, Int32.min)
      for input in graph.inputs[node] where fixed.isEmpty || !fixed.contains(Int(input >> 1)) {
        let below = Int(input >> 1)
        first = min(first, min(visits.first[below], visits.earliestBelow[below]))
        last = max(last, max(visits.last[below], visits.latestBelow[below]))
      }
      (visits.earliestBelow[node], visits.latestBelow[node]) = (first, last)
      isModule[node] = first > visits.first[node] && last < visits.done[node]
    }
  }

  /// The dates of a walk from the roots that goes below every node once.
  private struct Visits {
    var first: [Int32]
    var done: [Int32]
    var last: [Int32]
    var earliestBelow: [Int32]
    var latestBelow: [Int32]

    init(_ graph: GateGraph, _ fixed: Set<Int>) {
      first = [Int32](repeating: 0, count: graph.count)
      (done, last) = (first, first)
      earliestBelow = [Int32](repeating: Int32.max, count: graph.count)
      latestBelow = [Int32](repeating: Int32.min, count: graph.count)
      var date: Int32 = 0
      var stack: [(node: Int, next: Int)] = []
      for root in graph.roots {
        enter(Int(root >> 1), &date, &stack)
        while let (node, next) = stack.last {
          if next < graph.inputs[node].count {
            stack[stack.count - 1].next += 1
            let input = Int(graph.inputs[node][next] >> 1)
            if fixed.isEmpty || !fixed.contains(input) { enter(input, &date, &stack) }
          } else {
            date += 1
            (done[node], last[node]) = (date, max(last[node], date))
            stack.removeLast()
          }
        }
      }
    }

    private mutating func enter(_ node: Int, _ date: inout Int32, _ stack: inout [(node: Int, next: Int)]) {
      date += 1
      last[node] = date
      if first[node] == 0 {
        first[node] = date
        stack.append((node, 0))
      }
    }
  }
}

extension GateGraph {
  /// The graph with a gate for each group of inputs of a module that shares nothing with its other inputs.
  ///
  /// Each such group is then a module of its own.
  func withDisjointInputsApart() -> GateGraph {
    let isModule = NetworkModules(self).isModule
    let isNeeded = needed()
    var parts = DisjointParts(count: count)
    for node in 0..<count where isNeeded[node] && !isModule[node] {
      for input in inputs[node] { parts.join(node, Int(input >> 1)) }
    }
    var result = GateGraph()
    var literals = [UInt32](repeating: 0, count: count)
    var place = [Int](repeating: -1, count: count)
    for node in 0..<count where isNeeded[node] {
      let own = inputs[node].map { literals[Int($0 >> 1)] ^ ($0 & 1) }
      var groups: [[UInt32]] = []
      if isModule[node], kinds[node] != .atLeast {
        for (input, literal) in zip(inputs[node], own) {
          let part = parts.part(of: Int(input >> 1))
          if place[part] < 0 {
            place[part] = groups.count
            groups.append([])
          }
          groups[place[part]].append(literal)
        }
        for input in inputs[node] { place[parts.part(of: Int(input >> 1))] = -1 }
      }
      let apart =
        groups.count < 2 ? own : groups.map { $0.count == 1 ? $0[0] : result.gate(kinds[node], 0, $0) }
      literals[node] = result.gate(kinds[node], Int(numbers[node]), apart)
    }
    result.roots = roots.map { literals[Int($0 >> 1)] ^ ($0 & 1) }
    return result
  }
}

/// Parts of nodes that are joined step by step.
private struct DisjointParts {
  private var above: [Int]

  init(count: Int) { above = Array(0..<count) }

  mutating func part(of node: Int) -> Int {
    var node = node
    while above[node] != node {
      above[node] = above[above[node]]
      node = above[node]
    }
    return node
  }

  mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (part(of: left), part(of: right))
    above[max(left, right)] = min(left, right)
  }
}
