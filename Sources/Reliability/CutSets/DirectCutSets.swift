/// Minimal cut sets from the gates themselves, without a binary decision diagram.
///
/// Every gate becomes a family of minimal sets, bottom up. With a limit of elements, larger sets are dropped where
/// they arise; those within the limit are still all there and minimal, since what covers a set is smaller than it. So
/// trees whose decision diagram is out of reach give their smaller cut sets.
///
/// Source: Jung, *ZBDD algorithm features for an efficient probabilistic safety assessment*, Nucl. Eng. Design 239
/// (2009), here with truncation by order.
struct DirectCutSets {
  private let network: BooleanNetwork
  private let limit: Int?
  private let diagram: ZeroSuppressedDiagram
  private var families: [ZeroSuppressedDiagram.Family]
  /// The level of each variable.
  private var levels: [Int]
  /// The variable of each level.
  private var variables: [Int] = []

  init(_ network: BooleanNetwork, maximumOrder: Int?, nodeLimit: Int) {
    self.network = network
    limit = maximumOrder
    diagram = ZeroSuppressedDiagram(nodeLimit: nodeLimit)
    families = [ZeroSuppressedDiagram.Family](repeating: 0, count: network.nodes.count)
    levels = [Int](repeating: 0, count: network.variableCount)
  }

  /// Whether a set larger than the limit was left out.
  var isTruncated: Bool { diagram.isTruncated }

  /// The sets of a root, laid out; `nil` when a gate below it uses a negated input.
  mutating func layout(
    of root: BooleanNetwork.Literal
  ) throws(ZeroSuppressedDiagram.TooLarge) -> (nodes: [CutSetNode], root: UInt32)? {
    guard let order = postorder(below: root) else { return nil }
    for node in order {
      if case .variable(let number) = network.nodes[node] {
        levels[number] = variables.count
        variables.append(number)
      }
    }
    for node in order { families[node] = try family(of: network.nodes[node]) }
    return laid(try diagram.product(family(root), ZeroSuppressedDiagram.empty, limit: limit))
  }

  /// The nodes below a root, inputs first, as a walk from the left meets them; `nil` when one is used negated.
  private func postorder(below root: BooleanNetwork.Literal) -> [Int]? {
    if root.node == 0 { return [] }
    if root.isNegated { return nil }
    var order: [Int] = []
    var isMet = [Bool](repeating: false, count: network.nodes.count)
    var stack = [(node: root.node, isDone: false)]
    while let (node, isDone) = stack.popLast() {
      if isDone { order.append(node) }
      if isDone || isMet[node] { continue }
      isMet[node] = true
      stack.append((node, true))
      for input in inputs(of: network.nodes[node]).reversed() {
        if input.isNegated, input.node != 0 { return nil }
        stack.append((input.node, false))
      }
      if case .xor = network.nodes[node] { return nil }
    }
    return order
  }

  private func inputs(of node: BooleanNetwork.Node) -> [BooleanNetwork.Literal] {
    switch node {
    case .never, .variable: []
    case .and(let inputs), .or(let inputs), .atLeast(_, let inputs), .xor(let inputs): inputs
    }
  }

  private func family(_ literal: BooleanNetwork.Literal) -> ZeroSuppressedDiagram.Family {
    literal == .always ? ZeroSuppressedDiagram.empty : families[literal.node]
  }

  private func family(
    of node: BooleanNetwork.Node
  ) throws(ZeroSuppressedDiagram.TooLarge) -> ZeroSuppressedDiagram.Family {
    switch node {
    case .never, .xor: return ZeroSuppressedDiagram.none
    case .variable(let number): return diagram.element(levels[number])
    case .or(let inputs): return try atLeast(1, lowestFirst(inputs))
    case .and(let inputs):
      var all = ZeroSuppressedDiagram.empty
      for input in lowestFirst(inputs) { all = try diagram.product(input, all, limit: limit) }
      return all
    case .atLeast(let count, let inputs): return try atLeast(count, lowestFirst(inputs))
    }
  }

  /// The families of inputs, those that begin lowest in the order first: joining them then touches least.
  private func lowestFirst(_ inputs: [BooleanNetwork.Literal]) -> [ZeroSuppressedDiagram.Family] {
    inputs.map { family($0) }.sorted { left, right in
      let (high, low) = (diagram.parts(of: left)?.level ?? .max, diagram.parts(of: right)?.level ?? .max)
      return high == low ? left < right : high > low
    }
  }

  private func atLeast(
    _ count: Int, _ inputs: [ZeroSuppressedDiagram.Family]
  ) throws(ZeroSuppressedDiagram.TooLarge) -> ZeroSuppressedDiagram.Family {
    var reached = [ZeroSuppressedDiagram.Family](repeating: ZeroSuppressedDiagram.none, count: count + 1)
    reached[0] = ZeroSuppressedDiagram.empty
    for (taken, input) in inputs.enumerated() {
      let fewest = max(1, count - (inputs.count - 1 - taken))
      for needed in stride(from: min(count, taken + 1), through: fewest, by: -1) {
        let with = try diagram.product(input, reached[needed - 1], limit: limit)
        reached[needed] = try diagram.union(with, reached[needed])
      }
    }
    return reached[count]
  }

  private func laid(_ family: ZeroSuppressedDiagram.Family) -> (nodes: [CutSetNode], root: UInt32) {
    var nodes = [CutSetNode(label: 0, low: 0, high: 0), CutSetNode(label: 0, low: 1, high: 1)]
    var places = [UInt32](repeating: 0, count: diagram.nodeCount)
    places[1] = 1
    for node in diagram.nodes(of: family) {
      guard let parts = diagram.parts(of: node) else { continue }
      places[Int(node)] = UInt32(nodes.count)
      nodes.append(
        CutSetNode(
          label: CutSetNode.label(CutSetLiteral(variable: variables[parts.level])),
          low: places[Int(parts.low)], high: places[Int(parts.high)]))
    }
    return (nodes, places[Int(family)])
  }
}

extension MinimalCutSets {
  /// The minimal cut sets of a coherent network's root, straight from its gates, all those up to an order.
  ///
  /// For trees whose decision diagram is too large; sums over the sets are then of those up to the order only.
  ///
  /// - Parameters:
  ///   - maximumOrder: The most elements of a set; `nil` for all sets.
  ///   - nodeLimit: The most nodes, of 36 bytes with their share of the tables, while it is built.
  /// - Returns: `nil` when a gate below the root is an exclusive or, or uses a negated input.
  package init?(
    upToOrder maximumOrder: Int?, of root: BooleanNetwork.Literal, in network: BooleanNetwork,
    nodeLimit: Int = 16_000_000
  ) throws(ZeroSuppressedDiagram.TooLarge) {
    var direct = DirectCutSets(network, maximumOrder: maximumOrder, nodeLimit: nodeLimit)
    guard let layout = try direct.layout(of: root) else { return nil }
    self.init(kind: .cutSets, nodes: layout.nodes, root: Int(layout.root), isComplete: !direct.isTruncated)
  }
}
