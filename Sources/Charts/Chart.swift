/// A picture with the numbers behind it, for a page or for a file of its own: SVG without script or reference.
public struct Chart: Sendable, Hashable {
  /// What it is about.
  public let title: String
  /// What it shows, in words.
  public let summary: String
  /// The numbers behind it.
  public let data: ChartData
  private let drawing: Drawing

  init(title: String, summary: String, data: ChartData, drawing: Drawing) {
    self.title = title
    self.summary = summary.prefix(1).uppercased() + summary.dropFirst()
    self.data = data
    self.drawing = drawing
  }

  /// How wide it is, in pixels.
  public var width: Double { drawing.width }

  /// The picture as part of a page, which shows the title beside it and holds ``ChartStyle``.
  ///
  /// - Parameter id: begins the names by which the picture refers to its own parts; no other on the page may begin so.
  public func inline(id: String) -> String {
    let (width, height) = (Drawing.number(drawing.width), Drawing.number(drawing.height))
    return """
      <svg class="chart" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img" \
      \(references(id: id))>\(names(id: id))
      <g aria-hidden="true">
      \(drawing.body.joined(separator: "\n"))
      </g>
      </svg>
      """
  }

  /// The picture as a file of its own, with its title.
  public var file: String {
    let wide = Drawing.number(max(drawing.width, 48 + Double(title.count) * 10.2))
    let tall = Drawing.number(drawing.height + Chart.band)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(wide) \(tall)" width="\(wide)" \
      height="\(tall)" role="img" \(references(id: "c"))>\(names(id: "c"))
      <style>
      \(ChartStyle.colours)
      \(ChartStyle.rules)
      </style>
      <rect class="paper" width="100%" height="100%"/>
      <text class="heading" x="24" y="30">\(Markup.text(title))</text>
      <g aria-hidden="true" transform="translate(0 \(Drawing.number(Chart.band)))">
      \(drawing.body.joined(separator: "\n"))
      </g>
      </svg>

      """
  }

  /// The height of the title in a file.
  private static let band = 44.0

  /// A reader who hears the page is told the name and what it shows, each once, and none of the shapes and their tips.
  private func references(id: String) -> String {
    let id = Markup.attribute(id)
    return "aria-labelledby=\"\(id)-t\" aria-describedby=\"\(id)-d\""
  }

  private func names(id: String) -> String {
    "<title id=\"\(Markup.attribute(id))-t\">\(Markup.text(title))</title>"
      + "<desc id=\"\(Markup.attribute(id))-d\">\(Markup.text(summary))</desc>"
  }
}

/// The numbers behind a chart as a table.
public struct ChartData: Sendable, Hashable {
  /// One cell.
  public struct Cell: Sendable, Hashable, ExpressibleByStringLiteral {
    /// What people read.
    public let text: String
    /// The number behind it in full; `nil` for a name.
    public let number: Double?

    /// A cell.
    public init(_ text: String, _ number: Double? = nil) {
      self.text = text
      self.number = number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// A name.
    public init(stringLiteral value: String) { self.init(value) }
  }

  /// The names of the columns.
  public let columns: [String]
  /// The rows; each has a cell for every column.
  public let rows: [[Cell]]

  /// A table.
  public init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}

extension Array {
  /// At most so many of the elements, evenly spread, the first and the last among them.
  func thinned(to count: Int) -> [Element] {
    guard self.count > count, count > 1 else { return self }
    return (0..<count).map { self[$0 * (self.count - 1) / (count - 1)] }
  }
}
