/// Takes fixed-width numbers and signs off the front of a text.
struct DigitScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String.UTF8View) { bytes = Array(text) }

  /// The ASCII letters that come next.
  mutating func word() -> String {
    let letters = bytes[index...].prefix { (65...90).contains($0 & 0xDF) }
    index += letters.count
    return String(decoding: letters, as: UTF8.self)
  }

  var isAtEnd: Bool { index == bytes.count }

  /// A number of exactly `width` digits.
  mutating func number(_ width: Int) -> Int? {
    guard width > 0, index + width <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[index..<index + width] {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte) - 48
    }
    index += width
    return value
  }

  /// A number of `few` to `many` digits.
  mutating func number(from few: Int, to many: Int) -> Int? {
    let digits = bytes[index...].prefix(many).prefix { (48...57).contains($0) }.count
    return digits >= few ? number(digits) : nil
  }

  mutating func skip(_ character: Character) -> Bool {
    guard let wanted = character.utf8.first, character.utf8.count == 1 else { return false }
    return skip(byte: wanted)
  }

  /// Moves over a byte if it comes next.
  mutating func skip(byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff` in seconds.
  mutating func timeOfDay() -> Double? {
    guard let hour = number(2), hour < 24, skip(byte: UInt8(ascii: ":")), let minute = number(2), minute < 60
    else { return nil }
    var seconds = Double(hour * 3_600 + minute * 60)
    guard skip(byte: UInt8(ascii: ":")) else { return seconds }
    guard let second = number(2), second < 60 else { return nil }
    seconds += Double(second)
    guard skip(byte: UInt8(ascii: ".")) || skip(byte: UInt8(ascii: ",")) else { return seconds }
    guard let fraction = fraction() else { return nil }
    return seconds + fraction
  }

  /// The offset in seconds; `.some(nil)` when none is written, `nil` when it is malformed or not allowed.
  mutating func offset(allowed: Bool) -> Int?? {
    if isAtEnd { return .some(nil) }
    if allowed, skip(byte: UInt8(ascii: "Z")) || skip(byte: UInt8(ascii: "z")) { return 0 }
    let sign = skip(byte: UInt8(ascii: "+")) ? 1 : skip(byte: UInt8(ascii: "-")) ? -1 : 0
    guard allowed, sign != 0, let hours = number(2), hours < 24 else { return nil }
    if isAtEnd { return sign * hours * 3_600 }
    _ = skip(byte: UInt8(ascii: ":"))
    guard let minutes = number(2), minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}
