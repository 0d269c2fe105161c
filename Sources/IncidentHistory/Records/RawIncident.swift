package import Diagnostics
package import StructuredText

/// One incident as a file has it: texts under our columns, each with its place, none of them read yet.
package struct RawIncident {
  /// Where the record begins.
  package let location: SourceLocation
  /// What is wrong with the record as CSV or JSON.
  package var problems: [Diagnostic] = []
  /// Things a reader of the numbers should know.
  package var remarks: [ImportRemark] = []
  /// Why the record is no incident at all, such as an alert that never fired; `nil` for an incident.
  package var ignored: ImportRemark?
  /// Which of several records of the same incident is the last; the highest wins.
  package var revision: Int?
  /// What the file calls the service, component and mode, once a mapping has changed them; ids made of the content
  /// keep to these, so that another mapping changes incidents instead of adding them again.
  package var namesInFile: [String?]?
  private var slots = [CSVRecord.Field?](repeating: nil, count: IncidentColumn.allCases.count)

  /// An incident of which nothing is known yet.
  package init(at location: SourceLocation) { self.location = location }

  /// The text under a column, unless it is blank.
  package subscript(column: IncidentColumn) -> CSVRecord.Field? {
    get { slots[column.rawValue].flatMap { $0.text.isBlank ? nil : $0 } }
    set { slots[column.rawValue] = newValue }
  }

  /// Where a column's field stands, also when it is blank.
  func place(of column: IncidentColumn) -> SourceLocation { slots[column.rawValue]?.location ?? location }

  /// Puts a text under a column, at the place of the record.
  package mutating func set(_ column: IncidentColumn, _ text: String?) {
    self[column] = text.map { CSVRecord.Field(text: $0, location: location) }
  }
}

extension RawIncident {
  /// What else was hit, each name once; in a field they are parted by `;`.
  var otherComponents: [String] {
    guard let text = self[.otherComponents]?.text else { return [] }
    var seen: Set<String> = []
    return text.split(whereSeparator: { $0 == ";" || $0.isNewline }).map { String($0).trimmed }
      .filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// Notes what else was hit, beside the service.
  package mutating func setOthers(_ names: [String]) {
    guard !names.isEmpty else { return }
    set(.otherComponents, names.joined(separator: ";"))
    remarks.append(.severalComponents)
  }

  /// A time so many seconds after the start, from a field that holds their number.
  mutating func setSeconds(_ column: IncidentColumn, _ field: CSVRecord.Field?) {
    setLength(column, field, unit: "s")
  }

  /// A time so many milliseconds after the start, from a field that holds their number.
  mutating func setMilliseconds(_ column: IncidentColumn, _ field: CSVRecord.Field?) {
    setLength(column, field, unit: "ms")
  }

  private mutating func setLength(_ column: IncidentColumn, _ field: CSVRecord.Field?, unit: String) {
    guard let field, !field.text.isBlank else { return }
    self[column] = CSVRecord.Field(text: "+\(field.text.trimmed) \(unit)", location: field.location)
  }
}
