internal import Quantities

/// A drawing as one self-contained SVG: no script, no reference to anything outside, for light and dark screens.
struct Drawing {
  /// How a shape or a text looks; what it means is never left to colour alone.
  enum Look: String {
    case title, label, small, axis, grid, bar, over, limit, down, degraded, cell
  }

  /// Which end of a text stands at its place.
  enum Anchor: String { case start, middle, end }

  let width: Double
  let height: Double
  private let title: String
  private let description: String
  private var body: [String] = []

  /// An empty drawing; the description says in words what it shows.
  init(width: Double, height: Double, title: String, description: String) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  /// A rectangle; `tip` is shown by viewers that have tips.
  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, _ look: Look, strength: Double = 1,
    tip: String? = nil
  ) {
    let opacity = strength < 1 ? " fill-opacity=\"\(Drawing.number(strength))\"" : ""
    let box =
      "<rect class=\"\(look.rawValue)\" x=\"\(Drawing.number(x))\" y=\"\(Drawing.number(y))\" "
      + "width=\"\(Drawing.number(max(0, width)))\" height=\"\(Drawing.number(max(0, height)))\"\(opacity)"
    body.append(tip.map { "\(box)><title>\(Drawing.escaped($0))</title></rect>" } ?? "\(box)/>")
  }

  /// A line.
  mutating func line(fromX x1: Double, y y1: Double, toX x2: Double, y y2: Double, _ look: Look) {
    body.append(
      "<line class=\"\(look.rawValue)\" x1=\"\(Drawing.number(x1))\" y1=\"\(Drawing.number(y1))\" "
        + "x2=\"\(Drawing.number(x2))\" y2=\"\(Drawing.number(y2))\"/>")
  }

  /// A text; the place is on its base line.
  mutating func text(_ text: String, x: Double, y: Double, _ look: Look, anchor: Anchor = .start) {
    body.append(
      "<text class=\"\(look.rawValue)\" x=\"\(Drawing.number(x))\" y=\"\(Drawing.number(y))\" "
        + "text-anchor=\"\(anchor.rawValue)\">\(Drawing.escaped(text))</text>")
  }

  /// The drawing as text.
  var svg: String {
    let size = "\(Drawing.number(width)) \(Drawing.number(height))"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(Drawing.number(width))" \
      height="\(Drawing.number(height))" role="img" aria-labelledby="title description">
      <title id="title">\(Drawing.escaped(title))</title>
      <desc id="description">\(Drawing.escaped(description))</desc>
      <style>
      \(Drawing.style)
      </style>
      <rect class="paper" width="100%" height="100%"/>
      \(body.joined(separator: "\n"))
      </svg>

      """
  }

  /// About how wide a label is, in the units of the drawing.
  static func width(ofLabel text: String) -> Double { Double(text.count) * 6.8 }

  /// About how wide a drawing must be for its title.
  static func width(ofTitle text: String) -> Double { 48 + Double(text.count) * 9.2 }

  /// Text that can stand between tags and in attributes, whoever wrote it.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in visible(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A place to a hundredth.
  private static func number(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    return hundredths.truncatingRemainder(dividingBy: 100) == 0
      ? "\(Int(hundredths / 100))" : "\(hundredths / 100)"
  }

  private static let style = """
    text{font-family:system-ui,-apple-system,"Segoe UI",sans-serif;font-size:12px;fill:#1f2933}
    .title{font-size:16px;font-weight:600} .small{font-size:11px;fill:#52606d}
    .paper{fill:#ffffff} .axis{stroke:#52606d;stroke-width:1} .grid{stroke:#e4e7eb;stroke-width:1}
    .bar{fill:#3e7cb1} .over{fill:#c05621} .cell{fill:#c05621} .down{fill:#b83232} .degraded{fill:#e0a030}
    line.limit{stroke:#b83232;stroke-width:2;stroke-dasharray:6 4} text.limit{fill:#b83232}
    @media (prefers-color-scheme:dark){
    text{fill:#e4e7eb} .small{fill:#9aa5b1} .paper{fill:#12181f} .axis{stroke:#9aa5b1} .grid{stroke:#2b3540}
    .bar{fill:#6ba3d6} .over{fill:#e08a4f} .cell{fill:#e08a4f} .down{fill:#e86a6a} .degraded{fill:#e6b655}
    line.limit{stroke:#f08a8a} text.limit{fill:#f08a8a}}
    """
}
