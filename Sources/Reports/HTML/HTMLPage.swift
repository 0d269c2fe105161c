internal import Charts

/// The parts of a page as they are written one after the other.
///
/// Names of places in the page are counted and never made of text from a file.
struct HTMLPage {
  /// More columns than paper is wide for become rows.
  private static let mostColumns = 13

  private(set) var body: [String] = []
  private let hasParts: Bool
  private var parts: [(id: String, text: String)] = []
  private var charts = 0
  /// What the table that comes next is called when it has no caption.
  private var heading: String
  /// How many tables the heading has named so far.
  private var tablesUnderHeading = 0

  init(_ document: Document) {
    hasParts = document.hasParts
    heading = document.title
  }

  /// Adds a block of the document.
  mutating func add(_ block: Document.Block) {
    switch block {
    case .part(let text): addPart(text)
    case .lead(let text): body.append("<p class=\"lead\">\(HTMLTable.breaking(text))</p>")
    case .heading(let text):
      begin(text)
      let tag = hasParts ? "h3" : "h2"
      body.append("<\(tag)>\(Markup.text(text))</\(tag)>")
    case .facts(let facts): if !facts.isEmpty { body.append(HTMLTable.facts(facts, caption: nextCaption())) }
    case .bars(let title, let bars): if !bars.isEmpty { body.append(HTMLTable.bars(bars, title: title)) }
    case .table(let table):
      guard !table.columns.isEmpty else { return }
      body.append(HTMLTable.table(table, under: table.caption == nil ? nextCaption() : heading))
    case .chart(let chart), .illustration(let chart): add(chart)
    case .note(let text): body.append("<p>\(HTMLTable.breaking(text))</p>")
    }
  }

  private mutating func begin(_ text: String) { (heading, tablesUnderHeading) = (text, 0) }

  /// What the heading calls a table; no two tables under one heading are called the same.
  private mutating func nextCaption() -> String {
    tablesUnderHeading += 1
    return tablesUnderHeading == 1 ? heading : "\(heading), table \(tablesUnderHeading)"
  }

  private mutating func addPart(_ text: String) {
    begin(text)
    let id = "part-\(parts.count + 1)"
    parts.append((id, text))
    body.append("<h2 id=\"\(id)\">\(Markup.text(text))</h2>")
  }

  private mutating func add(_ chart: Chart) {
    charts += 1
    let title = Markup.text(chart.title)
    let data = Document.Table(chart.data, caption: chart.title)
    let table = HTMLTable.table(
      data.columns.count > HTMLPage.mostColumns ? data.transposed : data, under: heading,
      isCaptionShown: false)
    body.append(
      """
      <figure\(chart.width > 900 ? " class=\"wide\"" : "") aria-labelledby="figure-\(charts)">
      <figcaption><strong id="figure-\(charts)">\(title)</strong> \(Markup.text(chart.summary))</figcaption>
      <div class="scroll" tabindex="0" role="group" aria-label="Picture, moves sideways">
      \(chart.inline(id: "chart-\(charts)"))
      </div>
      <details><summary>The numbers behind: \(title)</summary>
      \(table)
      </details>
      </figure>
      """)
  }

  /// Links to the parts; empty for a page without any.
  var contents: String {
    guard parts.count > 2 else { return "" }
    let items = parts.map { "<li><a href=\"#\($0.id)\">\(Markup.text($0.text))</a></li>" }
    return "<nav aria-label=\"Contents\"><ul>\n\(items.joined(separator: "\n"))\n</ul></nav>\n"
  }
}
