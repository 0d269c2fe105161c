import Charts
import Testing

@Suite("Layered layout")
struct LayeredLayoutTests {
  @Test("layers are those of the longest path, and long edges pass every layer between")
  func longestPath() {
    let layout = LayeredLayout(count: 4, edges: [(0, 1), (1, 2), (0, 2), (2, 3), (0, 3)])
    #expect(layout.layers.map { $0.filter { $0 < 4 } } == [[0], [1], [2], [3]])
    #expect(layout.paths.map(\.count) == [2, 2, 3, 2, 4])
  }

  @Test("a tree and a bundle that was tangled are drawn without a crossing")
  func noCrossing() {
    let tree = LayeredLayout(count: 7, edges: [(0, 2), (0, 1), (2, 3), (1, 4), (2, 5), (1, 6)])
    #expect(tree.crossings == 0)
    let tangled = LayeredLayout(count: 8, edges: [(0, 7), (1, 6), (2, 5), (3, 4)])
    #expect(tangled.crossings == 0)
  }

  /// K(2,2) has one crossing however it is drawn in two layers; K(3,3) has nine.
  @Test("complete bipartite graphs have the crossings they must have", arguments: [(2, 1), (3, 9), (4, 36)])
  func bipartite(_ size: Int, _ expected: Int) {
    let edges = (0..<size).flatMap { from in (0..<size).map { (from: from, to: size + $0) } }
    #expect(LayeredLayout(count: 2 * size, edges: edges).crossings == expected)
  }

  @Test("a circle is drawn too")
  func circle() {
    let layout = LayeredLayout(count: 3, edges: [(0, 1), (1, 2), (2, 0)])
    #expect(layout.layers.flatMap { $0 }.filter { $0 < 3 }.sorted() == [0, 1, 2])
    #expect(layout.paths.count == 3)
  }

  @Test("a chain of 20,000 needs no deep stack")
  func chain() {
    let layout = LayeredLayout(count: 20_000, edges: (1..<20_000).map { ($0 - 1, $0) })
    #expect(layout.layers.count == 20_000)
  }

  /// Barlow et al. (1972): the isotonic regression of 1, 3, 2, 4 is 1, 2.5, 2.5, 4.
  @Test("places are those of isotonic regression")
  func isotonic() {
    #expect(LayerPlacement.places(wishes: [1, 3, 2, 4], sizes: [0, 0, 0, 0], gap: 0) == [1, 2.5, 2.5, 4])
    #expect(LayerPlacement.places(wishes: [0, 0], sizes: [10, 20], gap: 5) == [-10, 10])
    #expect(LayerPlacement.places(wishes: [0, 100], sizes: [10, 20], gap: 5) == [0, 100])
  }

  @Test("parts with the same neighbours are one box, single points keep their own")
  func folded() throws {
    let nodes =
      [ServiceGraphChart.Node("service", isService: true)]
      + (1...3).map { ServiceGraphChart.Node("worker-\($0)") }
      + (1...2).map { ServiceGraphChart.Node("store-\($0)", isSinglePoint: true) }
    let edges = (1...5).map { ServiceGraphChart.Edge(from: 0, to: $0, .hard) }
    let chart = try #require(ServiceGraphChart(title: "t", nodes: nodes, edges: edges).chart)
    let svg = chart.inline(id: "c")
    #expect(svg.contains("worker-1 … ×3"))
    #expect(svg.contains(">store-1<") && svg.contains(">store-2<"))
    #expect(svg.split(separator: "single point<").count == 3)
    #expect(chart.data.rows.count == 6)
  }

  @Test("a graph of too many boxes is a table and no picture")
  func tooMany() {
    let nodes = (0..<500).map { ServiceGraphChart.Node("\($0)") }
    let edges = (1..<500).map { ServiceGraphChart.Edge(from: $0 - 1, to: $0, .hard) }
    let chart = ServiceGraphChart(title: "t", nodes: nodes, edges: edges)
    #expect(chart.chart == nil)
    #expect(chart.data.rows.count == 500)
  }
}
