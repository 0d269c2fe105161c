/// Where the nodes of a layer stand: as near as possible to where their neighbours are, and none on another.
///
/// The places that make Σ (place − wish)² least while neighbours keep their distance are those of isotonic regression,
/// found by pooling adjacent violators (Ayer et al., 1955).
package struct LayerPlacement {
  /// The place of every node and of every place that an edge passes.
  private(set) var centres: [Double]

  /// - Parameter sizes: the size of each node, and of each place that an edge passes.
  init(_ layout: LayeredLayout, sizes: [Double], gap: Double) {
    centres = [Double](repeating: 0, count: layout.before.count)
    for layer in layout.layers {
      let own = LayerPlacement.places(
        wishes: [Double](repeating: 0, count: layer.count), sizes: layer.map { sizes[$0] }, gap: gap)
      for (node, place) in zip(layer, own) { centres[node] = place }
    }
    for sweep in 0..<8 {
      let isDown = sweep % 2 == 0
      for layer in isDown ? layout.layers : layout.layers.reversed() {
        settle(layer, isDown ? layout.before : layout.after, sizes, gap)
      }
    }
    let least = zip(centres, sizes).map { $0 - $1 / 2 }.min() ?? 0
    centres = centres.map { $0 - least }
  }

  private mutating func settle(_ layer: [Int], _ neighbours: [[Int]], _ sizes: [Double], _ gap: Double) {
    let wishes = layer.map { node in
      let own = neighbours[node].map { centres[$0] }
      return own.isEmpty ? centres[node] : own.reduce(0, +) / Double(own.count)
    }
    let places = LayerPlacement.places(wishes: wishes, sizes: layer.map { sizes[$0] }, gap: gap)
    for (node, place) in zip(layer, places) { centres[node] = place }
  }

  /// The places nearest to the wishes, in their order.
  package static func places(wishes: [Double], sizes: [Double], gap: Double) -> [Double] {
    var offsets: [Double] = []
    for index in wishes.indices {
      let previous = index > 0 ? (offsets[index - 1], (sizes[index - 1] + sizes[index]) / 2 + gap) : (0, 0)
      offsets.append(previous.0 + previous.1)
    }
    func mean(_ block: (sum: Double, count: Double)) -> Double { block.sum / block.count }
    var blocks: [(sum: Double, count: Double)] = []
    for (wish, offset) in zip(wishes, offsets) {
      blocks.append((wish - offset, 1))
      while blocks.count > 1, mean(blocks[blocks.count - 2]) >= mean(blocks[blocks.count - 1]) {
        let last = blocks.removeLast()
        blocks[blocks.count - 1].sum += last.sum
        blocks[blocks.count - 1].count += last.count
      }
    }
    let levels = blocks.flatMap { [Double](repeating: $0.sum / $0.count, count: Int($0.count)) }
    return zip(levels, offsets).map { $0 + $1 }
  }
}
