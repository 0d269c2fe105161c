internal import Charts
internal import Quantities

/// A document as plain text for a terminal or a pipe.
public struct TextRenderer: Sendable {
  /// Whether headings are bold.
  public let isColored: Bool

  /// A renderer.
  public init(isColored: Bool = false) { self.isColored = isColored }

  /// The document as text, ended by a line end.
  public func text(_ document: Document) -> String {
    var lines = [bold(visible(document.title))]
    for block in document.blocks where !block.isIllustration {
      lines.append("")
      lines += self.lines(of: block)
    }
    return lines.map(trimmed).joined(separator: "\n") + "\n"
  }

  private func lines(of block: Document.Block) -> [String] {
    switch block {
    case .illustration: []
    case .part(let text): [bold(visible(text))]
    case .lead(let text): wrapped(visible(text), width: 96).map { bold("  \($0)") }
    case .chart(let chart):
      [bold("  \(visible(chart.title))")] + wrapped(visible(chart.summary), width: 94).map { "    \($0)" }
    case .heading(let text): [bold("  \(visible(text))")]
    case .facts(let facts): factLines(facts)
    case .bars(let title, let bars): [bold("  \(visible(title))")] + barLines(bars)
    case .table(let table):
      (table.caption.map { [bold("  \(visible($0))")] } ?? []) + tableLines(table)
    case .note(let text): wrapped(visible(text), width: 96).map { "  \($0)" }
    }
  }

  /// Label, value, and the remarks one after the other.
  private func factLines(_ facts: [Document.Fact]) -> [String] {
    let rows = facts.map {
      [visible($0.label), visible($0.value), visible($0.remarks.joined(separator: "    "))]
    }
    return aligned(rows, gap: 3).map { "  \($0)" }
  }

  /// Bars of up to 40 cells, in eighths; a share that is not zero shows at least a sliver.
  private func barLines(_ bars: [Document.Bar]) -> [String] {
    let longest = max(bars.map(\.share).max() ?? 1, 0.0001)
    let cells = bars.map { Int((min(1, $0.share / longest) * 256).rounded()) }
    return aligned(
      zip(bars, cells).map { bar, eighths in
        [visible(bar.label), barText(eighths: max(1, eighths)), percentage(bar.share)]
          + bar.remarks.map(visible)
      }, gap: 2, rightAligned: [2]
    ).map { "    \($0)" }
  }

  private func tableLines(_ table: Document.Table) -> [String] {
    let numeric = table.columns.indices.filter { column in
      !table.rows.isEmpty && table.rows.allSatisfy { isNumeric($0[column].text) }
    }
    let rows = ([table.columns] + table.rows.map { $0.map(\.text) }).map { $0.map(visible) }
    return foldedLines(table, rows, numeric: Set(numeric))
  }

  private func isNumeric(_ text: String) -> Bool {
    text.first.map { $0.isNumber || $0 == "–" || $0 == "-" || $0 == "$" } ?? true
  }

  /// Rows with every column as wide as its widest cell; the last is not padded.
  func aligned(_ rows: [[String]], gap: Int, rightAligned: Set<Int> = []) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.compactMap { column < $0.count ? $0[column].count : nil }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        let space = column + 1 < columns ? String(repeating: " ", count: gap) : ""
        return (rightAligned.contains(column) ? padding + cell : cell + padding) + space
      }.joined()
    }
  }

  func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// The share of what was kept as a percentage: 100 % only where nothing was missed, with more digits just below.
///
/// A millionth of a millionth missed is rounding.
func keptPercentage(_ share: Double) -> String {
  let missed = 1 - share
  guard missed > 1e-12, missed < 0.005 else { return percentage(share) }
  if missed < 0.0001 { return "> 99.99 %" }
  return "\(grouped(share * 100, decimals: missed < 0.000_95 ? 2 : 1)) %"
}

/// A share as a percentage: whole above 10 %, with more digits below.
func percentage(_ share: Double) -> String {
  let percent = share * 100
  if percent >= 9.95 { return "\(grouped(percent, decimals: 0)) %" }
  if percent >= 0.095 { return "\(grouped(percent, decimals: 1)) %" }
  return percent == 0 ? "0 %" : percent < 0.01 ? "< 0.01 %" : "\(grouped(percent, decimals: 2)) %"
}
