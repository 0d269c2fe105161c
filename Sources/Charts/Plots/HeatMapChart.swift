/// A table of numbers whose cells are stronger the larger they are; each has its number in it.
public struct HeatMapChart: Sendable, Hashable {
  private let title: String
  private let rows: [String]
  private let columns: [String]
  private let columnNames: [String]
  private let cells: [[Double]]
  private let measure: Measure
  private let hidesZeros: Bool

  /// A picture.
  ///
  /// - Parameters:
  ///   - cells: for each row, a number of at least 0 for each column.
  ///   - hidesZeros: whether a cell of 0 stays empty.
  ///   - columnNames: what columns are called in words and in the table, where a column has only room for a sign.
  public init(
    title: String, rows: [String], columns: [String], cells: [[Double]], measure: Measure,
    hidesZeros: Bool = false, columnNames: [String]? = nil
  ) {
    self.columnNames = columnNames.flatMap { $0.count == columns.count ? $0 : nil } ?? columns
    self.title = title
    self.rows = rows
    self.columns = columns
    self.cells = cells.map { $0.map { $0.isFinite ? max(0, $0) : 0 } }
    self.measure = measure
    self.hidesZeros = hidesZeros
  }

  /// The picture.
  public var chart: Chart { Chart(title: title, summary: summary, data: data, drawing: drawing) }

  private func text(_ value: Double) -> String {
    hidesZeros && value == 0 ? "" : number(value)
  }

  /// A number without what is counted, which the title says.
  private func number(_ value: Double) -> String {
    if case .count = measure { return measure.tick(value) }
    return measure.text(value)
  }

  private var drawing: Drawing {
    let left = min(270, 28 + (rows.map(Drawing.width(of:)).max() ?? 0))
    let texts = columns + cells.flatMap { $0.map(text) }
    let wide = max(26, 12 + (texts.map(Drawing.width(of:)).max() ?? 0))
    var drawing = Drawing(
      width: max(320, left + wide * Double(columns.count) + 24), height: 44 + 30 * Double(rows.count) + 12)
    for (number, name) in columns.enumerated() {
      drawing.text(name, x: left + wide * (Double(number) + 0.5), y: 30, .small, anchor: .middle)
    }
    let largest = cells.flatMap { $0 }.max() ?? 0
    for (number, name) in rows.enumerated() {
      let y = 44 + 30 * Double(number)
      drawing.text(Drawing.fitted(name, width: left - 20), x: left - 10, y: y + 19, .label, anchor: .end)
      for (column, value) in cells[number].enumerated() {
        let x = left + wide * Double(column)
        drawing.rectangle(x: x + 1, y: y + 1, width: wide - 2, height: 28, .slot, radius: 2)
        let strength = largest > 0 ? (value / largest).squareRoot() * 0.7 : 0
        drawing.rectangle(
          x: x + 1, y: y + 1, width: wide - 2, height: 28, .cell, strength: strength, radius: 2,
          tip: "\(name), \(columnNames[column]): \(measure.text(value))")
        drawing.text(text(value), x: x + wide / 2, y: y + 19, .label, anchor: .middle)
      }
    }
    return drawing
  }

  private var summary: String {
    let all = zip(rows, cells).flatMap { row, values in
      zip(columnNames, values).map { (name: "\(row), \($0)", value: $1) }
    }
    let most = all.filter { $0.value > 0 }.enumerated().sorted {
      ($0.element.value, $1.offset) > ($1.element.value, $0.offset)
    }.prefix(3).map { "\($0.element.name): \(measure.text($0.element.value))" }
    return most.isEmpty ? "Every cell is 0." : "The most: \(most.joined(separator: "; "))."
  }

  private var data: ChartData {
    ChartData(
      columns: [""] + columnNames,
      rows: zip(rows, cells).map { row, values in
        [ChartData.Cell(row)] + values.map { ChartData.Cell(number($0), $0) }
      })
  }
}
