/// The tables of a document as CSV (RFC 4180) with numbers in full, for a spreadsheet.
///
/// Every part is a table of its own under its column names, after an empty line; the first column is the heading
/// that it stands under. Remarks in prose are left out.
public struct CSVRenderer: Sendable {
  /// A renderer.
  public init() {}

  /// The document as text, lines ended by CR LF.
  public func text(_ document: Document) -> String {
    var section = document.title
    var tables: [[[Document.Cell]]] = []
    for block in document.blocks {
      if case .heading(let text) = block { section = text }
      let rows = rows(of: block)
      guard rows.count > 1 else { continue }
      tables.append([["section"] + rows[0]] + rows.dropFirst().map { [Document.Cell(section)] + $0 })
    }
    let texts = tables.map { $0.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined() }
    return texts.joined(separator: "\r\n")
  }

  /// The column names and the rows.
  private func rows(of block: Document.Block) -> [[Document.Cell]] {
    switch block {
    case .heading, .note: []
    case .facts(let facts):
      [["quantity", "value", "unit", "shown", "remarks"]]
        + facts.map { fact in
          [
            Document.Cell(fact.label), Document.Cell("", number: fact.number?.value),
            Document.Cell(fact.number?.unit ?? ""), Document.Cell(fact.value),
            Document.Cell(fact.remarks.joined(separator: "; ")),
          ]
        }
    case .bars(let title, let bars):
      [[Document.Cell(title), "share", "remarks"]]
        + bars.map { bar in
          [
            Document.Cell(bar.label), Document.Cell("", number: bar.share),
            Document.Cell(bar.remarks.joined(separator: "; ")),
          ]
        }
    case .table(let table): [table.columns.map { Document.Cell($0) }] + table.rows
    }
  }

  /// A number in full, or text that no spreadsheet takes for a formula.
  private func field(_ cell: Document.Cell) -> String {
    if let number = cell.number { return number.isFinite ? "\(number)" : "" }
    var text = visible(cell.text)
    let isFormula = text.first.map { "=+-@".contains($0) } ?? false
    if isFormula { text = "'" + text }
    guard isFormula || text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
