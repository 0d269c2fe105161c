package import StructuredText

/// An object of a JSON file as a record.
extension LocatedJSON: SourceRecord {
  package func field(_ path: String) -> CSVRecord.Field? {
    guard let value = value(at: path), let text = value.text else { return nil }
    return CSVRecord.Field(text: text, location: value.location)
  }

  package func has(_ path: String) -> Bool { value(at: path) != nil }
}
