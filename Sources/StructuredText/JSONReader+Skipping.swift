package import Diagnostics

/// Passing over values that nobody asks for.
extension JSONReader {
  /// Passes over the next value, whatever its size, keeping none of it.
  ///
  /// Brackets and texts must close; what stands between them is not looked at.
  package mutating func skipValue() throws(Findings) {
    var depth = 0
    repeat {
      guard let byte = try peek() else { throw try unexpected("the rest of a value") }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        cursor.advance(over: byte)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw try unexpected("a value") }
        depth -= 1
        cursor.advance(over: byte)
      case UInt8(ascii: "\""): try skipText()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw try unexpected("a value") }
        cursor.advance(over: byte)
      case 0..<0x20: throw try unexpected("a value")
      default: cursor.pass { Self.endsWord($0) }
      }
    } while depth > 0
  }

  private mutating func skipText() throws(Findings) {
    let start = cursor.location
    cursor.advance(over: UInt8(ascii: "\""))
    while let byte = try cursor.peek() {
      switch byte {
      case UInt8(ascii: "\""): return cursor.advance(over: byte)
      case UInt8(ascii: "\\"):
        cursor.advance(over: byte)
        if let escaped = try cursor.peek(), escaped >= 0x20 { cursor.advance(over: escaped) }
      case 0..<0x20:
        throw fault("json-syntax", "a text holds a control character or is never closed", at: start)
      default: cursor.pass { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
      }
    }
    throw fault("json-syntax", "the quote that opens this text is never closed", at: start)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20
      || [
        UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        UInt8(ascii: "["), UInt8(ascii: "]"),
      ].contains(byte)
  }
}
