/// Splits Galileo text into names, signs and numbers; comments are `//` to the line's end and `/* … */`.
struct GalileoScanner {
  /// A piece of the text.
  struct Token {
    /// What a piece can be.
    enum Kind: Equatable {
      /// A name, a keyword or a number.
      case word(String, isQuoted: Bool)
      /// `=`
      case equals
      /// `;`
      case semicolon
      /// A quote or a comment that does not end.
      case unterminated(String)
    }

    let kind: Kind
    let place: Place

    /// The text of a word that is not in quotes.
    var bare: String? {
      if case .word(let word, isQuoted: false) = kind { word } else { nil }
    }

    /// The text of a word.
    var word: String? {
      if case .word(let word, _) = kind { word } else { nil }
    }

    /// The piece as it was written.
    var text: String {
      switch kind {
      case .word(let word, let isQuoted): isQuoted ? "\"\(word.shortened)\"" : word.shortened
      case .equals: "="
      case .semicolon: ";"
      case .unterminated(let text): text
      }
    }
  }

  private let bytes: [UInt8]
  private let file: Int
  private var index = 0

  init(_ file: ImportedFile, file number: Int) {
    bytes = file.bytes
    self.file = number
  }

  /// The next piece; `nil` at the end.
  mutating func next() -> Token? {
    while index < bytes.count {
      let byte = bytes[index]
      if byte <= 0x20 {
        index += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        if let unterminated = passComment() { return unterminated }
      } else {
        return piece(byte)
      }
    }
    return nil
  }

  private func peek(_ distance: Int) -> UInt8? {
    index + distance < bytes.count ? bytes[index + distance] : nil
  }

  private mutating func passComment() -> Token? {
    let start = index
    index += 2
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        index += 2
        return nil
      }
      index += 1
    }
    return Token(kind: .unterminated("/*"), place: Place(file: file, offset: start))
  }

  private mutating func piece(_ byte: UInt8) -> Token {
    let place = Place(file: file, offset: index)
    switch byte {
    case UInt8(ascii: ";"):
      index += 1
      return Token(kind: .semicolon, place: place)
    case UInt8(ascii: "="):
      index += 1
      return Token(kind: .equals, place: place)
    case UInt8(ascii: "\""): return Token(kind: quoted(), place: place)
    default: return Token(kind: .word(bareWord(), isQuoted: false), place: place)
    }
  }

  private mutating func quoted() -> Token.Kind {
    index += 1
    let start = index
    while index < bytes.count, bytes[index] >= 0x20 || bytes[index] == 0x09 {
      if bytes[index] == UInt8(ascii: "\"") {
        index += 1
        return .word(String(decoding: bytes[start..<(index - 1)], as: UTF8.self), isQuoted: true)
      }
      index += 1
    }
    return .unterminated("\"")
  }

  private mutating func bareWord() -> String {
    let start = index
    while let byte = peek(0), byte > 0x20 {
      if [UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "\"")].contains(byte) { break }
      if byte == UInt8(ascii: "/"), peek(1) == byte || peek(1) == UInt8(ascii: "*") { break }
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }
}
