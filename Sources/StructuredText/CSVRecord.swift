package import Diagnostics

/// One record of a CSV file.
package struct CSVRecord {
  /// One field: its text without quotes, and the place of its first character.
  package struct Field: Equatable {
    package let text: String
    package let location: SourceLocation

    /// Text at a place.
    package init(text: String, location: SourceLocation) {
      self.text = text
      self.location = location
    }
  }

  /// Where the record begins.
  package let location: SourceLocation
  /// The fields in the order written.
  package var fields: [Field] = []
  /// What is wrong with the record as CSV.
  package var problems: [Diagnostic] = []

  /// Whether the record is an empty line.
  package var isBlank: Bool { fields.count == 1 && fields[0].text.isEmpty && problems.isEmpty }
}
