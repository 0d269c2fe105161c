/// The rectangle between two axes.
struct Plot: Sendable, Hashable {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let x: Axis
  let y: Axis

  var right: Double { left + width }
  var bottom: Double { top + height }

  func placeX(_ value: Double) -> Double { left + min(max(x.fraction(value), 0), 1) * width }
  func placeY(_ value: Double) -> Double { bottom - min(max(y.fraction(value), 0), 1) * height }

  /// Draws grid, numbers and names.
  ///
  /// - Parameter showsX: whether the numbers below are written; not for the upper one of two plots.
  func draw(on drawing: inout Drawing, showsX: Bool = true) {
    drawing.text(y.name, x: 16, y: top - 12, .small)
    for tick in y.ticks {
      let place = placeY(tick.value)
      drawing.line(fromX: left, y: place, toX: right, y: place, tick.value == 0 ? .zero : .grid)
      drawing.text(tick.text, x: left - 8, y: place + 4, .small, anchor: .end)
    }
    drawing.line(fromX: left, y: bottom, toX: right, y: bottom, .axis)
    guard showsX else { return }
    for tick in x.ticks {
      let place = placeX(tick.value)
      drawing.line(fromX: place, y: bottom, toX: place, y: bottom + 5, .axis)
      drawing.text(tick.text, x: place, y: bottom + 20, .small, anchor: .middle)
    }
    drawing.text(x.name, x: right, y: bottom + 40, .small, anchor: .end)
  }
}

/// Labels beside the ends of lines, moved apart so that none lies on another.
struct EndLabels {
  private var labels: [(text: String, y: Double)] = []

  /// Adds a label that belongs at a height.
  mutating func add(_ text: String, y: Double) { labels.append((text, y)) }

  /// Draws them right of `x`, from top to bottom, `gap` apart.
  func draw(x: Double, lowest: Double, on drawing: inout Drawing) {
    let gap = 16.0
    var places = labels.sorted { $0.y < $1.y }
    for index in places.indices.dropFirst() {
      places[index].y = max(places[index].y, places[index - 1].y + gap)
    }
    for index in places.indices.reversed() {
      let limit = index + 1 < places.count ? places[index + 1].y - gap : lowest
      places[index].y = min(places[index].y, limit)
    }
    for label in places { drawing.text(label.text, x: x, y: label.y + 4, .label) }
  }
}
