/// Escapes in texts of JSON (RFC 8259, section 7).
enum JSONEscapes {
  /// Replaces escapes by what they mean, in place, for that is never longer; returns the bytes that are left.
  static func replace(in bytes: UnsafeMutablePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var source = start
    var target = start
    while source < end {
      guard bytes[source] == UInt8(ascii: "\\"), source + 1 < end else {
        bytes[target] = bytes[source]
        (source, target) = (source + 1, target + 1)
        continue
      }
      let code = bytes[source + 1]
      if code == UInt8(ascii: "u"), let scalar = scalar(bytes + source + 2, count: end - source - 2) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          bytes[target] = byte
          target += 1
        }
        source += 6
      } else {
        bytes[target] = meaning(of: code)
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
}
