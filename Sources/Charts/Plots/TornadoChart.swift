/// What each input does to a result when it is low and when it is high, the strongest first.
public struct TornadoChart: Sendable, Hashable {
  /// One input.
  public struct Input: Sendable, Hashable {
    /// What it is.
    public let label: String
    /// Its low value, in words.
    public let low: String
    /// Its high value, in words.
    public let high: String
    /// The result with the low value.
    public let atLow: Double
    /// The result with the high value.
    public let atHigh: Double

    /// An input.
    public init(_ label: String, low: String, high: String, atLow: Double, atHigh: Double) {
      self.label = label
      self.low = low
      self.high = high
      self.atLow = atLow
      self.atHigh = atHigh
    }

    /// How much the result changes.
    var swing: Double { abs(atHigh - atLow) }
  }

  private let title: String
  private let inputs: [Input]
  private let now: Double
  private let resultName: String
  private let measure: Measure

  /// A picture.
  ///
  /// - Parameters:
  ///   - now: the result with every input as it is.
  ///   - limit: the strongest so many are shown.
  public init(
    title: String, _ inputs: [Input], now: Double, resultName: String, measure: Measure, limit: Int = 15
  ) {
    let known = inputs.filter { $0.atLow.isFinite && $0.atHigh.isFinite }
    self.title = title
    self.inputs = Array(known.sorted { ($0.swing, $1.label) > ($1.swing, $0.label) }.prefix(limit))
    self.now = now.isFinite ? now : 0
    self.resultName = resultName
    self.measure = measure
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private var drawing: Drawing {
    let ends = inputs.flatMap { [$0.atLow, $0.atHigh] } + [now]
    let axis = Axis(from: ends.min() ?? 0, to: ends.max() ?? 1, measure, name: resultName, atMost: 5)
    let plot = RowPlot(labels: inputs.map(\.label), rowHeight: 44, axis: axis, valueWidth: 24)
    var drawing = plot.drawing(valueWidth: 24)
    plot.drawAxis(on: &drawing)
    drawing.line(fromX: plot.place(now), y: plot.top - 6, toX: plot.place(now), y: plot.bottom, .limit)
    for (row, input) in inputs.enumerated() {
      plot.drawLabel(input.label, row: row, on: &drawing)
      draw(input, row, plot, &drawing)
    }
    drawing.text("now \(measure.text(now))", x: plot.left, y: plot.bottom + 38, .limit)
    return drawing
  }

  /// The part below the result of now, and the part above; each end says which value of the input it belongs to.
  private func draw(_ input: Input, _ row: Int, _ plot: RowPlot, _ drawing: inout Drawing) {
    let y = plot.y(row) + 4
    for (value, text, isHigh) in [(input.atLow, input.low, false), (input.atHigh, input.high, true)] {
      let (from, to) = (plot.place(min(value, now)), plot.place(max(value, now)))
      drawing.rectangle(
        x: from, y: y, width: to - from, height: 18, isHigh ? .bar : .over,
        tip: "\(input.label) \(text): \(measure.text(value))")
    }
    drawEnds(input, y + 31, plot, &drawing)
  }

  /// The values of the input below the ends of its bar; beside each other where the bar is too short for that.
  private func drawEnds(_ input: Input, _ y: Double, _ plot: RowPlot, _ drawing: inout Drawing) {
    let (left, right) = input.atLow <= input.atHigh ? (input.low, input.high) : (input.high, input.low)
    let start = plot.place(min(input.atLow, input.atHigh))
    let end = plot.place(max(input.atLow, input.atHigh))
    guard end - start < Drawing.width(of: left + right) + 16 else {
      drawing.text(left, x: start, y: y, .halo)
      return drawing.text(right, x: end, y: y, .halo, anchor: .end)
    }
    let both = left == right ? left : "\(left) … \(right)"
    let half = Drawing.width(of: both) / 2
    let middle = min(max((start + end) / 2, plot.left + half), max(plot.left + half, plot.right - half))
    drawing.text(both, x: middle, y: y, .halo, anchor: .middle)
  }

  private var summary: String {
    let first = inputs.first.map {
      "The strongest is \($0.label): \(measure.text($0.atLow)) at \($0.low), \(measure.text($0.atHigh)) at \($0.high)."
    }
    return "\(resultName) is \(measure.text(now)) now. \(first ?? "")"
  }

  private var data: ChartData {
    ChartData(
      columns: ["input", "low", "high", "\(resultName) at low", "\(resultName) at high", "swing"],
      rows: inputs.map { input in
        [
          ChartData.Cell(input.label), ChartData.Cell(input.low), ChartData.Cell(input.high),
          ChartData.Cell(measure.text(input.atLow), input.atLow),
          ChartData.Cell(measure.text(input.atHigh), input.atHigh),
          ChartData.Cell(measure.text(input.swing), input.swing),
        ]
      })
  }
}
