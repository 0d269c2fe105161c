internal import Charts

/// Tables that are too wide for a console, in parts one below the other.
extension TextRenderer {
  /// The most that a line of a folded table has.
  private static let width = 120
  /// The most that a cell of one has in a line.
  private static let cell = 36

  /// The lines of a table: as it is where it is narrow enough, else in parts, each with the first column.
  func foldedLines(_ table: Document.Table, _ rows: [[String]], numeric: Set<Int>) -> [String] {
    let plain = aligned(rows, gap: 2, rightAligned: numeric).map { "  \($0)" }
    guard let folds = table.folds, plain.contains(where: { $0.count > TextRenderer.width }) else {
      return plain
    }
    let parts = parts(rows.map { $0.map { wrapped($0, width: TextRenderer.cell) } }, folds: folds)
    return Array(
      parts.map { columns in part(columns, rows, numeric) }.joined(separator: [""]))
  }

  /// Some columns after the first, with cells over several lines.
  private func part(_ columns: [Int], _ rows: [[String]], _ numeric: Set<Int>) -> [String] {
    let shown = [0] + columns
    let lines = rows.flatMap { row -> [[String]] in
      let cells = shown.map { wrapped(row[$0], width: TextRenderer.cell) }
      let height = max(1, cells.map(\.count).max() ?? 1)
      return (0..<height).map { line in cells.map { line < $0.count ? $0[line] : "" } }
    }
    let right = Set(shown.indices.filter { numeric.contains(shown[$0]) })
    return aligned(lines, gap: 2, rightAligned: right).map { "  \($0)" }
  }

  /// The columns of each part: folded where the table wants it, and wherever a line would be too long.
  private func parts(_ cells: [[[String]]], folds: [Int]) -> [[Int]] {
    let widths = (cells.first ?? []).indices.map { column in
      cells.map { $0[column].map(\.count).max() ?? 0 }.max() ?? 0
    }
    var (parts, used): ([[Int]], Int) = ([[]], 0)
    for column in widths.indices.dropFirst() {
      let isFull = 2 + widths[0] + used + 2 + widths[column] > TextRenderer.width
      if folds.contains(column) || isFull, parts.last?.isEmpty == false {
        parts.append([])
        used = 0
      }
      parts[parts.count - 1].append(column)
      used += 2 + widths[column]
    }
    return parts
  }
}
