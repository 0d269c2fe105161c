internal import Quantities
internal import ServiceModel

/// What happened when: a line for everything that was down, over the months of one replication.
public struct TimelinePicture: Sendable {
  /// A stretch of time in which something was not as it should be.
  public struct Stretch: Sendable, Hashable {
    /// Its beginning, in hours from the start.
    public let startHours: Double
    /// Its end.
    public let endHours: Double
    /// Whether it was down, and not only degraded.
    public let isDown: Bool
    /// What it was, in words.
    public let tip: String

    /// A stretch of time.
    public init(startHours: Double, endHours: Double, isDown: Bool, tip: String) {
      self.startHours = startHours
      self.endHours = endHours
      self.isDown = isDown
      self.tip = tip
    }
  }

  /// One line.
  public struct Row: Sendable, Hashable {
    /// Whose.
    public let label: String
    /// Whether it is a service, and not a part.
    public let isService: Bool
    /// What happened.
    public let stretches: [Stretch]

    /// A line.
    public init(label: String, isService: Bool, stretches: [Stretch]) {
      self.label = label
      self.isService = isService
      self.stretches = stretches
    }
  }

  private let title: String
  private let rows: [Row]
  private let hours: Double

  /// A picture of `rows` over `hours`; services first.
  public init(title: String, rows: [Row], hours: Double) {
    self.title = title
    self.rows = rows
    self.hours = hours
  }

  private let plotWidth = 900.0

  /// The picture as SVG.
  public var svg: String {
    let left = min(300, 40 + (rows.map { Drawing.width(ofLabel: $0.label) }.max() ?? 0))
    let bottom = 56 + 24 * Double(rows.count)
    var drawing = Drawing(
      width: max(left + plotWidth + 24, Drawing.width(ofTitle: title)), height: bottom + 62, title: title,
      description: description)
    drawing.text(title, x: 24, y: 30, .title)
    drawTicks(left: left, bottom: bottom, &drawing)
    for (number, row) in rows.enumerated() {
      let y = 56 + 24 * Double(number)
      drawing.text(row.label, x: left - 10, y: y + 15, row.isService ? .label : .small, anchor: .end)
      let isLastService = row.isService && number + 1 < rows.count && !rows[number + 1].isService
      drawing.line(fromX: left, y: y + 22, toX: left + plotWidth, y: y + 22, isLastService ? .axis : .grid)
      for stretch in row.stretches {
        let start = left + stretch.startHours / hours * plotWidth
        // A minute in a year would be too thin to be seen.
        let wide = max(2, (stretch.endHours - stretch.startHours) / hours * plotWidth)
        drawing.rectangle(
          x: start, y: stretch.isDown ? y + 3 : y + 9, width: wide, height: stretch.isDown ? 18 : 8,
          stretch.isDown ? .down : .degraded, tip: stretch.tip)
      }
    }
    drawing.text(
      "tall: down · low: degraded · short outages are drawn wider than they are", x: left, y: bottom + 46,
      .small)
    return drawing.svg
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Months where a year or less is shown, else years.
  private func drawTicks(left: Double, bottom: Double, _ drawing: inout Drawing) {
    var place = 0.0
    var number = 0
    while place < hours, number < 400 {
      let isYears = hours > 2 * 8760
      let x = left + place / hours * plotWidth
      drawing.line(fromX: x, y: 50, toX: x, y: bottom, .grid)
      drawing.text(
        isYears ? "year \(number + 1)" : TimelinePicture.months[number % 12], x: x + 3, y: bottom + 18, .small
      )
      let step = isYears ? 8760 : CalendarMonth.allCases[number % 12].lengthHours
      place += isYears && hours > 20 * 8760 ? 8760 * (hours / 8760 / 10).rounded(.up) : step
      number += isYears && hours > 20 * 8760 ? Int((hours / 8760 / 10).rounded(.up)) : 1
    }
    drawing.line(fromX: left, y: bottom, toX: left + plotWidth, y: bottom, .axis)
  }

  private var description: String {
    rows.map { row in
      "\(row.label): "
        + (row.stretches.isEmpty ? "nothing" : row.stretches.map(\.tip).joined(separator: ", "))
    }.joined(separator: "; ")
  }
}
