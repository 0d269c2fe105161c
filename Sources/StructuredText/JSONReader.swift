package import Diagnostics

/// Reads JSON (RFC 8259) value by value with the place of each, in memory bounded by one value.
///
/// Refuses what the RFC does: comments, trailing commas, single quotes, control characters, numbers such as `01`
/// or `NaN`. Values may be nested 64 deep and a text may hold 1 MB.
package struct JSONReader {
  /// The deepest nesting that is read.
  package static let deepest = 64
  /// The longest text, in bytes.
  package var longestText = 1_000_000
  /// The most bytes of one record.
  package var longestRecord = 16_000_000

  package internal(set) var cursor: ByteCursor
  private var spent = 0

  package init(_ cursor: ByteCursor) { self.cursor = cursor }

  /// The next byte that is not white space; `nil` at the end.
  package mutating func peek() throws(Findings) -> UInt8? {
    while let byte = try cursor.peek() {
      switch byte {
      case 0x20, 0x09: cursor.advance(over: byte)
      case 0x0A, 0x0D: _ = try cursor.advanceOverLineEnd(byte)
      default: return byte
      }
    }
    return nil
  }

  /// Moves over a byte that must come next.
  package mutating func expect(_ character: Character) throws(Findings) {
    guard let byte = try peek(), byte == character.asciiValue else { throw try unexpected("`\(character)`") }
    cursor.advance(over: byte)
  }

  /// Moves over a byte if it comes next.
  package mutating func skip(_ character: Character) throws(Findings) -> Bool {
    guard let byte = try peek(), byte == character.asciiValue else { return false }
    cursor.advance(over: byte)
    return true
  }

  /// A whole record: a value of at most ``longestRecord`` bytes, counting some for each part.
  package mutating func record() throws(Findings) -> LocatedJSON {
    spent = 0
    return try value(depth: 0)
  }

  private mutating func value(depth: Int) throws(Findings) -> LocatedJSON {
    guard depth < Self.deepest else {
      throw fault("json-too-deep", "values are nested deeper than \(Self.deepest)")
    }
    let first = try peek()
    let location = cursor.location
    switch first {
    case UInt8(ascii: "{"): return LocatedJSON(location: location, content: .object(try object(depth: depth)))
    case UInt8(ascii: "["): return LocatedJSON(location: location, content: .array(try array(depth: depth)))
    case UInt8(ascii: "\""): return LocatedJSON(location: location, content: .string(try string()))
    default: return LocatedJSON(location: location, content: try scalar())
    }
  }

  private mutating func object(depth: Int) throws(Findings) -> [LocatedJSON.Member] {
    try expect("{")
    var members: [LocatedJSON.Member] = []
    if try skip("}") { return members }
    repeat {
      let key = try memberKey()
      members.append(LocatedJSON.Member(key: key, value: try value(depth: depth + 1)))
    } while try skip(",")
    try expect("}")
    return members
  }

  /// A key and the colon behind it.
  package mutating func memberKey() throws(Findings) -> String {
    guard try peek() == UInt8(ascii: "\"") else { throw try unexpected("a key in quotes") }
    let key = try string()
    try expect(":")
    return key
  }

  private mutating func array(depth: Int) throws(Findings) -> [LocatedJSON] {
    try expect("[")
    var elements: [LocatedJSON] = []
    if try skip("]") { return elements }
    repeat { elements.append(try value(depth: depth + 1)) } while try skip(",")
    try expect("]")
    return elements
  }

  /// A number, `true`, `false` or `null`.
  private mutating func scalar() throws(Findings) -> LocatedJSON.Content {
    let start = cursor.location
    var word = ""
    while let byte = try cursor.peek(), Self.isWordByte(byte), word.utf8.count < 400 {
      cursor.advance(over: byte)
      word.unicodeScalars.append(Unicode.Scalar(byte))
    }
    try spend(word.utf8.count)
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case _ where JSONNumber.isValid(word): return .number(word)
    case "": throw try unexpected("a value")
    default: throw fault("json-syntax", "\(quoted(word)) is no JSON value", at: start)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(byte)
  }

  /// Counts bytes of the record against the cap.
  mutating func spend(_ bytes: Int) throws(Findings) {
    spent += bytes + 8
    if spent > longestRecord {
      throw fault("json-record-too-long", "one record is longer than \(longestRecord) bytes")
    }
  }

  // MARK: Findings

  func fault(_ slug: String, _ message: String, at place: SourceLocation? = nil, help: String? = nil)
    -> Findings
  {
    Findings([Diagnostic(slug: slug, message, at: place ?? cursor.location, help: help)])
  }

  package mutating func unexpected(_ wanted: String) throws(Findings) -> Findings {
    guard let byte = try peek() else {
      return fault(
        "json-syntax", "the file ends where \(wanted) was expected", help: "save the export again, whole")
    }
    let found = (0x21...0x7E).contains(byte) ? "`\(Character(Unicode.Scalar(byte)))`" : "byte \(byte)"
    return fault("json-syntax", "found \(found) where \(wanted) was expected")
  }
}

/// The numbers of JSON.
enum JSONNumber {
  /// Whether a word is a number by the grammar of RFC 8259, section 6.
  static func isValid(_ word: String) -> Bool {
    var rest = word.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    guard let first = rest.first, takeDigits(&rest) > 0 else { return false }
    let width = word.utf8.count - rest.count - (word.hasPrefix("-") ? 1 : 0)
    guard first != UInt8(ascii: "0") || width == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits(&rest) > 0 else { return false }
    }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard takeDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  private static func takeDigits(_ rest: inout Substring.UTF8View) -> Int {
    let digits = rest.prefix { (48...57).contains($0) }.count
    rest = rest.dropFirst(digits)
    return digits
  }
}
