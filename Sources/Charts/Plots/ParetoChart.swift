internal import Quantities

/// Shares of a whole, the largest first, and how much the first so many make up together.
public struct ParetoChart: Sendable, Hashable {
  /// What has a share.
  public struct Part: Sendable, Hashable {
    /// What it is.
    public let label: String
    /// Its share, 0…1.
    public let share: Double
    /// The amount in words, such as `4 h 23 min`.
    public let amount: String

    /// A part.
    public init(_ label: String, share: Double, amount: String) {
      self.label = label
      self.share = share.isFinite ? max(0, share) : 0
      self.amount = amount
    }
  }

  private let title: String
  private let parts: [Part]
  private let rest: [Part]

  /// A picture of the largest parts; what does not fit is drawn as one.
  public init(title: String, _ parts: [Part], limit: Int = 12) {
    let sorted = parts.sorted { ($0.share, $1.label) > ($1.share, $0.label) }
    self.title = title
    self.parts = Array(sorted.prefix(limit))
    rest = Array(sorted.dropFirst(limit))
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private var shown: [Part] {
    guard !rest.isEmpty else { return parts }
    let share = rest.reduce(0) { $0 + $1.share }
    return parts + [Part("\(grouped(rest.count)) more", share: share, amount: "")]
  }

  private var sums: [Double] {
    var sum = 0.0
    return shown.map { part in
      sum += part.share
      return sum
    }
  }

  /// Whether parts have something in common, so that their sum is no share of anything.
  private var isOverlapping: Bool { (sums.last ?? 0) > 1.0005 }

  private var drawing: Drawing {
    let name = isOverlapping ? "share; parts overlap" : "bars: share · line: share of all so far"
    let axis = Axis(from: 0, to: 1, .share, name: name, atMost: 5)
    let wide = 20 + (shown.map { Drawing.width(of: value($0)) }.max() ?? 0)
    let plot = RowPlot(labels: shown.map(\.label), rowHeight: 28, axis: axis, valueWidth: wide)
    var drawing = plot.drawing(valueWidth: wide)
    plot.drawAxis(on: &drawing)
    for (row, part) in shown.enumerated() {
      plot.drawLabel(part.label, row: row, on: &drawing)
      drawing.rectangle(
        x: plot.left, y: plot.y(row) + 5, width: max(1.5, plot.place(part.share) - plot.left), height: 18,
        .bar,
        tip: "\(part.label): \(value(part))")
      drawing.text(value(part), x: plot.right + 10, y: plot.y(row) + 18, .label)
    }
    if !isOverlapping { drawSums(plot, on: &drawing) }
    return drawing
  }

  private func drawSums(_ plot: RowPlot, on drawing: inout Drawing) {
    let points = sums.enumerated().map { (x: plot.place($1), y: plot.y($0) + 14) }
    drawing.path(points, .line1)
    for (row, point) in points.enumerated() {
      drawing.dot(x: point.x, y: point.y, .dot1, tip: "\(Measure.share.text(sums[row])) so far")
    }
  }

  private func value(_ part: Part) -> String {
    Measure.share.text(part.share) + (part.amount.isEmpty ? "" : ", \(part.amount)")
  }

  private var summary: String {
    let enough = (isOverlapping ? nil : sums.firstIndex { $0 >= 0.8 }).map {
      "The first \($0 + 1) make up \(Measure.share.text(sums[$0])). "
    }
    return (enough ?? "") + parts.prefix(3).map { "\($0.label) \(value($0))" }.joined(separator: "; ") + "."
  }

  private var data: ChartData {
    ChartData(
      columns: ["part", "share", "amount", "share so far"],
      rows: zip(shown, sums).map { part, sum in
        [
          ChartData.Cell(part.label), ChartData.Cell(Measure.share.text(part.share), part.share),
          ChartData.Cell(part.amount),
          isOverlapping ? "parts overlap" : ChartData.Cell(Measure.share.text(sum), sum),
        ]
      })
  }
}
