/// The gates of one module, or of several roots together, over its leaves.
///
/// Nodes are numbered leaves first, then gates after their inputs; a literal is twice a node's number, plus one when
/// negated.
struct ModuleGraph {
  /// A gate of the module.
  struct Gate {
    let kind: GateGraph.Kind
    let number: Int
    let inputs: [UInt32]
  }

  /// For each leaf: its node in the whole graph, a variable or another module.
  let leaves: [Int]
  /// The gates; inputs come before what uses them.
  let gates: [Gate]
  /// What is asked for.
  let outputs: [UInt32]

  /// How many nodes there are.
  var count: Int { leaves.count + gates.count }

  /// The part of a graph below some nodes, down to variables and modules.
  ///
  /// - Parameter place: work space, −1 for every node of the graph, and left so.
  init(_ graph: GateGraph, tops: [UInt32], isModule: [Bool], place: inout [Int32]) {
    var leaves: [Int] = []
    var inside: [Int] = []
    var stack = tops.reversed().map { Int($0 >> 1) }
    let start = Set(stack)
    while let node = stack.popLast() {
      if place[node] >= 0 { continue }
      place[node] = 0
      if graph.inputs[node].isEmpty || isModule[node] && !start.contains(node) {
        leaves.append(node)
      } else {
        inside.append(node)
        for input in graph.inputs[node].reversed() { stack.append(Int(input >> 1)) }
      }
    }
    inside.sort()
    for (index, node) in leaves.enumerated() { place[node] = Int32(index) }
    for (index, node) in inside.enumerated() { place[node] = Int32(leaves.count + index) }
    func local(_ literal: UInt32) -> UInt32 { UInt32(place[Int(literal >> 1)]) << 1 | literal & 1 }
    gates = inside.map {
      Gate(kind: graph.kinds[$0], number: Int(graph.numbers[$0]), inputs: graph.inputs[$0].map(local))
    }
    outputs = tops.map(local)
    self.leaves = leaves
    for node in leaves { place[node] = -1 }
    for node in inside { place[node] = -1 }
  }

  /// The inputs of a node; none of a leaf.
  func inputs(of node: Int) -> [UInt32] { node < leaves.count ? [] : gates[node - leaves.count].inputs }
}
