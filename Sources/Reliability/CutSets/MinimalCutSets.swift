/// The minimal cut sets of a function (or its path sets, or prime implicants), held as a diagram and not as a list.
///
/// Sets share what they have in common, so that 10¹⁰ of them can stand in 10⁵ nodes. Counts and sums are passes over
/// the nodes; only listing takes time for each set.
package struct MinimalCutSets: Sendable {
  /// Which products of literals these are.
  package let kind: CutSetKind
  /// Whether these are all sets, none left out because of its order.
  package let isComplete: Bool
  /// The nodes; see `CutSetNode` for their order.
  let nodes: [CutSetNode]
  /// The place of the whole family.
  let root: Int

  /// The minimal sets of a root of a network.
  ///
  /// - Parameter nodeLimit: The most nodes, of 36 bytes with their share of the tables, while it is built.
  /// - Throws: `TooLarge` when the limit is reached.
  package init(
    _ kind: CutSetKind = .cutSets, ofRoot root: Int, in network: NetworkDiagram, nodeLimit: Int = 16_000_000
  ) throws(ZeroSuppressedDiagram.TooLarge) {
    try self.init(kind, ofModule: network.rootModules[root], in: network.modules, nodeLimit: nodeLimit)
  }

  /// The minimal sets of a module; what it stands on comes before it.
  package init(
    _ kind: CutSetKind = .cutSets, ofModule module: Int, in modules: [NetworkModule],
    nodeLimit: Int = 16_000_000
  ) throws(ZeroSuppressedDiagram.TooLarge) {
    var conversion = CutSetConversion(modules: modules[...module], kind: kind, nodeLimit: nodeLimit)
    let layout = try conversion.layout()
    self.init(kind: kind, nodes: layout.nodes, root: Int(layout.root), isComplete: true)
  }

  init(kind: CutSetKind, nodes: [CutSetNode], root: Int, isComplete: Bool) {
    self.kind = kind
    self.isComplete = isComplete
    self.nodes = nodes
    self.root = root
  }

  /// How many nodes hold the sets, with the two terminals.
  package var nodeCount: Int { nodes.count }

  /// Whether there is no set: the function is never true.
  package var isEmpty: Bool { root == 0 }

  /// A value of every node from those of its element, of the sets without it and of the rests of those with it.
  ///
  /// - Parameters:
  ///   - none: The value of no sets.
  ///   - empty: The value of the empty set alone.
  ///   - literal: The value of a literal.
  ///   - join: The value of a node.
  @inline(__always)
  func values<Value>(
    none: Value, empty: Value, literal: (CutSetLiteral) -> Value,
    join: (_ low: Value, _ element: Value, _ high: Value) -> Value
  ) -> [Value] {
    nodes.withUnsafeBufferPointer { nodes in
      [Value](unsafeUninitializedCapacity: nodes.count) { values, count in
        values.initializeElement(at: 0, to: none)
        values.initializeElement(at: 1, to: empty)
        for place in 2..<nodes.count {
          let node = nodes[place]
          let element = node.isModule ? values[node.module] : literal(node.literal)
          values.initializeElement(
            at: place, to: join(values[Int(node.low)], element, values[Int(node.high)]))
        }
        count = nodes.count
      }
    }
  }
}
