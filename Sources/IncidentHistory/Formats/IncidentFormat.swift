package import StructuredText

/// A form in which a system exports its incidents.
///
/// Each stands in a file of its own in `Importers/` and in one line of ``IncidentFormat/all``.
public struct IncidentFormat: Sendable {
  /// What a file of the format is made of.
  package enum Container: Sendable, Equatable {
    /// Comma-separated values under the names of a header.
    case csv
    /// JSON with records in arrays at these paths; the empty path is the document itself.
    case json(paths: [String])
  }

  /// The columns to fill, each from the first of its fields that holds something.
  package typealias Columns = [(column: IncidentColumn, fields: [String])]

  /// What `--format` takes.
  public let name: String
  /// The system and the kind of export.
  public let title: String
  /// What its incidents are filed under, unless told otherwise.
  public let source: String
  package let container: Container
  /// Fields that together occur in no other format.
  package let signature: [String]
  package let columns: Columns
  /// The forms of times besides ISO 8601.
  package var patterns: [TimePattern] = []
  /// Texts that mean "nothing".
  package var nulls: [String] = []
  /// The unit of lengths that are written as numbers alone.
  package var lengthUnit: String?
  /// Constants for columns that the file leaves empty.
  package var constants: [(column: IncidentColumn, text: String)] = []
  /// Whether rows are read as strictly as those that people write by hand.
  package var isStrict = false
  /// Whether several records may tell the same incident, of which the last counts.
  package var hasRevisions = false
  /// Whether equal rows without an id are different incidents.
  package var countsRepeatedRows = false
  /// Makes what a table of columns can not say out of a record.
  package var finish: @Sendable (any SourceRecord, inout RawIncident) -> Void = { _, _ in }
  /// Makes several incidents of one record; `nil` for one each.
  package var expand: (@Sendable (LocatedJSON) -> [RawIncident])?

  package init(
    name: String, title: String, source: String, container: Container, signature: [String], columns: Columns
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.container = container
    self.signature = signature
    self.columns = columns
  }

  /// Whether a record at a path of a JSON file, or the header of a CSV file, is of this format.
  func recognises(_ record: some SourceRecord, at path: String? = nil) -> Bool {
    switch (container, path) {
    case (.csv, nil): return !signature.isEmpty && signature.allSatisfy(record.has)
    case (.json(let paths), let path?):
      return !signature.isEmpty && paths.contains(path) && signature.allSatisfy(record.has)
    default: return false
    }
  }

  /// The incidents of a record.
  func incidents(of record: some SourceRecord) -> [RawIncident] {
    if let expand, let json = record as? LocatedJSON { return expand(json) }
    var raw = RawIncident(at: record.location)
    for (column, fields) in columns {
      raw[column] = fields.lazy.compactMap(record.field).first {
        !$0.text.isBlank && !nulls.contains($0.text)
      }
    }
    for (column, text) in constants where raw[column] == nil { raw.set(column, text) }
    if let lengthUnit, let length = raw[.duration], Double(length.text.trimmed) != nil {
      raw[.duration] = CSVRecord.Field(
        text: "\(length.text.trimmed) \(lengthUnit)", location: length.location)
    }
    finish(record, &raw)
    return [raw]
  }
}
