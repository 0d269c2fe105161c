/// A document as Markdown with tables, for a review or a wiki.
public struct MarkdownRenderer: Sendable {
  /// A renderer.
  public init() {}

  /// The document as text, ended by a line end.
  public func text(_ document: Document) -> String {
    let parts =
      ["# \(escaped(document.title))"] + document.blocks.map { lines(of: $0).joined(separator: "\n") }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private func lines(of block: Document.Block) -> [String] {
    switch block {
    case .heading(let text): ["## \(escaped(text))"]
    case .facts(let facts): factTable(facts)
    case .bars(let title, let bars): barTable(title, bars)
    case .table(let table): lines(of: table)
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

  private func lines(of table: Document.Table) -> [String] {
    let numeric = table.columns.indices.filter { column in
      !table.rows.isEmpty && table.rows.allSatisfy { $0[column].number != nil || $0[column].text.isEmpty }
    }
    return grid(
      columns: table.columns, rightAligned: Set(numeric), rows: table.rows.map { $0.map(\.text) })
  }

  private func grid(columns: [String], rightAligned: Set<Int>, rows: [[String]]) -> [String] {
    let rule = columns.indices.map { rightAligned.contains($0) ? "---:" : "---" }
    return [line(columns.map(escaped)), line(rule)] + rows.map { line($0.map(escaped)) }
  }

  private func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  /// Text in which nothing from a file can become markup.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in visible(text) {
      if "\\`*_[]<>|#&".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }
}
