internal import Charts
internal import Quantities

extension Chart {
  /// The numbers behind it for programs.
  var json: JSONValue {
    [
      "title": .string(title), "summary": .string(summary),
      "columns": .array(data.columns.map { .string($0) }),
      "rows": .array(
        data.rows.map { row in .array(row.map { $0.number.map { .number($0) } ?? .string($0.text) }) }),
    ]
  }
}
