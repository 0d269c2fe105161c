/// Lines over a common axis, each with a name at its end and a pattern of its own.
public struct LineChart: Sendable, Hashable {
  /// A point.
  public struct Point: Sendable, Hashable {
    /// Along.
    public let x: Double
    /// Up.
    public let y: Double
    /// The interval in which the value up lies; `nil` where none is known.
    public let interval: ClosedRange<Double>?

    /// A point.
    public init(_ x: Double, _ y: Double, in interval: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.interval = interval.flatMap { $0.lowerBound.isFinite && $0.upperBound.isFinite ? $0 : nil }
    }
  }

  /// A line.
  public struct Series: Sendable, Hashable {
    /// What it shows.
    public let name: String
    /// Its points, from left to right.
    public let points: [Point]
    /// Whether a value holds until the next point, so that the line is a stair.
    public let isStepped: Bool
    /// Whether every point has a dot, and not only the last.
    public let showsPoints: Bool

    /// A line; points that are not finite are left out.
    public init(_ name: String, _ points: [Point], isStepped: Bool = false, showsPoints: Bool = false) {
      self.name = name
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
      self.isStepped = isStepped
      self.showsPoints = showsPoints
    }

    /// Whether it is a single place, which is named where it is.
    var isSpot: Bool { showsPoints && points.count == 1 }
  }

  /// A line across: upright where something happens, level where something is promised.
  public struct Mark: Sendable, Hashable {
    /// What it marks.
    public let label: String
    /// Where.
    public let value: Double
    /// Whether it is level, at a height.
    public let isLevel: Bool

    /// A line across.
    public init(_ label: String, at value: Double, isLevel: Bool = false) {
      self.label = label
      self.value = value
      self.isLevel = isLevel
    }
  }

  /// What an axis shows.
  public struct AxisName: Sendable, Hashable {
    let name: String
    let measure: Measure
    let labels: [Double: String]

    /// A name, which tells the unit where the numbers do not, and what the numbers are.
    ///
    /// - Parameter labels: texts for some numbers, such as days; where there are any, no other number is written.
    public init(_ name: String, _ measure: Measure, labels: [Double: String] = [:]) {
      self.name = name
      self.measure = measure
      self.labels = labels
    }

    func text(_ value: Double) -> String { labels[value] ?? measure.text(value) }

    /// The axis from one number to another.
    func axis(from low: Double, to high: Double, atMost count: Int, isRound: Bool) -> Axis {
      guard !labels.isEmpty else {
        return Axis(from: low, to: high, measure, name: name, atMost: count, isRound: isRound)
      }
      let ticks = labels.sorted { $0.key < $1.key }.thinned(to: count).map {
        Axis.Tick(value: $0.key, text: Drawing.fitted($0.value, width: 90))
      }
      return Axis(from: low, to: high, ticks: ticks, name: name)
    }
  }

  private let title: String
  private let series: [Series]
  private let marks: [Mark]
  private let x: AxisName
  private let y: AxisName

  /// Lines; a series without a point is left out.
  public init(title: String, _ series: [Series], x: AxisName, y: AxisName, marks: [Mark] = []) {
    self.title = title
    self.series = series.filter { !$0.points.isEmpty }
    self.marks = marks.filter { $0.value.isFinite }
    self.x = x
    self.y = y
  }

  /// The picture.
  public var chart: Chart {
    Chart(title: title, summary: summary, data: data, drawing: drawing)
  }

  private var drawing: Drawing {
    let points = series.flatMap(\.points)
    let xs: [Double] = points.map(\.x) + marks.filter { !$0.isLevel }.map(\.value)
    let bounds = points.compactMap(\.interval).flatMap { [$0.lowerBound, $0.upperBound] }
    let ys: [Double] = points.map(\.y) + bounds + marks.filter(\.isLevel).map(\.value) + [0]
    let across = x.axis(from: xs.min() ?? 0, to: xs.max() ?? 1, atMost: 8, isRound: false)
    let up = y.axis(from: ys.min() ?? 0, to: ys.max() ?? 1, atMost: 6, isRound: true)
    let names = series.filter { !$0.isSpot }.map { Drawing.width(of: String($0.name.prefix(26))) }.max() ?? 0
    let left = 24 + up.width
    let plot = Plot(
      left: left, top: 40, width: max(320, 720 - left - names - 24), height: 240, x: across, y: up)
    var drawing = Drawing(width: plot.right + names + 24, height: plot.bottom + 52)
    plot.draw(on: &drawing)
    draw(marks, plot, &drawing)
    draw(series, plot, &drawing)
    return drawing
  }

