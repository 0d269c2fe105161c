package import Diagnostics

/// Texts of JSON: escapes, surrogate pairs and UTF-8.
extension JSONReader {
  /// A text whose opening quote comes next.
  package mutating func string() throws(Findings) -> String {
    let start = cursor.location
    try expect("\"")
    var bytes: [UInt8] = []
    while let byte = try cursor.peek() {
      guard byte >= 0x20 else {
        throw fault("json-syntax", "a text holds a control character or is never closed", at: start)
      }
      cursor.advance(over: byte)
      if byte == UInt8(ascii: "\"") { return try text(bytes, at: start) }
      if byte == UInt8(ascii: "\\") {
        bytes += Array(String(try escape()).utf8)
      } else {
        bytes.append(byte)
      }
      if bytes.count > longestText {
        throw fault("json-text-too-long", "a text is longer than \(longestText) bytes", at: start)
      }
    }
    throw fault("json-syntax", "the quote that opens this text is never closed", at: start)
  }

  private mutating func text(_ bytes: [UInt8], at start: SourceLocation) throws(Findings) -> String {
    try spend(bytes.count)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw fault("invalid-utf8", "the text is not UTF-8", at: start, help: "save the export as UTF-8")
    }
    return text
  }

  /// The character behind a backslash; NUL and half a surrogate pair are read as U+FFFD.
  private mutating func escape() throws(Findings) -> Character {
    guard let byte = try cursor.peek(), byte >= 0x20 else { throw try unexpected("an escape") }
    cursor.advance(over: byte)
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "u"): return try codePoint()
    default: throw fault("json-syntax", "`\\\(Character(Unicode.Scalar(byte)))` is no escape")
    }
  }

  private mutating func codePoint() throws(Findings) -> Character {
    let first = try fourDigits()
    if first == 0 { return "\u{FFFD}" }
    guard (0xD800..<0xDC00).contains(first), try cursor.peek() == UInt8(ascii: "\\") else {
      return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
    }
    cursor.advance(over: UInt8(ascii: "\\"))
    guard try cursor.peek() == UInt8(ascii: "u") else { return try escape() }
    cursor.advance(over: UInt8(ascii: "u"))
    let second = try fourDigits()
    guard (0xDC00..<0xE000).contains(second) else { return Character(Unicode.Scalar(second) ?? "\u{FFFD}") }
    let scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    return Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")
  }

  private mutating func fourDigits() throws(Findings) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try cursor.peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("json-syntax", "`\\u` wants four hexadecimal digits")
      }
      cursor.advance(over: byte)
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
