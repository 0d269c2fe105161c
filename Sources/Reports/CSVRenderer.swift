internal import Charts

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
      section = block.heading ?? section
      let name = Document.Cell(block.caption ?? section)
      let rows = rows(of: block)
      guard rows.count > 1 else { continue }
      tables.append([["section"] + rows[0]] + rows.dropFirst().map { [name] + $0 })
    }
    let texts = tables.map { $0.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined() }
    return texts.joined(separator: "\r\n")
  }

  /// The column names and the rows.
  private func rows(of block: Document.Block) -> [[Document.Cell]] {
    switch block {
    case .part, .lead, .heading, .note, .illustration: []
    case .chart(let chart): rows(of: .table(Document.Table(chart.data, caption: chart.title)))
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

  /// Text with every quotation mark twice, whatever accents stand on one.
  private static func doubled(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" { scalars.append(scalar) }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  /// A number in full, or text that no spreadsheet takes for a formula.
  private func field(_ cell: Document.Cell) -> String {
    if let number = cell.number { return number.isFinite ? "\(number)" : "" }
    var text = visible(cell.text)
    let isFormula = text.unicodeScalars.first.map { "=+-@".unicodeScalars.contains($0) } ?? false
    if isFormula { text = "'" + text }
    guard isFormula || text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return text
    }
    return "\"\(Self.doubled(text))\""
  }
}

extension Document.Block {
  /// What it calls all that follows.
  fileprivate var heading: String? {
    switch self {
    case .part(let text), .heading(let text): text
    case .lead, .facts, .bars, .table, .chart, .illustration, .note: nil
    }
  }

  /// What it calls its own rows.
  fileprivate var caption: String? {
    switch self {
    case .chart(let chart): chart.title
    case .table(let table): table.caption
    case .part, .heading, .lead, .facts, .bars, .illustration, .note: nil
    }
  }
}
