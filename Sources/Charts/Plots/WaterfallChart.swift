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
  private let start: Step?
  private let steps: [Step]
  private let isLessBetter: Bool
  private let totalName: String
  private let measure: Measure

  /// A picture of parts and their sum.
  ///
  /// - Parameters:
  ///   - start: what there is before the first part.
  ///   - isLessBetter: whether what takes away is a gain, as of downtime.
  public init(
    title: String, from start: Step? = nil, _ steps: [Step], totalName: String, measure: Measure,
    isLessBetter: Bool = false
  ) {
    self.title = title
    self.start = start
    self.isLessBetter = isLessBetter
    self.steps = steps
    self.totalName = totalName
    self.measure = measure
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private var total: Double { steps.reduce(start?.amount ?? 0) { $0 + $1.amount } }

  private func text(_ amount: Double) -> String {
    amount > 0 ? "+\(measure.text(amount))" : amount < 0 ? "−\(measure.text(-amount))" : measure.text(0)
  }

  private var drawing: Drawing {
    let sums = sums
    let axis = Axis(from: min(0, sums.min() ?? 0), to: max(0, sums.max() ?? 0), measure, name: "", atMost: 5)
    let ends = [start].compactMap { $0 } + [Step(totalName, total)]
    let labels = ends.dropLast().map(\.label) + steps.map(\.label) + [totalName]
    let texts = steps.map { text($0.amount) } + ends.map { endText($0.amount) }
    let wide = 20 + (texts.map(Drawing.width(of:)).max() ?? 0)
    let plot = RowPlot(labels: labels, axis: axis, valueWidth: wide)
    var drawing = plot.drawing(valueWidth: wide)
    plot.drawAxis(on: &drawing)
    let first = ends.count - 1
    if let start { draw(start.label, from: 0, to: start.amount, .total, 0, plot, &drawing) }
    for (row, step) in steps.enumerated() {
      let look: Drawing.Look = (step.amount < 0) == isLessBetter ? .gain : .loss
      draw(step.label, from: sums[row], to: sums[row + 1], look, first + row, plot, &drawing)
      let x = plot.place(sums[row + 1])
      drawing.line(fromX: x, y: plot.y(first + row) + 5, toX: x, y: plot.y(first + row + 1) + 25, .axis)
    }
    draw(totalName, from: 0, to: total, .total, first + steps.count, plot, &drawing)
    return drawing
  }

  /// What there is before the first part and after each.
  private var sums: [Double] {
    steps.reduce(into: [start?.amount ?? 0]) { sums, step in sums.append((sums.last ?? 0) + step.amount) }
  }

  /// What stands at an end; a sum of parts alone has a sign as they have.
  private func endText(_ amount: Double) -> String { start == nil ? text(amount) : measure.text(amount) }

  private func draw(
    _ label: String, from start: Double, to end: Double, _ look: Drawing.Look, _ row: Int, _ plot: RowPlot,
    _ drawing: inout Drawing
  ) {
    plot.drawLabel(label, row: row, on: &drawing)
    let (low, high) = (plot.place(min(start, end)), plot.place(max(start, end)))
    drawing.rectangle(
      x: low, y: plot.y(row) + 5, width: max(1.5, high - low), height: 20, look,
      tip: "\(label): \(look == .total ? endText(end) : text(end - start))")
    drawing.text(
      look == .total ? endText(end) : text(end - start), x: plot.right + 10, y: plot.y(row) + 19,
      look == .total ? .strong : .label)
  }

  private var summary: String {
    let parts = steps.map { "\($0.label) \(text($0.amount))" }.joined(separator: ", ")
    guard let start else { return "\(parts); together \(totalName) \(text(total))." }
    return "\(start.label) \(measure.text(start.amount)); \(parts); \(totalName) \(measure.text(total))."
  }

  private var data: ChartData {
    let first = start.map {
      [[ChartData.Cell($0.label), "", ChartData.Cell(measure.text($0.amount), $0.amount)]]
    }
    let rows = zip(steps, sums.dropFirst()).map { step, sum in
      [
        ChartData.Cell(step.label), ChartData.Cell(text(step.amount), step.amount),
        ChartData.Cell(measure.text(sum), sum),
      ]
    }
    let last = [ChartData.Cell(totalName), "", ChartData.Cell(measure.text(total), total)]
    return ChartData(columns: ["part", "amount", "sum so far"], rows: (first ?? []) + rows + [last])
  }
}
