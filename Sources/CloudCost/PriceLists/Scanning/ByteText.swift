internal import FoundationEssentials
internal import Quantities

/// Text as bytes in somebody else's memory.
///
/// It is valid until the scanner that gave it moves on; who keeps it longer makes a ``string`` of it.
struct ByteText {
  let start: UnsafePointer<UInt8>
  let count: Int

  var isEmpty: Bool { count == 0 }

  /// The bytes.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  subscript(index: Int) -> UInt8 { start[index] }

  /// A copy; bytes that are no UTF-8 become U+FFFD.
  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

  /// Whether it is this text.
  static func == (left: ByteText, right: StaticString) -> Bool {
    guard left.count == right.utf8CodeUnitCount else { return false }
    for index in 0..<left.count where left.start[index] != right.utf8Start[index] { return false }
    return true
  }

  /// The exact value of a number of 0 or more, such as `0.0300000000`; `nil` for any other text.
  ///
  /// Up to 18 digits are read here, others by `NumberText`.
  var decimal: Decimal? {
    var digits: UInt64 = 0
    var significant = 0
    var zeros = 0
    var places = 0
    var isFraction = false
    var sawDigit = false
    for index in 0..<count {
      let byte = start[index]
      if byte == UInt8(ascii: "."), !isFraction, sawDigit {
        isFraction = true
        continue
      }
      guard byte >= 48, byte <= 57 else { return index == 0 && byte > 57 ? nil : slowDecimal }
      sawDigit = true
      if isFraction { places += 1 }
      zeros = byte == 48 ? zeros + 1 : 0
      if digits > 0 || byte != 48 { significant += 1 }
      guard significant <= 18 else { return slowDecimal }
      digits = digits &* 10 &+ UInt64(byte &- 48)
    }
    guard sawDigit, !isFraction || places > 0 else { return nil }
    return Self.decimal(digits, places: places, droppingZeros: isFraction ? min(zeros, places) : 0)
  }

  private static func decimal(_ digits: UInt64, places: Int, droppingZeros zeros: Int) -> Decimal {
    var digits = digits
    guard digits > 0 else { return 0 }
    for _ in 0..<zeros { digits /= 10 }
    return Decimal(sign: .plus, exponent: zeros - places, significand: Decimal(digits))
  }

  private var slowDecimal: Decimal? {
    guard let number = NumberText(prefixOf: Substring(string)), number.rest.isEmpty,
      let value = number.decimal, value >= 0, !value.isNaN
    else { return nil }
    return value
  }
}
