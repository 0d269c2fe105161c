/// The places of a graph's nodes in layers, so that few edges cross.
///
/// Layers by longest path, long edges through a place of their own in each layer between, and orders by barycentre sweeps of
/// which the one with the fewest crossings is kept (Sugiyama, Tagawa and Toda, 1981). Edges that close a circle are turned
/// round.
package struct LayeredLayout {
  /// The nodes of each layer in order; numbers from `count` on are places that long edges pass.
  package private(set) var layers: [[Int]]
  /// For each edge, the places that it passes from its first end to its second.
  package private(set) var paths: [[Int]] = []
  /// The neighbours of each node and place in the layer before, and in the next one.
  private(set) var before: [[Int]]
  private(set) var after: [[Int]]
  /// How many nodes the graph has.
  let count: Int

  /// A layout of nodes `0..<count`.
  package init(count: Int, edges: [(from: Int, to: Int)]) {
    self.count = count
    before = [[Int]](repeating: [], count: count)
    after = before
    let layerOf = LayeredLayout.layers(count: count, edges)
    layers = [[Int]](repeating: [], count: (layerOf.max() ?? 0) + 1)
    for node in 0..<count { layers[layerOf[node]].append(node) }
    for edge in edges { addPath(edge.from, edge.to, layerOf) }
    order()
  }

  // MARK: Layers

  /// The longest way to each node; an edge back to a node that is still being visited does not count.
  private static func layers(count: Int, _ edges: [(from: Int, to: Int)]) -> [Int] {
    var needed = [[Int]](repeating: [], count: count)
    for edge in edges { needed[edge.from].append(edge.to) }
    let order = topologicalOrder(needed)
    var rank = [Int](repeating: 0, count: count)
    for (place, node) in order.enumerated() { rank[node] = place }
    var layer = [Int](repeating: 0, count: count)
    for node in order {
      for other in needed[node] where rank[other] > rank[node] {
        layer[other] = max(layer[other], layer[node] + 1)
      }
    }
    return layer
  }

  /// Nodes before what they need, but for circles; without recursion, since chains may be long.
  private static func topologicalOrder(_ needed: [[Int]]) -> [Int] {
    var finished: [Int] = []
    var isSeen = [Bool](repeating: false, count: needed.count)
    for root in needed.indices where !isSeen[root] {
      var stack = [(node: root, next: 0)]
      isSeen[root] = true
      while let top = stack.last {
        guard top.next < needed[top.node].count else {
          finished.append(top.node)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let other = needed[top.node][top.next]
        if !isSeen[other] {
          isSeen[other] = true
          stack.append((other, 0))
        }
      }
    }
    return finished.reversed()
  }

  /// Adds an edge, with a place in every layer that it passes.
  private mutating func addPath(_ from: Int, _ to: Int, _ layerOf: [Int]) {
    let isForward = layerOf[from] <= layerOf[to]
    let (first, last) = isForward ? (from, to) : (to, from)
    var path = [first]
    for layer in (layerOf[first] + 1)..<max(layerOf[first] + 1, layerOf[last]) {
      let place = before.count
      before.append([])
      after.append([])
      layers[layer].append(place)
      path.append(place)
    }
    path.append(last)
    for (left, right) in zip(path, path.dropFirst()) {
      after[left].append(right)
      before[right].append(left)
    }
    paths.append(isForward ? path : path.reversed())
  }

  // MARK: Order

  private static let sweeps = 12

  private mutating func order() {
    var best = layers
    var fewest = crossings
    for sweep in 0..<LayeredLayout.sweeps where fewest > 0 {
      if sweep % 2 == 0 {
        for layer in layers.indices.dropFirst() { sort(layer, beside: layer - 1, by: before) }
      } else {
        for layer in layers.indices.dropLast().reversed() { sort(layer, beside: layer + 1, by: after) }
      }
      if crossings < fewest { (best, fewest) = (layers, crossings) }
    }
    layers = best
  }

  /// Puts each node where the middle of its neighbours is; nodes without any stay where they are.
  private mutating func sort(_ layer: Int, beside other: Int, by neighbours: [[Int]]) {
    let places = positions(other)
    let keys = layers[layer].enumerated().map { place, node -> (key: Double, place: Int, node: Int) in
      let own = neighbours[node].compactMap { places[$0] }
      let middle = own.isEmpty ? Double(place) : Double(own.reduce(0, +)) / Double(own.count)
      return (middle, place, node)
    }
    layers[layer] = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map { $0.node }
  }

  private func positions(_ layer: Int) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: layers[layer].enumerated().map { ($1, $0) })
  }

  /// How many pairs of edges cross.
  package var crossings: Int {
    layers.indices.dropFirst().reduce(0) { sum, layer in
      let places = positions(layer)
      let ends = layers[layer - 1].flatMap { after[$0].compactMap { places[$0] }.sorted() }
      return sum + inversions(ends, below: layers[layer].count)
    }
  }

  /// How many pairs stand in the wrong order (Fenwick, 1994).
  private func inversions(_ values: [Int], below limit: Int) -> Int {
    var tree = [Int](repeating: 0, count: limit + 1)
    var found = 0
    for (seen, value) in values.enumerated() {
      var atMost = 0
      var place = value + 1
      while place > 0 {
        atMost += tree[place]
        place -= place & -place
      }
      found += seen - atMost
      place = value + 1
      while place <= limit {
        tree[place] += 1
        place += place & -place
      }
    }
    return found
  }
}
