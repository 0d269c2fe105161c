internal import Diagnostics

/// Walks through JSON of any size, member by member, without making values of what is passed over.
///
/// What it gives is checked as it is passed: brackets match, members have keys, texts end. What is skipped may hold words that
/// are no JSON values.
struct JSONScanner: ~Copyable {
  private var window: ByteWindow
  /// Whether a value was read in the object or list that is open, so that a comma has to follow.
  private var needsComma = false

  init(path: String) throws(Findings) { window = try ByteWindow(path: path) }

  /// The next byte that is not white space; 0 at the end.
  mutating func peek() throws(Findings) -> UInt8 {
    while true {
      while window.index < window.end {
        let byte = window.bytes[window.index]
        guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
        window.index += 1
      }
      guard try window.refill(keeping: window.index) else { return 0 }
    }
  }

  /// Goes into an object.
  mutating func openObject() throws(Findings) {
    try expect(UInt8(ascii: "{"), "an object `{`")
    needsComma = false
  }

  /// The key of the next member, valid until the scanner moves on; `nil` behind the last, with the object closed.
  mutating func nextKey() throws(Findings) -> ByteText? {
    guard try hasNext(before: UInt8(ascii: "}")) else { return nil }
    let key = try string()
    // The colon almost always follows in memory; a refill would move the key.
    if window.index < window.end, window.bytes[window.index] == UInt8(ascii: ":") {
      window.index += 1
      needsComma = false
      return key
    }
    return try keyBeforeBlanks(key)
  }

  /// Keeps a key over the blanks before its colon.
  private mutating func keyBeforeBlanks(_ key: ByteText) throws(Findings) -> ByteText {
    var start = key.start - UnsafePointer(window.bytes)
    while true {
      while window.index < window.end, window.bytes[window.index] <= 0x20 { window.index += 1 }
      if window.index < window.end { break }
      guard try window.refill(keeping: start) else { break }
      start = 0
    }
    guard window.index < window.end, window.bytes[window.index] == UInt8(ascii: ":") else {
      throw try unexpected("a colon behind the key")
    }
    window.index += 1
    needsComma = false
    return ByteText(start: UnsafePointer(window.bytes + start), count: key.count)
  }

  /// Goes into a list.
  mutating func openList() throws(Findings) {
    try expect(UInt8(ascii: "["), "a list `[`")
    needsComma = false
  }

  /// Whether another element follows; behind the last the list is closed.
  mutating func nextElement() throws(Findings) -> Bool { try hasNext(before: UInt8(ascii: "]")) }

  private mutating func hasNext(before close: UInt8) throws(Findings) -> Bool {
    if try peek() == close {
      window.index += 1
      needsComma = true
      return false
    }
    if needsComma {
      try expect(UInt8(ascii: ","), "a comma, or the end of the object or list")
      needsComma = false
    }
    return true
  }

  /// A text, or the digits of a number, valid until the scanner moves on; `nil` for `null` and anything that holds values.
  mutating func scalar() throws(Findings) -> ByteText? {
    switch try peek() {
    case UInt8(ascii: "\""): return try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipValue()
      return nil
    default:
      let word = try word()
      return word == "null" ? nil : word
    }
  }

