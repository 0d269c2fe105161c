internal import Quantities

/// What happened when: a line for everything that was down.
public struct TimelineChart: Sendable, Hashable {
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
      self.stretches = stretches.filter { $0.startHours.isFinite && $0.endHours.isFinite }
    }
  }

  /// A place on the axis.
  public struct Tick: Sendable, Hashable {
    let label: String
    let hours: Double

    /// A place on the axis.
    public init(_ label: String, atHours hours: Double) {
      self.label = label
      self.hours = hours
    }
  }

  private let title: String
  private let rows: [Row]
  private let hours: Double
  private let ticks: [Tick]

  /// A picture of `rows` over `hours`; services first.
  public init(title: String, rows: [Row], hours: Double, ticks: [Tick]) {
    self.title = title
    self.rows = rows
    self.hours = max(hours, 1e-9)
    self.ticks = ticks
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private var drawing: Drawing {
    let left = min(
      270,
      28
        + (rows.map { $0.isService ? Drawing.width(ofStrong: $0.label) : Drawing.width(of: $0.label) }.max()
          ?? 0))
    let wide = max(480, 760 - left)
    let bottom = 12 + 26 * Double(rows.count)
    var drawing = Drawing(width: left + wide + 24, height: bottom + 56)
    var free = left
    for tick in ticks where tick.hours <= hours {
      let x = left + tick.hours / hours * wide
      drawing.line(fromX: x, y: 8, toX: x, y: bottom, .grid)
      let length = Drawing.width(of: tick.label)
      let isLast = x + length > left + wide + 16
      guard (isLast ? x - 3 - length : x + 3) >= free else { continue }
      drawing.text(
        tick.label, x: isLast ? x - 3 : x + 3, y: bottom + 17, .small, anchor: isLast ? .end : .start)
      free = x + 3 + length
    }
    for (number, row) in rows.enumerated() {
      let y = 12 + 26 * Double(number)
      let name = Drawing.fitted(row.label, width: left - 20, isStrong: row.isService)
      drawing.text(name, x: left - 10, y: y + 17, row.isService ? .strong : .label, anchor: .end)
      let isLastService = row.isService && number + 1 < rows.count && !rows[number + 1].isService
      drawing.line(fromX: left, y: y + 24, toX: left + wide, y: y + 24, isLastService ? .axis : .grid)
      for stretch in row.stretches { draw(stretch, left: left, wide: wide, y: y, &drawing) }
    }
    drawing.line(fromX: left, y: bottom, toX: left + wide, y: bottom, .axis)
    drawing.text(
      "tall: down · low: degraded · short outages are drawn wider than they are", x: left, y: bottom + 40,
      .small)
    return drawing
  }

  /// A minute in a year would be too thin to be seen.
  private func draw(_ stretch: Stretch, left: Double, wide: Double, y: Double, _ drawing: inout Drawing) {
    let start = min(max(stretch.startHours, 0), hours)
    let end = min(max(stretch.endHours, start), hours)
    drawing.rectangle(
      x: left + start / hours * wide, y: stretch.isDown ? y + 4 : y + 11,
      width: max(2.5, (end - start) / hours * wide),
      height: stretch.isDown ? 18 : 8, stretch.isDown ? .down : .degraded, tip: stretch.tip)
  }

  private var summary: String {
    let shown = rows.prefix(8)
    let areSomeDegraded = shown.contains { $0.stretches.contains { !$0.isDown } }
    return "Outages over \(Measure.hours.text(hours)), how many each"
      + "\(areSomeDegraded ? "; stretches that were only degraded stand apart" : ""). "
      + "\(shown.map(counts).joined(separator: "; "))."
  }

  /// What is down counts as an outage, what is only degraded does not.
  private func counts(_ row: Row) -> String {
    let down = row.stretches.count { $0.isDown }
    let degraded = row.stretches.count - down
    return "\(row.label): \(grouped(down))" + (degraded > 0 ? ", degraded \(grouped(degraded))" : "")
  }

  private var data: ChartData {
    let all = rows.flatMap { row in row.stretches.map { (row.label, $0) } }
    return ChartData(
      columns: ["what", "from", "length", "state", "remark"],
      rows: all.prefix(200).map { label, stretch in
        let length = stretch.endHours - stretch.startHours
        return [
          ChartData.Cell(label), ChartData.Cell(Measure.hours.text(stretch.startHours), stretch.startHours),
          ChartData.Cell(Measure.hours.text(length), length),
          ChartData.Cell(stretch.isDown ? "down" : "degraded"), ChartData.Cell(stretch.tip),
        ]
      } + (all.count > 200 ? [[ChartData.Cell("\(grouped(all.count - 200)) more"), "", "", "", ""]] : []))
  }
}
