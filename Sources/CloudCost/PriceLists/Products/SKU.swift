/// The provider's number of a product: 16 letters and digits, kept without memory of its own.
struct SKU: Hashable {
  private let first: UInt64
  private let second: UInt64
  /// What a longer one has behind 16 bytes.
  private let rest: String

  init(_ text: ByteText) {
    first = Self.word(text, from: 0)
    second = Self.word(text, from: 8)
    rest = text.count > 16 ? ByteText(start: text.start + 16, count: text.count - 16).string : ""
  }

  /// The number of nothing.
  init(none: Void) { (first, second, rest) = (0, 0, "") }

  private static func word(_ text: ByteText, from start: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in start..<max(start, min(start + 8, text.count)) { word = word << 8 | UInt64(text[index]) }
    return word
  }
}
