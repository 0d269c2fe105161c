internal import StructuredText

import Diagnostics

/// Which field of a record holds which column, by the names in the file's first record.
struct IncidentHeader {
  /// The index of each column's field.
  package let fields: [(column: IncidentColumn, index: Int)]
  /// How many fields a record has.
  let width: Int
  /// Names that mean nothing here.
  let warnings: [Diagnostic]

  /// Reads the names; throws when a column that every incident needs is missing, or one is there twice.
  init(_ record: CSVRecord) throws(Findings) {
    var fields: [IncidentColumn: Int] = [:]
    var problems = record.problems
    var unknown: [CSVRecord.Field] = []
    for (index, field) in record.fields.enumerated() {
      guard let column = IncidentColumn(header: field.text) else {
        unknown.append(field)
        continue
      }
      if fields.updateValue(index, forKey: column) != nil { problems.append(Self.repeated(field)) }
    }
    problems += Self.missing(from: fields, in: record)
    guard problems.isEmpty else { throw Findings(problems) }
    self.fields = fields.map { ($0.key, $0.value) }.sorted { $0.index < $1.index }
    self.width = record.fields.count
    self.warnings = Self.warning(about: unknown)
  }

  /// The record's fields under their columns.
  func raw(_ record: CSVRecord) -> RawIncident {
    var raw = RawIncident(at: record.location)
    raw.problems = record.problems
    for (column, index) in fields where record.fields.indices.contains(index) {
      let field = record.fields[index]
      raw[column] = CSVRecord.Field(text: CSVText.plain(field.text), location: field.location)
    }
    if record.problems.isEmpty, record.fields.count != width {
      raw.problems.append(Self.fieldCount(record, expected: width))
    }
    return raw
  }

  /// The finding for a record with more or fewer fields than the header.
  static func fieldCount(_ record: CSVRecord, expected: Int) -> Diagnostic {
    Diagnostic(
      slug: "field-count", "the record has \(record.fields.count) fields; the header has \(expected)",
      at: record.location, help: "put a field that holds a comma in quotes")
  }

  private static func missing(from fields: [IncidentColumn: Int], in record: CSVRecord) -> [Diagnostic] {
    var names = [IncidentColumn.component, .started].filter { fields[$0] == nil }.map(\.name)
    if [IncidentColumn.resolved, .impactEnd, .duration].allSatisfy({ fields[$0] == nil }) {
      names.append("one of resolved, impact_end, duration")
    }
    guard !names.isEmpty else { return [] }
    let found = record.fields.prefix(30).map(\.text).joined(separator: ", ")
    let message = "no column for \(names.joined(separator: ", nor for ")); found \(quoted(found))"
    return [Diagnostic(slug: "missing-column", message, at: record.location, help: help(for: record))]
  }

  private static func help(for record: CSVRecord) -> String {
    if record.fields.count == 1,
      let separator = [";", "\t", "|"].first(where: record.fields[0].text.contains)
    {
      let name = separator == "\t" ? "tabs" : "`\(separator)`"
      return "the fields are separated by \(name); save the file with commas"
    }
    return
      "name the columns in the first line, such as: component,mode,started,duration; or map other names: --map FILE"
  }

  private static func repeated(_ field: CSVRecord.Field) -> Diagnostic {
    Diagnostic(
      slug: "repeated-column", "a column \(quoted(field.text)) is already there", at: field.location,
      help: "remove or rename one of the two")
  }

  private static func warning(about unknown: [CSVRecord.Field]) -> [Diagnostic] {
    guard let first = unknown.first else { return [] }
    let names = unknown.prefix(20).map { quoted($0.text) }.joined(separator: ", ")
    let close = nearestName(to: first.text, among: IncidentColumn.names)
    let all = IncidentColumn.names.joined(separator: ", ")
    return [
      Diagnostic(
        .warning, slug: "unknown-column", "columns that are not read: \(names)", at: first.location,
        help: close.map { "did you mean `\($0)`?" } ?? "the columns that are read: \(all)")
    ]
  }
}
