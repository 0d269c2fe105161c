/// Draws a folded graph in layers from left to right.
struct GraphDrawing {
  private let graph: FoldedGraph
  private let layout: LayeredLayout
  private let centres: [Double]
  private let columns: [(x: Double, width: Double)]

  init(_ graph: FoldedGraph) {
    self.graph = graph
    layout = LayeredLayout(count: graph.boxes.count, edges: graph.edges.map { ($0.from, $0.to) })
    let passing = layout.before.count - graph.boxes.count
    let sizes = graph.boxes.map(GraphDrawing.height) + [Double](repeating: 6, count: passing)
    centres = LayerPlacement(layout, sizes: sizes, gap: 14).centres.map { $0 + GraphDrawing.margin }
    columns = GraphDrawing.columns(layout, graph.boxes)
  }

  private static let margin = 20.0
  private static let widest = 230.0

  private static func height(_ box: FoldedGraph.Box) -> Double { hasRemark(box) ? 46 : 32 }
  private static func hasRemark(_ box: FoldedGraph.Box) -> Bool { !remark(box).isEmpty }

  private static func width(_ box: FoldedGraph.Box) -> Double {
    let remark = Drawing.width(of: remark(box))
    return min(widest, max(70, max(Drawing.width(of: box.label), remark) + 26))
  }

  /// The second line of a box.
  private static func remark(_ box: FoldedGraph.Box) -> String {
    box.node.isSinglePoint ? "single point" : box.names.count > 1 ? "" : box.node.remark
  }

  private static func columns(_ layout: LayeredLayout, _ boxes: [FoldedGraph.Box]) -> [(Double, Double)] {
    var left = margin
    return layout.layers.map { layer in
      let wide = layer.filter { $0 < boxes.count }.map { width(boxes[$0]) }.max() ?? 20
      defer { left += wide + 64 }
      return (left, wide)
    }
  }

  var drawing: Drawing {
    let right = columns.last.map { $0.x + $0.width } ?? 0
    let bottom =
      (graph.boxes.indices.map { centres[$0] + GraphDrawing.height(graph.boxes[$0]) / 2 }.max() ?? 0)
    let lowest = max(bottom, centres.max() ?? 0)
    var drawing = Drawing(width: max(720, right + GraphDrawing.margin), height: lowest + 76)
    for (edge, path) in zip(graph.edges, layout.paths) { draw(edge, path, &drawing) }
    for (number, layer) in layout.layers.enumerated() {
      for node in layer where node < graph.boxes.count {
        draw(graph.boxes[node], node, columns[number], &drawing)
      }
    }
    drawing.text(
      "left needs right · solid: can not do without · dashed: loses service without · dotted: one of several",
      x: GraphDrawing.margin, y: lowest + 38, .small)
    drawing.text("double border: single point of failure", x: GraphDrawing.margin, y: lowest + 58, .small)
    return drawing
  }

  private func draw(
    _ box: FoldedGraph.Box, _ node: Int, _ column: (x: Double, width: Double), _ drawing: inout Drawing
  ) {
    let (wide, tall) = (GraphDrawing.width(box), GraphDrawing.height(box))
    let (x, y) = (column.x, centres[node] - tall / 2)
    drawing.rectangle(
      x: x, y: y, width: wide, height: tall, box.node.isService ? .service : .node,
      radius: box.node.isService ? 14 : 4,
      tip: box.names.joined(separator: ", "))
    if box.node.isSinglePoint {
      drawing.rectangle(x: x - 1, y: y - 1, width: wide + 2, height: tall + 2, .point, radius: 5)
      drawing.rectangle(x: x + 3, y: y + 3, width: wide - 6, height: tall - 6, .point, radius: 3)
    }
    let name = Drawing.fitted(box.label, width: wide - 18)
    let look: Drawing.Look = box.node.isService ? .strong : .label
    guard GraphDrawing.hasRemark(box) else { return drawing.text(name, x: x + 12, y: y + 21, look) }
    drawing.text(name, x: x + 12, y: y + 19, look)
    drawing.text(
      Drawing.fitted(GraphDrawing.remark(box), width: wide - 18), x: x + 12, y: y + 36,
      box.node.isSinglePoint ? .point : .small)
  }

  /// From the right edge of one box to the left edge of the other, past the boxes between.
  private func draw(_ edge: ServiceGraphChart.Edge, _ path: [Int], _ drawing: inout Drawing) {
    var points: [(x: Double, y: Double)] = []
    for node in path {
      let layer = layout.layers.firstIndex { $0.contains(node) } ?? 0
      let column = columns[layer]
      let end = node < graph.boxes.count ? GraphDrawing.width(graph.boxes[node]) : column.width
      if node != path.first { points.append((column.x, centres[node])) }
      if node != path.last { points.append((column.x + end, centres[node])) }
    }
    let look: Drawing.Look =
      switch edge.need {
      case .hard: .edge
      case .soft: .soft
      case .choice: .choice
      }
    let verb =
      switch edge.need {
      case .hard: "needs"
      case .soft: "loses service without"
      case .choice: "needs some of, among them"
      }
    drawing.curve(points, look, tip: "\(graph.boxes[edge.from].label) \(verb) \(graph.boxes[edge.to].label)")
  }
}