  /// A text, valid until the scanner moves on.
  private mutating func string() throws(Findings) -> ByteText {
    try expect(UInt8(ascii: "\""), "a text in quotes")
    var start = window.index
    var position = start
    var isEscaped = false
    while true {
      let bytes = window.bytes
      let end = window.end
      while position < end {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") {
          window.index = position + 1
          needsComma = true
          let count = isEscaped ? unescape(from: start, to: position) : position - start
          return ByteText(start: UnsafePointer(bytes + start), count: count)
        }
        if byte == UInt8(ascii: "\\") {
          isEscaped = true
          position += 1
        }
        position += 1
      }
      window.index = end
      let read = position - start
      guard try window.refill(keeping: start) else { throw cut("a text that is never closed") }
      (start, position) = (0, read)
    }
  }

  /// Replaces escapes by what they mean, in place, for that is never longer; returns the bytes that are left.
  private mutating func unescape(from start: Int, to end: Int) -> Int {
    let bytes = window.bytes
    var source = start
    var target = start
    while source < end {
      guard bytes[source] == UInt8(ascii: "\\"), source + 1 < end else {
        bytes[target] = bytes[source]
        (source, target) = (source + 1, target + 1)
        continue
      }
      let code = bytes[source + 1]
      if code == UInt8(ascii: "u"), let scalar = Self.scalar(bytes + source + 2, count: end - source - 2) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[target] = byte
          target += 1
        }
        source += 6
      } else {
        bytes[target] = Self.meaning(of: code)
        (source, target) = (source + 2, target + 1)
      }
    }
    return target - start
  }

  /// The scalar of four hexadecimal digits; halves of a pair become U+FFFD.
  private static func scalar(_ digits: UnsafeMutablePointer<UInt8>, count: Int) -> Unicode.Scalar? {
    guard count >= 4 else { return nil }
    let text = String(decoding: UnsafeBufferPointer(start: digits, count: 4), as: UTF8.self)
    return UInt32(text, radix: 16).map { Unicode.Scalar($0) ?? "\u{FFFD}" }
  }

  private static func meaning(of code: UInt8) -> UInt8 {
    switch code {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    default: code
    }
  }

  private mutating func word() throws(Findings) -> ByteText {
    var start = window.index
    var position = start
    while true {
      while position < window.end, Self.isWordByte(window.bytes[position]) { position += 1 }
      if position < window.end { break }
      let read = position - start
      window.index = position
      guard try window.refill(keeping: start) else { break }
      (start, position) = (0, read)
    }
    window.index = position
    guard position > start else { throw try unexpected("a value") }
    needsComma = true
    return ByteText(start: UnsafePointer(window.bytes + start), count: position - start)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "E")
  }

  /// Passes over a value.
  mutating func skipValue() throws(Findings) {
    switch try peek() {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipNested()
    default: _ = try word()
    }
    needsComma = true
  }

  /// Passes over an object or list with all that is in it, by its brackets and quotes.
  private mutating func skipNested() throws(Findings) {
    var depth = 0
    /// Whether each open bracket is that of a list, the innermost in the lowest bit.
    var lists: UInt64 = 0
    while true {
      let bytes = window.bytes
      let end = window.end
      var position = window.index
      while position < end {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""):
          window.index = position - 1
          _ = try string()
          position = window.index
          if window.bytes != bytes || window.end != end { break }
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          depth += 1
          lists = lists << 1 | (byte == UInt8(ascii: "[") ? 1 : 0)
          guard depth < 64 else { throw tooDeep }
          continue
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          window.index = position - 1
          guard (lists & 1 == 1) == (byte == UInt8(ascii: "]")) else {
            throw try unexpected(lists & 1 == 1 ? "the end of a list" : "the end of an object")
          }
          depth -= 1
          lists >>= 1
          if depth == 0 {
            window.index = position
            return
          }
          continue
        default: continue
        }
        break
      }
      window.index = position
      if position == window.end, try !window.refill(keeping: position) {
        throw cut("an object or list that is never closed")
      }
    }
  }

  /// Nothing but white space may follow.
  mutating func expectEnd() throws(Findings) {
    if try peek() != 0 { throw try unexpected("the end of the file") }
  }

  private mutating func expect(_ byte: UInt8, _ wanted: String) throws(Findings) {
    guard try peek() == byte else { throw try unexpected(wanted) }
    window.index += 1
  }

  // MARK: Findings

  /// The place of the next byte.
  var location: SourceLocation { window.location(at: window.index) }

  func fault(_ slug: String, _ message: String, help: String? = nil) -> Findings {
    Findings([Diagnostic(slug: slug, message, at: location, help: help)])
  }

  private var tooDeep: Findings {
    fault(
      "json-too-deep", "values are nested deeper than 63", help: "no price list is; download it again, whole")
  }

  private func cut(_ what: String) -> Findings {
    fault(
      "truncated-list", "the file ends inside \(what)",
      help: "the list is cut off; download it again, whole")
  }

  mutating func unexpected(_ wanted: String) throws(Findings) -> Findings {
    let byte = try peek()
    if byte == 0, window.index == window.end { return cut("what should hold \(wanted)") }
    let found = (0x21...0x7E).contains(byte) ? "`\(Character(Unicode.Scalar(byte)))`" : "byte \(byte)"
    return fault(
      "json-syntax", "found \(found) where \(wanted) was expected",
      help: "the list is damaged; download it again, whole")
  }
}
