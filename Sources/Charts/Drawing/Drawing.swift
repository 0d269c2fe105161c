/// Shapes and texts in the order in which they are painted, in pixels from the upper left corner.
struct Drawing: Sendable, Hashable {
  /// How a shape or a text looks; what it means is never left to colour alone.
  enum Look: String {
    case label, small, strong, axis, grid, zero, bar, over, gain, loss, total, limit, mark
    case down, degraded, planned, cell, slot, node, point, service, edge, soft, choice, halo
    case line0, line1, line2, line3, line4, line5
    case dot0, dot1, dot2, dot3, dot4, dot5
    case band0, band1, band2, band3, band4, band5

    /// The line of a series; each has a pattern of dashes of its own.
    static func line(_ number: Int) -> Look { [.line0, .line1, .line2, .line3, .line4, .line5][number % 6] }

    /// The dots of a series.
    static func dot(_ number: Int) -> Look { [.dot0, .dot1, .dot2, .dot3, .dot4, .dot5][number % 6] }

    /// The interval around the line of a series.
    static func band(_ number: Int) -> Look { [.band0, .band1, .band2, .band3, .band4, .band5][number % 6] }
  }

  /// Which end of a text stands at its place.
  enum Anchor: String { case start, middle, end }

  let width: Double
  let height: Double
  private(set) var body: [String] = []

  /// An empty drawing.
  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// A rectangle; `tip` is shown by viewers that have tips.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ look: Look, strength: Double = 1,
    radius: Double = 0, tip: String? = nil
  ) {
    let opacity = strength < 1 ? " fill-opacity=\"\(Drawing.number(strength))\"" : ""
    let round = radius > 0 ? " rx=\"\(Drawing.number(radius))\"" : ""
    let box =
      "<rect class=\"\(look.rawValue)\" x=\"\(Drawing.number(x))\" y=\"\(Drawing.number(y))\" "
      + "width=\"\(Drawing.number(max(0, width)))\" height=\"\(Drawing.number(max(0, height)))\"\(round)\(opacity)"
    body.append(tip.map { "\(box)><title>\(Markup.text($0))</title></rect>" } ?? "\(box)/>")
  }

  /// A line.
  mutating func line(fromX x1: Double, y y1: Double, toX x2: Double, y y2: Double, _ look: Look) {
    body.append(
      "<line class=\"\(look.rawValue)\" x1=\"\(Drawing.number(x1))\" y1=\"\(Drawing.number(y1))\" "
        + "x2=\"\(Drawing.number(x2))\" y2=\"\(Drawing.number(y2))\"/>")
  }

  /// A line through points, of which those that nobody could tell from the one before are left out; nothing for fewer
  /// than two.
  mutating func path(_ points: [(x: Double, y: Double)], _ look: Look) {
    guard points.count > 1 else { return }
    var shown: [(x: Double, y: Double)] = []
    for (number, point) in points.enumerated() {
      if let last = shown.last, number + 1 < points.count, abs(point.x - last.x) + abs(point.y - last.y) < 0.5
      {
        continue
      }
      shown.append(point)
    }
    let places = shown.map { "\(Drawing.number($0.x)) \(Drawing.number($0.y))" }
    body.append("<path class=\"\(look.rawValue)\" d=\"M\(places.joined(separator: "L"))\"/>")
  }

  /// The surface between two lines over the same places; nothing for fewer than two.
  mutating func area(_ points: [(x: Double, low: Double, high: Double)], _ look: Look) {
    guard points.count > 1 else { return }
    let outline = points.map { ($0.x, $0.high) } + points.reversed().map { ($0.x, $0.low) }
    let places = outline.map { "\(Drawing.number($0)) \(Drawing.number($1))" }
    body.append("<path class=\"\(look.rawValue)\" d=\"M\(places.joined(separator: "L"))Z\"/>")
  }

  /// A bent line from one side to the other, as the edges of a graph are drawn.
  mutating func curve(_ points: [(x: Double, y: Double)], _ look: Look, tip: String) {
    guard let first = points.first else { return }
    var path = "M\(Drawing.number(first.x)) \(Drawing.number(first.y))"
    for (from, to) in zip(points, points.dropFirst()) {
      let middle = Drawing.number((from.x + to.x) / 2)
      path +=
        "C\(middle) \(Drawing.number(from.y)) \(middle) \(Drawing.number(to.y)) "
        + "\(Drawing.number(to.x)) \(Drawing.number(to.y))"
    }
    body.append("<path class=\"\(look.rawValue)\" d=\"\(path)\"><title>\(Markup.text(tip))</title></path>")
  }

  /// A dot.
  mutating func dot(x: Double, y: Double, radius: Double = 3.5, _ look: Look, tip: String? = nil) {
    let circle =
      "<circle class=\"\(look.rawValue)\" cx=\"\(Drawing.number(x))\" cy=\"\(Drawing.number(y))\" "
      + "r=\"\(Drawing.number(radius))\""
    body.append(tip.map { "\(circle)><title>\(Markup.text($0))</title></circle>" } ?? "\(circle)/>")
  }

  /// A text; the place is on its base line.
  mutating func text(_ text: String, x: Double, y: Double, _ look: Look, anchor: Anchor = .start) {
    body.append(
      "<text class=\"\(look.rawValue)\" x=\"\(Drawing.number(x))\" y=\"\(Drawing.number(y))\" "
        + "text-anchor=\"\(anchor.rawValue)\">\(Markup.text(text))</text>")
  }

  // MARK: Sizes

  /// About how wide a label of 13 pixels is.
  static func width(of text: String) -> Double { Double(text.count) * 7.1 }

  /// The same of a strong one.
  static func width(ofStrong text: String) -> Double { Double(text.count) * 8.5 }

  /// A label that fits into a width; what does not is cut.
  static func fitted(_ text: String, width: Double, isStrong: Bool = false) -> String {
    let room = max(4, Int(width / (isStrong ? Drawing.width(ofStrong: "m") : Drawing.width(of: "m"))))
    return text.count <= room ? text : text.prefix(room - 1) + "…"
  }

  /// A place to a hundredth.
  static func number(_ value: Double) -> String {
    let hundredths = value.isFinite ? (min(max(value, -1e6), 1e6) * 100).rounded() : 0
    return hundredths.truncatingRemainder(dividingBy: 100) == 0
      ? "\(Int(hundredths / 100))" : "\(hundredths / 100)"
  }
}
