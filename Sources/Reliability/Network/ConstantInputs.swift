/// Inputs whose value is fixed where it matters.
///
/// An `or` with an input a matters below only while a is false, so that a is false in every gate that is reached
/// through that `or` alone; likewise true below an `and`.
struct ConstantInputs {
  private struct Edge: Hashable {
    let input: Int
    let gate: Int
  }

  private var values: [Edge: UInt32] = [:]
  private let mostSteps = 2000

  /// The fixed value of an input of a gate; `nil` when it is not fixed.
  func value(of input: Int, in gate: Int) -> UInt32? {
    values.isEmpty ? nil : values[Edge(input: input, gate: gate)]
  }

  /// Finds the fixed inputs of a graph.
  init(_ graph: GateGraph) {
    let users = Users(graph)
    let dominators = Dominators(graph, users)
    var fixedBelow = [UInt32](repeating: UInt32.max, count: graph.count)
    for input in 1..<max(1, graph.count) {
      let gates = users.gates(of: input)
      if gates.count < 2 { continue }
      for gate in gates where graph.kinds[gate].isAndOr {
        let isOr: UInt32 = graph.kinds[gate] == .or ? 1 : 0
        for literal in graph.inputs[gate] where Int(literal >> 1) == input {
          fixedBelow[gate] = (literal & 1) ^ isOr ^ 1
        }
      }
      for gate in gates {
        var (above, steps) = (dominators.parent[gate], 0)
        while above > 0, steps < mostSteps {
          if fixedBelow[above] != UInt32.max {
            values[Edge(input: input, gate: gate)] = fixedBelow[above]
            break
          }
          above = dominators.parent[above]
          steps += 1
        }
      }
      for gate in gates { fixedBelow[gate] = UInt32.max }
    }
  }
}

/// For each node of a graph: the gates that use it.
struct Users {
  private let start: [Int]
  private let users: [Int]

  /// Collects the users that the roots need.
  init(_ graph: GateGraph) {
    let isNeeded = graph.needed()
    var start = [Int](repeating: 0, count: graph.count + 1)
    for gate in 0..<graph.count where isNeeded[gate] {
      for input in graph.inputs[gate] { start[Int(input >> 1) + 1] += 1 }
    }
    for node in 0..<graph.count { start[node + 1] += start[node] }
    var next = start
    var users = [Int](repeating: 0, count: start[graph.count])
    for gate in 0..<graph.count where isNeeded[gate] {
      for input in graph.inputs[gate] {
        users[next[Int(input >> 1)]] = gate
        next[Int(input >> 1)] += 1
      }
    }
    (self.start, self.users) = (start, users)
  }

  /// The gates that use a node, ascending; one that uses it twice stands twice.
  func gates(of node: Int) -> ArraySlice<Int> { users[start[node]..<start[node + 1]] }
}

/// For each node: the nearest gate that every path from the roots to it goes through.
///
/// Nodes are visited users first, so one pass is enough; the nearest common dominator of two users is found by
/// jumps of growing length (Myers, 1983), so deep chains cost O(log depth).
struct Dominators {
  /// The nearest dominator of each node; 0 when only the roots together dominate it.
  private(set) var parent: [Int]
  private var depth: [Int]
  private var jump: [Int]

  /// Finds the dominators of the nodes that the roots need.
  init(_ graph: GateGraph, _ users: Users) {
    parent = [Int](repeating: 0, count: graph.count)
    depth = parent
    jump = parent
    var isRoot = [Bool](repeating: false, count: graph.count)
    for root in graph.roots { isRoot[Int(root >> 1)] = true }
    for node in stride(from: graph.count - 1, to: 0, by: -1) {
      let gates = users.gates(of: node)
      var above = isRoot[node] ? 0 : gates.first ?? 0
      if above != 0 { for gate in gates.dropFirst() { above = common(above, gate) } }
      insert(node, below: above)
    }
  }

  private mutating func insert(_ node: Int, below above: Int) {
    parent[node] = above
    depth[node] = depth[above] + 1
    let far = jump[above]
    jump[node] = depth[above] - depth[far] == depth[far] - depth[jump[far]] ? jump[far] : above
  }

  private func common(_ left: Int, _ right: Int) -> Int {
    var (a, b) = (left, right)
    if depth[a] < depth[b] { swap(&a, &b) }
    while depth[a] > depth[b] { a = depth[jump[a]] >= depth[b] ? jump[a] : parent[a] }
    while a != b { (a, b) = jump[a] != jump[b] ? (jump[a], jump[b]) : (parent[a], parent[b]) }
    return a
  }
}
