internal import Quantities
public import Simulation

/// How downtime scatters over years, as a histogram with the objective's line.
public struct HistogramPicture: Sendable {
  /// A line at so many hours.
  public struct Mark: Sendable, Hashable {
    /// What it marks.
    public let label: String
    /// Where it stands.
    public let hours: Double

    /// A line.
    public init(_ label: String, hours: Double) {
      self.label = label
      self.hours = hours
    }
  }

  private let title: String
  private let span: String
  private let bins: [CapabilityEstimate.DowntimeBin]
  private let limits: [Mark]
  private let marks: [Mark]
  private let total: Int

  /// A picture.
  ///
  /// - Parameters:
  ///   - span: the time that one replication covers, as text: `a year`.
  ///   - bins: what was counted, ascending and not empty.
  ///   - limits: what objectives allow; what lies above the lowest is drawn as above it.
  ///   - marks: the mean and percentiles.
  public init(
    title: String, span: String, bins: [CapabilityEstimate.DowntimeBin], limits: [Mark], marks: [Mark]
  ) {
    self.title = title
    self.span = span
    self.bins = bins
    self.limits = limits
    self.marks = marks
    total = max(1, bins.reduce(0) { $0 + $1.count })
  }

  /// The picture as SVG.
  public var svg: String {
    let columns = columns()
    var drawing = Drawing(
      width: max(720, Drawing.width(ofTitle: title)), height: 340, title: title,
      description: description(columns))
    drawing.text(title, x: 24, y: 30, .title)
    drawAxes(columns, &drawing)
    let highest = Double(max(1, columns.counts.max() ?? 1))
    for (number, count) in columns.counts.enumerated() where count > 0 {
      let tall = Double(count) / highest * plotHeight
      drawing.rectangle(
        x: x(Double(number) * columns.width, columns) + 0.5, y: bottom - tall,
        width: plotWidth / Double(columns.counts.count) - 1, height: tall,
        isAbove(Double(number) * columns.width) ? .over : .bar, tip: tip(number, count, columns))
    }
    drawMarks(columns, &drawing)
    return drawing.svg
  }

  // MARK: Columns

  /// Columns of equal width; the last holds everything above.
  private struct Columns {
    let width: Double
    var counts: [Int]
    let hasMore: Bool
  }

  private let left = 64.0
  private let bottom = 280.0
  private let plotWidth = 632.0
  private let plotHeight = 190.0

  private func columns() -> Columns {
    let shown = shownHours()
    let width = RoundSteps.hourStep(covering: shown, atMost: 40)
    let count = max(1, Int((shown / width).rounded(.up)))
    var columns = Columns(
      width: width, counts: [Int](repeating: 0, count: count),
      hasMore: (bins.last?.highHours ?? 0) > Double(count) * width)
    for bin in bins {
      let middle = (bin.lowHours + bin.highHours) / 2
      columns.counts[min(count - 1, Int(middle / width))] += bin.count
    }
    return columns
  }

  /// All but the longest half per cent, and the first limit where it is not far off.
  private func shownHours() -> Double {
    var seen = 0
    var enough = bins.last?.highHours ?? 1
    for bin in bins {
      seen += bin.count
      if Double(seen) >= 0.995 * Double(total) {
        enough = bin.highHours
        break
      }
    }
    let limit = limits.map(\.hours).min() ?? 0
    return max(limit <= 2 * enough ? limit * 1.05 : 0, enough, 1 / 3600)
  }

  private func x(_ hours: Double, _ columns: Columns) -> Double {
    left + hours / (columns.width * Double(columns.counts.count)) * plotWidth
  }

  private func isAbove(_ hours: Double) -> Bool { limits.contains { hours >= $0.hours } }

  // MARK: Around the columns

  private func drawAxes(_ columns: Columns, _ drawing: inout Drawing) {
    let highest = Double(columns.counts.max() ?? 1) / Double(total)
    let step = RoundSteps.step(covering: highest * 100, atMost: 4)
    var percent = 0.0
    while percent <= highest * 100 {
      let y = bottom - percent / 100 / highest * plotHeight
      drawing.line(fromX: left, y: y, toX: left + plotWidth, y: y, percent == 0 ? .axis : .grid)
      drawing.text(
        "\(significant(percent, digits: 3).trimmingZeros) %", x: left - 8, y: y + 4, .small, anchor: .end)
      percent += step
    }
    let length = columns.width * Double(columns.counts.count)
    let tick = RoundSteps.hourStep(covering: length, atMost: 8)
    var hours = 0.0
    while hours <= length * 1.0001 {
      drawing.line(fromX: x(hours, columns), y: bottom, toX: x(hours, columns), y: bottom + 5, .axis)
      drawing.text(text(hours), x: x(hours, columns), y: bottom + 20, .small, anchor: .middle)
      hours += tick
    }
    drawing.text(
      "downtime in \(span), share of \(grouped(total)) replications", x: left, y: bottom + 44, .small)
    if columns.hasMore {
      drawing.text(
        "the last column holds what is longer", x: left + plotWidth, y: bottom + 44, .small, anchor: .end)
    }
  }

  private func drawMarks(_ columns: Columns, _ drawing: inout Drawing) {
    let length = columns.width * Double(columns.counts.count)
    var row = 0
    for mark in marks where mark.hours <= length {
      drawing.line(
        fromX: x(mark.hours, columns), y: bottom - plotHeight - 6, toX: x(mark.hours, columns), y: bottom,
        .axis)
      drawing.text(
        mark.label, x: x(mark.hours, columns) + 3, y: bottom - plotHeight + 6 + Double(row % 2) * 13, .small)
      row += 1
    }
    for limit in limits {
      guard limit.hours <= length else {
        drawing.text(
          "\(limit.label) (\(text(limit.hours))) lies beyond →", x: left + plotWidth, y: 52, .limit,
          anchor: .end)
        continue
      }
      let place = x(limit.hours, columns)
      drawing.line(fromX: place, y: 58, toX: place, y: bottom, .limit)
      drawing.text(
        limit.label, x: place, y: 52, .limit, anchor: place > left + plotWidth / 2 ? .end : .start)
    }
  }

  private func tip(_ number: Int, _ count: Int, _ columns: Columns) -> String {
    let from = text(Double(number) * columns.width)
    let isLast = number + 1 == columns.counts.count && columns.hasMore
    let to = isLast ? "more" : text(Double(number + 1) * columns.width)
    return "\(from) – \(to): \(grouped(count)) (\(percentage(Double(count) / Double(total))))"
  }

  private func text(_ hours: Double) -> String {
    hours == 0 ? "0" : TimeSpan(hours: hours)?.description ?? ""
  }

  private func description(_ columns: Columns) -> String {
    let all = columns.counts.indices.filter { columns.counts[$0] > 0 }.map {
      tip($0, columns.counts[$0], columns)
    }
    return ((marks + limits).map { "\($0.label): \(text($0.hours))" } + all).joined(separator: "; ")
  }
}
