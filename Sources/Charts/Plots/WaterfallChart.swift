/// How parts make up a total: each begins where the one before ended.
public struct WaterfallChart: Sendable, Hashable {
  /// A part.
  public struct Step: Sendable, Hashable {
    /// What it is.
    public let label: String
    /// What it adds; below 0 it takes away.
    public let amount: Double

    /// A part.
    public init(_ label: String, _ amount: Double) {
      self.label = label
      self.amount = amount.isFinite ? amount : 0
    }
  }

  private let title: String
  private let steps: [Step]
  private let totalName: String
  private let measure: Measure

  /// A picture of parts and their sum.
  public init(title: String, _ steps: [Step], totalName: String, measure: Measure) {
    self.title = title
    self.steps = steps
    self.totalName = totalName
    self.measure = measure
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private var total: Double { steps.reduce(0) { $0 + $1.amount } }

  private func text(_ amount: Double) -> String {
    amount > 0 ? "+\(measure.text(amount))" : amount < 0 ? "−\(measure.text(-amount))" : measure.text(0)
  }

  private var drawing: Drawing {
    var sums = [0.0]
    for step in steps { sums.append((sums.last ?? 0) + step.amount) }
    let axis = Axis(from: sums.min() ?? 0, to: sums.max() ?? 0, measure, name: "", atMost: 5)
    let labels = steps.map(\.label) + [totalName]
    let wide = 20 + (steps.map { Drawing.width(of: text($0.amount)) }.max() ?? 0)
    let plot = RowPlot(labels: labels, axis: axis, valueWidth: wide)
    var drawing = plot.drawing(valueWidth: wide)
    plot.drawAxis(on: &drawing)
    for (row, step) in steps.enumerated() {
      draw(
        step.label, from: sums[row], to: sums[row + 1], step.amount < 0 ? .loss : .gain, row, plot, &drawing)
      let x = plot.place(sums[row + 1])
      drawing.line(fromX: x, y: plot.y(row) + 5, toX: x, y: plot.y(row + 1) + 25, .axis)
    }
    draw(totalName, from: 0, to: total, .total, steps.count, plot, &drawing)
    return drawing
  }

  private func draw(
    _ label: String, from start: Double, to end: Double, _ look: Drawing.Look, _ row: Int, _ plot: RowPlot,
    _ drawing: inout Drawing
  ) {
    plot.drawLabel(label, row: row, on: &drawing)
    let (low, high) = (plot.place(min(start, end)), plot.place(max(start, end)))
    drawing.rectangle(
      x: low, y: plot.y(row) + 5, width: max(1.5, high - low), height: 20, look,
      tip: "\(label): \(text(end - start))")
    drawing.text(
      text(end - start), x: plot.right + 10, y: plot.y(row) + 19, look == .total ? .strong : .label)
  }

  private var summary: String {
    steps.map { "\($0.label) \(text($0.amount))" }.joined(separator: ", ")
      + "; together \(totalName) \(text(total))."
  }

  private var data: ChartData {
    var sum = 0.0
    let rows = steps.map { step in
      sum += step.amount
      return [
        ChartData.Cell(step.label), ChartData.Cell(text(step.amount), step.amount),
        ChartData.Cell(measure.text(sum), sum),
      ]
    }
    let last = [ChartData.Cell(totalName), "", ChartData.Cell(measure.text(total), total)]
    return ChartData(columns: ["part", "amount", "sum so far"], rows: rows + [last])
  }
}
