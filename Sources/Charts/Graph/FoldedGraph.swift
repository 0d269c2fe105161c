/// A graph in which parts with the same neighbours are one box.
struct FoldedGraph {
  /// One box.
  struct Box {
    /// The first of the nodes in it.
    let node: ServiceGraphChart.Node
    /// The names of all.
    let names: [String]

    /// What is written in it.
    var label: String { names.count == 1 ? node.name : "\(node.name) … ×\(names.count)" }
  }

  let boxes: [Box]
  let edges: [ServiceGraphChart.Edge]

  /// Puts parts together that need the same and are needed by the same; services and single points of failure each keep
  /// their own box, since their names matter.
  init(nodes: [ServiceGraphChart.Node], edges: [ServiceGraphChart.Edge]) {
    let neighbours = FoldedGraph.neighbours(count: nodes.count, edges)
    var groups: [[Int]] = []
    var groupOf: [FoldKey: Int] = [:]
    var boxOf = [Int](repeating: 0, count: nodes.count)
    for (place, node) in nodes.enumerated() {
      let isAlone = node.isService || node.isSinglePoint || neighbours[place].isEmpty
      let key = FoldKey(neighbours: neighbours[place], own: isAlone ? place : nil)
      let group = groupOf[key] ?? groups.count
      if group == groups.count {
        groups.append([])
        groupOf[key] = group
      }
      groups[group].append(place)
      boxOf[place] = group
    }
    boxes = groups.map { members in Box(node: nodes[members[0]], names: members.map { nodes[$0].name }) }
    var seen: Set<ServiceGraphChart.Edge> = []
    self.edges = edges.map { ServiceGraphChart.Edge(from: boxOf[$0.from], to: boxOf[$0.to], $0.need) }
      .filter { seen.insert($0).inserted }
  }

  /// The neighbours of each node with the kind of need, sorted.
  private static func neighbours(count: Int, _ edges: [ServiceGraphChart.Edge]) -> [[Neighbour]] {
    var found = [[Neighbour]](repeating: [], count: count)
    for edge in edges {
      found[edge.from].append(Neighbour(place: edge.to, need: edge.need, isNeeding: false))
      found[edge.to].append(Neighbour(place: edge.from, need: edge.need, isNeeding: true))
    }
    return found.map { Array(Set($0)).sorted { $0.rank < $1.rank } }
  }
}

/// A node beside another.
private struct Neighbour: Hashable {
  let place: Int
  let need: ServiceGraphChart.Need
  let isNeeding: Bool
  var rank: (Int, String, Int) { (place, need.rawValue, isNeeding ? 1 : 0) }
}

/// What nodes of one box have in common; `own` sets a node apart from all others.
private struct FoldKey: Hashable {
  let neighbours: [Neighbour]
  let own: Int?
}
