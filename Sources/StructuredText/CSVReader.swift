package import Diagnostics

/// Records of a CSV file (RFC 4180), one at a time, in memory bounded by the caps.
///
/// Fields may be quoted, with doubled quotes, commas and line ends inside; records end with LF, CRLF or CR;
/// empty lines are passed over. What is wrong with a record is noted in it and reading goes on, so that one
/// pass finds everything. Throws only when the file can not be read.
package struct CSVReader {
  /// The longest field kept, in bytes.
  package static let longestField = 65_536
  /// The most fields kept in a record.
  package static let mostFields = 256

  /// What separates fields: a comma, unless told otherwise.
  package var separator = UInt8(ascii: ",")
  package private(set) var cursor: ByteCursor
  private var bytes: [UInt8] = []
  private var overflowed = false
  /// How many fields the record before had.
  private var usualFields = 0

  /// A reader of the bytes behind `cursor`.
  package init(_ cursor: ByteCursor) { self.cursor = cursor }

  /// The next record that is not an empty line; `nil` at the end.
  package mutating func next() throws(Findings) -> CSVRecord? {
    while try cursor.peek() != nil {
      let record = try readRecord()
      if !record.isBlank { return record }
    }
    return nil
  }

  private mutating func readRecord() throws(Findings) -> CSVRecord {
    var record = CSVRecord(location: cursor.location)
    record.fields.reserveCapacity(usualFields)
    while try readField(into: &record) {}
    usualFields = record.fields.count
    return record
  }

  /// Reads a field and what ends it; returns whether another field follows.
  private mutating func readField(into record: inout CSVRecord) throws(Findings) -> Bool {
    let start = cursor.location
    bytes.removeAll(keepingCapacity: true)
    overflowed = false
    if try cursor.peek() == .quote {
      try readQuoted(from: start, into: &record)
    } else {
      try readPlain(into: &record)
    }
    finishField(from: start, in: &record)
    return try readFieldEnd()
  }

  /// Reads up to the quote that ends the field, and reports text that stands behind it.
  private mutating func readQuoted(from start: SourceLocation, into record: inout CSVRecord) throws(Findings)
  {
    cursor.advance(over: .quote)
    guard try readQuotedText() else {
      record.problems.append(Self.unclosedQuote(at: start))
      return
    }
    guard let byte = try cursor.peek(), !endsField(byte) else { return }
    record.problems.append(Self.textAfterQuote(at: cursor.location))
    while let byte = try cursor.peek(), !endsField(byte) { cursor.advance(over: byte) }
  }

  /// Reads text inside quotes; returns whether a quote closed it.
  private mutating func readQuotedText() throws(Findings) -> Bool {
    while let byte = try cursor.peek() {
      if byte.endsLine {
        for byte in try cursor.advanceOverLineEnd(byte) { keep(byte) }
        continue
      }
      cursor.advance(over: byte)
      if byte == .quote {
        guard try cursor.peek() == .quote else { return true }
        cursor.advance(over: .quote)
      }
      keep(byte)
    }
    return false
  }

  private mutating func readPlain(into record: inout CSVRecord) throws(Findings) {
    var sawQuote = false
    let separator = separator
    while let byte = try cursor.peek(), !endsField(byte) {
      if byte == .quote {
        if !sawQuote { record.problems.append(Self.strayQuote(at: cursor.location)) }
        sawQuote = true
        cursor.advance(over: byte)
        keep(byte)
      } else {
        cursor.take(into: &bytes) { $0 == separator || $0.endsLine || $0 == .quote }
        trim()
      }
    }
  }

  /// Forgets what is longer than a field may be.
  private mutating func trim() {
    guard bytes.count > Self.longestField else { return }
    overflowed = true
    bytes.removeSubrange(Self.longestField...)
  }

  private func endsField(_ byte: UInt8) -> Bool { byte == separator || byte.endsLine }

  private mutating func keep(_ byte: UInt8) {
    if bytes.count < Self.longestField { bytes.append(byte) } else { overflowed = true }
  }

  private mutating func finishField(from start: SourceLocation, in record: inout CSVRecord) {
    guard record.fields.count < Self.mostFields else {
      if record.problems.last?.slug != "csv-too-many-fields" {
        record.problems.append(Self.tooManyFields(at: start))
      }
      return
    }
    if overflowed { record.problems.append(Self.fieldTooLong(at: start)) }
    let text = text
    if text == nil, !overflowed { record.problems.append(Self.notUTF8(at: start)) }
    if bytes.contains(0) { record.problems.append(Self.nulCharacter(at: start)) }
    record.fields.append(CSVRecord.Field(text: text ?? "", location: start))
  }

  /// The field; `nil` when it is no UTF-8. Plain ASCII, which is most, needs no look at how characters are made.
  private var text: String? {
    bytes.allSatisfy { $0 < 0x80 }
      ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
  }

  private mutating func readFieldEnd() throws(Findings) -> Bool {
    guard let byte = try cursor.peek() else { return false }
    if byte.endsLine {
      _ = try cursor.advanceOverLineEnd(byte)
      return false
    }
    cursor.advance(over: byte)
    return true
  }
}

extension CSVReader {
  private static func unclosedQuote(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "csv-unclosed-quote", "the quote that opens this field is never closed", at: place,
      help: "end the field with `\"`; write a quote inside it twice")
  }

  private static func textAfterQuote(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "csv-text-after-quote", "text follows the quote that ends the field; expected a comma", at: place,
      help: "write a quote inside a quoted field twice: `\"\"`")
  }

  private static func strayQuote(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "csv-stray-quote", "a quote stands inside a field that does not begin with one", at: place,
      help: "put the whole field in quotes and write the quote inside it twice")
  }

  private static func tooManyFields(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "csv-too-many-fields", "the record has more than \(mostFields) fields", at: place)
  }

  private static func fieldTooLong(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "csv-field-too-long", "the field is longer than \(longestField) bytes", at: place,
      help: "shorten it, or look for a quote that is opened here and never closed")
  }

  private static func nulCharacter(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "csv-nul-character", "the field holds a NUL character", at: place,
      help: "save the file as UTF-8 without NUL characters")
  }

  private static func notUTF8(at place: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "invalid-utf8", "the field is not UTF-8 text", at: place,
      help: "save the file as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv")
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