  private func draw(_ series: [Series], _ plot: Plot, _ drawing: inout Drawing) {
    var labels = EndLabels()
    for (number, line) in series.enumerated() {
      let band = line.points.compactMap { point in
        point.interval.map {
          (x: plot.placeX(point.x), low: plot.placeY($0.lowerBound), high: plot.placeY($0.upperBound))
        }
      }
      drawing.area(band, .band(number))
    }
    for (number, line) in series.enumerated() {
      var points: [(x: Double, y: Double)] = []
      for point in line.points {
        if line.isStepped, let last = points.last { points.append((plot.placeX(point.x), last.y)) }
        points.append((plot.placeX(point.x), plot.placeY(point.y)))
      }
      drawing.path(points, .line(number))
      guard let end = points.last else { continue }
      for point in line.showsPoints ? line.points : line.points.suffix(1) {
        drawing.dot(
          x: plot.placeX(point.x), y: plot.placeY(point.y), .dot(number), tip: "\(line.name): \(told(point))")
      }
      if line.isSpot {
        let isRight = end.x > plot.left + plot.width * 0.6
        drawing.text(
          line.name, x: end.x + (isRight ? -8 : 8), y: end.y + (number % 2 == 0 ? -8 : 18), .halo,
          anchor: isRight ? .end : .start)
      } else {
        labels.add(Drawing.fitted(line.name, width: 186), y: end.y)
      }
    }
    labels.draw(x: plot.right + 10, lowest: plot.bottom, on: &drawing)
  }

  /// A value with its interval.
  private func told(_ point: Point) -> String {
    y.measure.text(point.y) + (point.interval.map { ", \(text($0))" } ?? "")
  }

  private func text(_ interval: ClosedRange<Double>) -> String {
    "\(y.measure.text(interval.lowerBound)) to \(y.measure.text(interval.upperBound))"
  }

  private func draw(_ marks: [Mark], _ plot: Plot, _ drawing: inout Drawing) {
    for (number, mark) in marks.filter({ !$0.isLevel }).enumerated() {
      let place = plot.placeX(mark.value)
      let isRight = place > plot.left + plot.width * 0.6
      let level = plot.top + 10 + 16 * Double(number % 4)
      drawing.line(fromX: place, y: plot.top - 4, toX: place, y: plot.bottom, .mark)
      drawing.text(
        mark.label, x: place + (isRight ? -6 : 6), y: level, .halo, anchor: isRight ? .end : .start)
    }
    for mark in marks where mark.isLevel {
      let place = plot.placeY(mark.value)
      drawing.line(fromX: plot.left, y: place, toX: plot.right, y: place, .limit)
      drawing.text(mark.label, x: plot.left + 8, y: place - 6, .limit)
    }
  }

  private var summary: String {
    let ends = series.compactMap { line -> String? in
      guard let first = line.points.first, let last = line.points.last else { return nil }
      guard line.showsPoints else { return "\(line.name) ends at \(told(last))" }
      guard line.points.count > 1 else { return "\(line.name): \(told(last)) at \(x.text(last.x))" }
      return "\(line.name): \(told(first)) at \(x.text(first.x)), \(told(last)) at \(x.text(last.x))"
    }
    let lines = marks.map { mark in
      let value = mark.isLevel ? y.measure.text(mark.value) : x.text(mark.value)
      let isTold = mark.label.contains(value) || (!mark.isLevel && !x.labels.isEmpty)
      return isTold ? mark.label : "\(mark.label) at \(value)"
    }
    return (["\(y.name) over \(x.name)"] + ends + lines).joined(separator: "; ") + "."
  }

  private var data: ChartData {
    let all = Set(series.flatMap(\.points).map(\.x)).sorted()
    let places = all.thinned(to: 61)
    let columns = series.flatMap { line in
      [line.name] + (line.points.contains { $0.interval != nil } ? ["\(line.name), interval"] : [])
    }
    let values = series.map { Dictionary($0.points.map { ($0.x, $0) }, uniquingKeysWith: { $1 }) }
    return ChartData(
      columns: [x.name] + columns,
      rows: places.map { place in
        [ChartData.Cell(x.text(place), x.labels.isEmpty ? place : nil)]
          + zip(series, values).flatMap { line, own in cells(own[place], of: line) }
      })
  }

  private func cells(_ point: Point?, of line: Series) -> [ChartData.Cell] {
    let value = point.map { ChartData.Cell(y.measure.text($0.y), $0.y) } ?? ""
    guard line.points.contains(where: { $0.interval != nil }) else { return [value] }
    return [value, ChartData.Cell(point?.interval.map(text) ?? "")]
  }
}
