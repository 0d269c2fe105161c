package import Diagnostics
package import StructuredText

/// One record of a file, whose fields are reached by name.
package protocol SourceRecord {
  /// Where the record begins.
  var location: SourceLocation { get }
  /// The text of a field; `nil` when the record has none of that name or it holds nothing.
  func field(_ path: String) -> CSVRecord.Field?
  /// Whether the record has a field of that name, with or without a value.
  func has(_ path: String) -> Bool
}

extension SourceRecord {
  /// The text of the first field that holds something.
  func text(_ paths: String...) -> String? {
    for path in paths {
      if let field = field(path), !field.text.isBlank { return field.text.trimmed }
    }
    return nil
  }
}

extension SourceRecord {
  /// The texts of a list from its second element on, up to 1,000; `item` is the path inside an element.
  package func further(of list: String, item: String = "") -> [String] {
    var texts: [String] = []
    for index in 1..<1_000 {
      guard has("\(list).\(index)") else { break }
      if let text = text(item.isEmpty ? "\(list).\(index)" : "\(list).\(index).\(item)") {
        texts.append(text)
      }
    }
    return texts
  }
}

/// A record of a CSV file under the names of its header.
package struct CSVNamedRecord: SourceRecord {
  package let record: CSVRecord
  let header: CSVHeader

  package var location: SourceLocation { record.location }

  /// The first field under a name that holds something; exports repeat the name of a column of many values.
  package func field(_ path: String) -> CSVRecord.Field? {
    for index in header.indices(of: path) where record.fields.indices.contains(index) {
      let field = record.fields[index]
      if !field.text.isBlank, !header.nulls.contains(field.text) { return field }
    }
    return nil
  }

  package func has(_ path: String) -> Bool { !header.indices(of: path).isEmpty }

  /// Every text under a name that a header repeats.
  func texts(_ path: String) -> [String] {
    header.indices(of: path).compactMap { index in
      guard record.fields.indices.contains(index) else { return nil }
      let text = record.fields[index].text
      return text.isBlank || header.nulls.contains(text) ? nil : text.trimmed
    }
  }
}

/// The names in the first line of a CSV file.
struct CSVHeader {
  /// How many fields a record has.
  let width: Int
  /// Texts that mean "nothing".
  let nulls: Set<String>
  private let places: [String: [Int]]

  /// The names of a header.
  ///
  /// - Parameters:
  ///   - record: The header.
  ///   - nulls: Texts that mean "nothing".
  ///   - wanted: Names that will be asked for, in any case; they are looked up once.
  init(_ record: CSVRecord, nulls: [String] = [], wanted: [String] = []) {
    width = record.fields.count
    self.nulls = Set(nulls)
    var places: [String: [Int]] = [:]
    for (index, field) in record.fields.enumerated() {
      places[field.text.trimmed.lowercased(), default: []].append(index)
    }
    self.places = wanted.reduce(into: places) { $0[$1] = places[$1.lowercased()] ?? [] }
  }

  /// The fields under a name, whatever its case.
  func indices(of name: String) -> [Int] { places[name] ?? places[name.lowercased()] ?? [] }
}
