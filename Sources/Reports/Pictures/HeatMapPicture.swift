internal import Quantities

/// Where downtime comes from: a table of places against services whose cells are darker the more there is.
public struct HeatMapPicture: Sendable {
  private let title: String
  private let rows: [String]
  private let columns: [String]
  private let cells: [[Double]]
  private let text: @Sendable (Double) -> String

  /// A picture.
  ///
  /// - Parameters:
  ///   - cells: for each row, a number of at least 0 for each column.
  ///   - text: how a number is written in its cell.
  public init(
    title: String, rows: [String], columns: [String], cells: [[Double]],
    text: @escaping @Sendable (Double) -> String
  ) {
    self.title = title
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.text = text
  }

  /// The picture as SVG.
  public var svg: String {
    let left = min(260, 40 + (rows.map(Drawing.width(ofLabel:)).max() ?? 0))
    let wide = max(96, 16 + (columns.map(Drawing.width(ofLabel:)).max() ?? 0))
    var drawing = Drawing(
      width: max(Drawing.width(ofTitle: title), left + wide * Double(columns.count) + 24),
      height: 84 + 30 * Double(rows.count) + 16,
      title: title, description: description)
    drawing.text(title, x: 24, y: 30, .title)
    for (number, name) in columns.enumerated() {
      drawing.text(name, x: left + wide * (Double(number) + 0.5), y: 70, .label, anchor: .middle)
    }
    let largest = cells.flatMap { $0 }.max() ?? 0
    for (number, name) in rows.enumerated() {
      let y = 84 + 30 * Double(number)
      drawing.text(name, x: left - 12, y: y + 18, .label, anchor: .end)
      for (column, value) in cells[number].enumerated() {
        let x = left + wide * Double(column)
        let strength = largest > 0 ? (value / largest).squareRoot() * 0.75 : 0
        drawing.rectangle(
          x: x + 1, y: y + 1, width: wide - 2, height: 28, .cell, strength: strength,
          tip: "\(name), \(columns[column]): \(text(value))")
        drawing.text(text(value), x: x + wide / 2, y: y + 19, .label, anchor: .middle)
      }
    }
    return drawing.svg
  }

  private var description: String {
    zip(rows, cells).flatMap { row, values in
      zip(columns, values).map { "\(row), \($0): \(text($1))" }
    }.joined(separator: "; ")
  }
}
