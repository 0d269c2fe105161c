internal import Quantities

/// How a number scatters: a histogram, and below it the share that stays at or below each value (ECDF).
public struct DistributionChart: Sendable, Hashable {
  /// How many were seen from one value to another.
  public struct Bin: Sendable, Hashable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double
    /// How many.
    public let count: Int

    /// A count.
    public init(from low: Double, to high: Double, count: Int) {
      self.low = low
      self.high = high
      self.count = count
    }
  }

  /// A line at a value.
  public struct Mark: Sendable, Hashable {
    /// What it marks.
    public let label: String
    /// Where it stands.
    public let value: Double

    /// A line.
    public init(_ label: String, at value: Double) {
      self.label = label
      self.value = value
    }
  }

  private let title: String
  private let name: String
  private let measure: Measure
  private let bins: [Bin]
  private let limits: [Mark]
  private let marks: [Mark]
  private let isLimitFloor: Bool
  private let remark: String?
  private let total: Int

  /// A picture of what was counted.
  ///
  /// - Parameters:
  ///   - name: what scatters, such as `downtime in a year`.
  ///   - bins: ascending; what is not finite is left out.
  ///   - limits: what is promised or allowed; what lies beyond the nearest is drawn as beyond it.
  ///   - marks: the mean and percentiles.
  ///   - isLimitFloor: whether it is below a limit that values are beyond it, as below 0 for what something is worth.
  ///   - remark: what the picture can not show, written below it.
  public init(
    title: String, name: String, measure: Measure, bins: [Bin], limits: [Mark] = [], marks: [Mark],
    isLimitFloor: Bool = false, remark: String? = nil
  ) {
    self.title = title
    self.name = name
    self.measure = measure
    self.bins = bins.filter { $0.low.isFinite && $0.high.isFinite && $0.count > 0 }
    self.limits = limits.filter(\.value.isFinite)
    self.marks = marks.filter(\.value.isFinite)
    self.isLimitFloor = isLimitFloor
    self.remark = remark
    total = max(1, self.bins.reduce(0) { $0 + $1.count })
  }

  /// A picture of single values.
  public init(
    title: String, name: String, measure: Measure, values: [Double], limits: [Mark] = [], marks: [Mark],
    isLimitFloor: Bool = false
  ) {
    let bins = values.filter(\.isFinite).sorted().map { Bin(from: $0, to: $0, count: 1) }
    self.init(
      title: title, name: name, measure: measure, bins: bins, limits: limits, marks: marks,
      isLimitFloor: isLimitFloor)
  }

  /// The picture.
  public var chart: Chart {
    let columns = columns()
    return Chart(title: title, summary: summary(columns), data: data(columns), drawing: drawing(columns))
  }

  // MARK: Columns

  /// Columns of equal width; the last holds everything above.
  private struct Columns {
    let start: Double
    let width: Double
    var counts: [Int]
    let hasMore: Bool
    var end: Double { start + width * Double(counts.count) }
    func low(_ number: Int) -> Double { start + width * Double(number) }
  }

  private func columns() -> Columns {
    let (low, high) = shownRange()
    let width = measure.step(covering: high - low, atMost: 40)
    let start = (low / width).rounded(.down) * width
    let count = min(200, max(1, Int(((high - start) / width).rounded(.up))))
    var columns = Columns(
      start: start, width: width, counts: [Int](repeating: 0, count: count),
      hasMore: (bins.last?.high ?? 0) > start + Double(count) * width)
    for bin in bins {
      let place = Int((((bin.low + bin.high) / 2 - start) / width).rounded(.down))
      columns.counts[min(count - 1, max(0, place))] += bin.count
    }
    return columns
  }

  /// All but the largest half per cent, and the first limit where it is not far off; 0 where nothing is below.
  private func shownRange() -> (low: Double, high: Double) {
    var seen = 0
    var enough = bins.last?.high ?? 1
    for bin in bins {
      seen += bin.count
      if Double(seen) >= 0.995 * Double(total) {
        enough = bin.high
        break
      }
    }
    let low = min(0, bins.first?.low ?? 0)
    let limit = limits.map(\.value).filter { $0 > 0 }.min() ?? 0
    let high = max(limit <= 2 * enough ? limit * 1.05 : 0, enough)
    return (low, high > low ? high : low + (measure == .hours ? 1 / 3600 : 1))
  }

  // MARK: Drawing

  private func drawing(_ columns: Columns) -> Drawing {
    let across = Axis(from: columns.start, to: columns.end, measure, name: name, atMost: 8, isRound: false)
    let highest = Double(columns.counts.max() ?? 1) / Double(total)
    let upper = Plot(
      left: 84, top: 64, width: 612, height: 180, x: across,
      y: Axis(
        from: 0, to: min(1, highest * 1.2), .share, name: "share of \(grouped(total)) replications", atMost: 4
      ))
    let lower = Plot(
      left: 84, top: 300, width: 612, height: 110, x: across,
      y: Axis(from: 0, to: 1, .share, name: "share at or below (ECDF)", atMost: 4))
    var drawing = Drawing(width: 736, height: lower.bottom + (remark == nil ? 52 : 74))
    upper.draw(on: &drawing, showsX: false)
    lower.draw(on: &drawing)
    drawBars(columns, upper, &drawing)
    drawing.path(cumulative(columns).map { (lower.placeX($0.x), lower.placeY($0.y)) }, .line0)
    drawMarks(columns, upper, lower, &drawing)
    drawLimits(columns, upper, lower, &drawing)
    if let remark { drawing.text(remark, x: lower.left, y: lower.bottom + 62, .small) }
    return drawing
  }

  private func drawBars(_ columns: Columns, _ plot: Plot, _ drawing: inout Drawing) {
    for (number, count) in columns.counts.enumerated() where count > 0 {
      let left = plot.placeX(columns.low(number))
      let top = plot.placeY(Double(count) / Double(total))
      let isOver = limits.contains {
        isLimitFloor ? columns.low(number + 1) <= $0.value : columns.low(number) >= $0.value
      }
      drawing.rectangle(
        x: left + 0.5, y: top, width: plot.placeX(columns.low(number + 1)) - left - 1,
        height: plot.bottom - top, isOver ? .over : .bar, tip: tip(number, columns))
    }
    if columns.hasMore {
      drawing.text(
        "the last column holds what is larger", x: plot.right, y: plot.bottom + 18, .small, anchor: .end)
    }
  }

  /// The empirical distribution function, from the counts as they came.
  private func cumulative(_ columns: Columns) -> [LineChart.Point] {
    var points = [LineChart.Point(columns.start, 0)]
    var seen = 0
    for bin in bins where bin.low <= columns.end {
      points.append(LineChart.Point(bin.low, points.last?.y ?? 0))
      seen += bin.count
      points.append(LineChart.Point(min(bin.high, columns.end), Double(seen) / Double(total)))
    }
    return points + [LineChart.Point(columns.end, points.last?.y ?? 0)]
  }

  private func drawMarks(_ columns: Columns, _ upper: Plot, _ lower: Plot, _ drawing: inout Drawing) {
    for (number, mark) in marks.enumerated() where mark.value <= columns.end && mark.value >= columns.start {
      let place = upper.placeX(mark.value)
      drawing.line(fromX: place, y: upper.top - 4, toX: place, y: lower.bottom, .mark)
      drawing.text(mark.label, x: place + 4, y: upper.top + 8 + Double(number % 3) * 15, .halo)
    }
  }

  /// Lines at limits; labels that would meet stand one above the other.
  private func drawLimits(_ columns: Columns, _ upper: Plot, _ lower: Plot, _ drawing: inout Drawing) {
    var taken: [(row: Int, from: Double, to: Double)] = []
    func row(from left: Double, to right: Double) -> Int {
      let row = (0..<3).first { row in
        !taken.contains { $0.row == row && $0.from < right && left < $0.to }
      }
      taken.append((row ?? 2, left, right))
      return row ?? 2
    }
    for limit in limits {
      let isBeyond = limit.value > columns.end
      let text = isBeyond ? "\(limit.label) (\(measure.text(limit.value))) lies beyond →" : limit.label
      let place = isBeyond ? upper.right : upper.placeX(limit.value)
      let (isLeft, width) = (place > 390, Drawing.width(of: text) + 8)
      let y = DistributionChart.limitRows[
        row(from: isLeft ? place - width : place, to: isLeft ? place : place + width)]
      if !isBeyond { drawing.line(fromX: place, y: y + 8, toX: place, y: lower.bottom, .limit) }
      drawing.text(text, x: place, y: y, .limit, anchor: isLeft ? .end : .start)
    }
  }

  /// Where labels of limits stand above the plot, the first first.
  private static let limitRows = [28.0, 12, 46]

  // MARK: Words and numbers

  private func tip(_ number: Int, _ columns: Columns) -> String {
    let count = columns.counts[number]
    return
      "\(range(number, columns)): \(grouped(count)) (\(Measure.share.text(Double(count) / Double(total))))"
  }

  private func range(_ number: Int, _ columns: Columns) -> String {
    let isLast = number + 1 == columns.counts.count && columns.hasMore
    let low = columns.low(number)
    return
      "\(low == 0 ? "0" : measure.text(low)) – \(isLast ? "more" : measure.text(columns.low(number + 1)))"
  }

  private func summary(_ columns: Columns) -> String {
    let marked = (marks + limits).map { mark in
      let value = measure.text(mark.value)
      return mark.label.contains(value) ? mark.label : "\(mark.label): \(value)"
    }
    return "How \(name) scatters over \(grouped(total)) replications. \(marked.joined(separator: "; "))."
      + (remark.map { " \($0)." } ?? "")
  }

  private func data(_ columns: Columns) -> ChartData {
    var seen = 0
    var rows: [[ChartData.Cell]] = []
    for (number, count) in columns.counts.enumerated() where count > 0 {
      seen += count
      let (share, sum) = (Double(count) / Double(total), Double(seen) / Double(total))
      rows.append([
        ChartData.Cell(range(number, columns)), ChartData.Cell(grouped(count), Double(count)),
        ChartData.Cell(Measure.share.text(share), share), ChartData.Cell(Measure.share.text(sum), sum),
      ])
    }
    return ChartData(columns: [name, "replications", "share", "share so far"], rows: rows)
  }
}
