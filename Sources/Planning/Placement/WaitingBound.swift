/// How many pods wait at least, by the linear programme over all ways to fill one node (``ConfigurationBound``).
struct WaitingBound {
  /// How many.
  let pods: Int

  init(_ facts: PackingFacts) {
    let problem = facts.problem
    let open = problem.nodes.indices.map { node in facts.app.indices.map { facts.isOpen(node, to: $0) } }
    // Equal nodes are of one type.
    var (types, isOpen, nodes) = ([NodeType](), [[Bool]](), [Int]())
    for (node, place) in problem.nodes.enumerated() where open[node].contains(true) {
      if let known = types.indices.first(where: { types[$0].room == place.room && isOpen[$0] == open[node] })
      {
        nodes[known] += 1
      } else {
        types.append(NodeType(name: place.name, room: place.room, price: 1))
        isOpen.append(open[node])
        nodes.append(1)
      }
    }
    let fillings = NodeFillings(problem, types: types, isOpen: isOpen)
    let cut = FillingCut(fillings, counts: facts.counts, types: types, nodes: nodes, remedy: .waiting)
    let lack = cut.map { $0.lack(of: nodes, for: facts.counts) } ?? 0
    pods = Int((lack - 1e-6 * max(1, lack)).rounded(.up))
  }
}
