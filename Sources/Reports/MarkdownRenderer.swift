internal import Charts
internal import Quantities

/// A document as Markdown with tables, for a review or a wiki.
public struct MarkdownRenderer: Sendable {
  private let isComment: Bool
  private let rowLimit: Int

  /// A renderer of everything.
  public init() { self.init(isComment: false, rowLimit: .max) }

  private init(isComment: Bool, rowLimit: Int) {
    self.isComment = isComment
    self.rowLimit = rowLimit
  }

  /// The most bytes of a comment: GitHub takes 65,536 characters.
  public static let commentLimit = 65_000

  /// The document as a comment on a pull request: tables are folded away, and what is too long is cut and says so.
  ///
  /// - Returns: fewer than ``commentLimit`` bytes, and so characters, whatever the document holds.
  public static func comment(_ document: Document) -> String {
    let rowCounts = document.blocks.map(\.rowCount)
    for rows in [Int.max, 200, 100, 50, 25, 12, 6, 3, 0] {
      // A row has four bytes at least: what can not fit need not be written.
      let shown = rowCounts.reduce(0) { $0 + min($1, rows) }
      guard rows == 0 || shown < commentLimit / 4 else { continue }
      let text = MarkdownRenderer(isComment: true, rowLimit: rows).text(document)
      if text.utf8.count < commentLimit { return text }
    }
    return shortened(MarkdownRenderer(isComment: true, rowLimit: 0).parts(document))
  }

  /// The first parts of those that fit together.
  private static func shortened(_ parts: [String]) -> String {
    let end = "The rest does not fit into a comment; `--format html` has all of it.\n"
    var text = ""
    for part in parts where !part.isEmpty {
      guard text.utf8.count + part.utf8.count + end.utf8.count + 4 < commentLimit else { break }
      text += part + "\n\n"
    }
    return text + end
  }

  /// The document as text, ended by a line end.
  public func text(_ document: Document) -> String {
    parts(document).filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func parts(_ document: Document) -> [String] {
    let level = document.hasParts ? "###" : "##"
    var heading = document.title
    return ["# \(escaped(document.title))"]
      + document.blocks.map { block in
        switch block {
        case .part(let text): heading = text
        case .heading(let text): heading = text
        default: break
        }
        return lines(of: block, level, under: heading).joined(separator: "\n")
      }
  }

  private func lines(of block: Document.Block, _ level: String, under heading: String) -> [String] {
    switch block {
    case .illustration: []
    case .part(let text): ["## \(escaped(text))"]
    case .lead(let text): ["**\(escaped(text))**"]
    case .heading(let text): ["\(level) \(escaped(text))"]
    case .facts(let facts): factTable(facts)
    case .bars(let title, let bars): barTable(title, bars)
    case .table(let table): folded(table, under: heading)
    case .chart(let chart):
      ["**\(escaped(chart.title)).** \(escaped(chart.summary))", ""]
        + folded(Document.Table(chart.data, caption: "The numbers behind it"), under: heading)
    case .note(let text): [escaped(text)]
    }
  }

  private func factTable(_ facts: [Document.Fact]) -> [String] {
    guard !facts.isEmpty else { return [] }
    return grid(
      columns: ["Quantity", "Value", "Remarks"], rightAligned: [],
      rows: facts.map { [$0.label, $0.value, $0.remarks.joined(separator: "; ")] })
  }

  /// Bars of up to 20 cells beside their shares.
  private func barTable(_ title: String, _ bars: [Document.Bar]) -> [String] {
    let longest = max(bars.map(\.share).max() ?? 1, 0.0001)
    let remarks = bars.map(\.remarks.count).max() ?? 0
    let rows = bars.map { bar in
      let eighths = max(1, Int((min(1, bar.share / longest) * 160).rounded()))
      return [bar.label, barText(eighths: eighths), percentage(bar.share)] + bar.remarks
        + [String](repeating: "", count: remarks - bar.remarks.count)
    }
    let columns = [title, "", "Share"] + [String](repeating: "", count: remarks)
    return grid(columns: columns, rightAligned: [2], rows: rows)
  }

  // MARK: Tables

  /// A table; in a comment behind a line that opens it.
  private func folded(_ table: Document.Table, under heading: String) -> [String] {
    let lines = lines(of: table)
    let caption = table.caption.map { [escaped($0), ""] } ?? []
    guard isComment else { return caption + lines }
    let about =
      table.caption
      ?? "\(heading): \(table.columns.filter { !$0.isEmpty }.prefix(4).joined(separator: ", ")) …"
    let summary = Markup.text(
      "\(about) (\(table.rows.count == 1 ? "1 row" : "\(grouped(table.rows.count)) rows"))")
    return ["<details><summary>\(summary)</summary>", ""] + lines + ["", "</details>"]
  }

  private func lines(of table: Document.Table) -> [String] {
    let numeric = table.columns.indices.filter { column in
      !table.rows.isEmpty && table.rows.allSatisfy { $0[column].number != nil || $0[column].text.isEmpty }
    }
    return grid(
      columns: table.columns, rightAligned: Set(numeric), rows: table.rows.map { $0.map(\.text) })
  }

  private func grid(columns: [String], rightAligned: Set<Int>, rows: [[String]]) -> [String] {
    let rule = columns.indices.map { rightAligned.contains($0) ? "---:" : "---" }
    let shown = rows.prefix(rowLimit)
    let lines = [line(columns.map(escaped)), line(rule)] + shown.map { line($0.map(escaped)) }
    guard shown.count < rows.count else { return lines }
    return lines + [
      "",
      "\(grouped(shown.count)) of \(grouped(rows.count)) rows, to fit into a comment; `--format html` has all of them.",
    ]
  }

  private func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  /// Text in which nothing from a file can become markup; by scalars, as an accent does not stop a `|` from being one.
  private func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    let shown = isComment && text.utf8.count > 2_000 ? "\(text.prefix(2_000))…" : text
    for scalar in visible(shown).unicodeScalars {
      if MarkdownRenderer.markup.contains(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }

  private static let markup = Set("\\`*_[]<>|#&~".unicodeScalars)
}

extension Document.Block {
  /// How many rows of a table it has, which may be cut.
  fileprivate var rowCount: Int {
    switch self {
    case .table(let table): table.rows.count
    case .chart(let chart): chart.data.rows.count
    case .facts(let facts): facts.count
    case .bars(_, let bars): bars.count
    case .part, .lead, .heading, .note, .illustration: 0
    }
  }
}
