extension Document.Table {
  /// Tables of several designs as one: the same columns with the design's mark after the first `keys`, and rows that begin
  /// alike together, in the order in which they first appear.
  ///
  /// - Parameter tables: each with the mark of its design; all of the same columns.
  /// - Returns: `nil` without a row.
  init?(designs tables: [(mark: String, table: Document.Table)], keys: Int) {
    guard let columns = tables.first?.table.columns else { return nil }
    var order: [[String]] = []
    var rows: [[String]: [[Document.Cell]]] = [:]
    for (mark, table) in tables {
      for row in table.rows {
        let key = row.prefix(keys).map(\.text)
        if rows[key] == nil { order.append(key) }
        rows[key, default: []].append(row.prefix(keys) + [Document.Cell(mark)] + row.dropFirst(keys))
      }
    }
    guard !order.isEmpty else { return nil }
    self.init(
      columns: columns.prefix(keys) + ["design"] + columns.dropFirst(keys),
      cells: order.flatMap { rows[$0] ?? [] })
  }
}
