/// Rows with a label each, beside a common axis: what tornado, waterfall and Pareto charts have in common.
struct RowPlot {
  let left: Double
  let width: Double
  let axis: Axis
  let rows: Int
  let rowHeight: Double

  /// Room for labels of rows on the left and for values on the right.
  init(labels: [String], rowHeight: Double = 30, axis: Axis, valueWidth: Double) {
    left = min(270, 28 + (labels.map(Drawing.width(of:)).max() ?? 0))
    width = max(280, 720 - left - valueWidth - 16)
    self.axis = axis
    rows = labels.count
    self.rowHeight = rowHeight
  }

  var top: Double { 12 }
  var bottom: Double { top + rowHeight * Double(rows) }
  var right: Double { left + width }
  func place(_ value: Double) -> Double { left + min(max(axis.fraction(value), 0), 1) * width }
  /// The upper edge of a row.
  func y(_ row: Int) -> Double { top + rowHeight * Double(row) }

  func drawing(valueWidth: Double) -> Drawing { Drawing(width: right + valueWidth + 16, height: bottom + 50) }

  func drawAxis(on drawing: inout Drawing) {
    for tick in axis.ticks {
      let x = place(tick.value)
      drawing.line(fromX: x, y: top, toX: x, y: bottom, tick.value == 0 ? .zero : .grid)
      drawing.text(tick.text, x: x, y: bottom + 18, .small, anchor: .middle)
    }
    drawing.text(axis.name, x: right, y: bottom + 38, .small, anchor: .end)
  }

  func drawLabel(_ label: String, row: Int, on drawing: inout Drawing) {
    drawing.text(
      Drawing.fitted(label, width: left - 20), x: left - 10, y: y(row) + rowHeight / 2 + 4, .label,
      anchor: .end)
  }
}
