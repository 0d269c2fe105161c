/// Blanks comments, text and regular expressions out of Swift source, so that what is left is code.
///
/// Lines and columns stay, and so does code inside an interpolation.
struct CodeMask {
  private let source: [UInt8]
  private var output: [UInt8]
  private var index = 0

  /// The code of `text`, with blanks for the rest.
  static func code(of text: String) -> [UInt8] {
    var mask = CodeMask(source: Array(text.utf8))
    mask.readCode(untilParenthesis: false)
    return mask.output
  }

  private init(source: [UInt8]) {
    self.source = source
    output = source
  }

  private mutating func readCode(untilParenthesis: Bool) {
    var depth = 0
    while let byte = peek() {
      switch byte {
      case "/" where peek(1) == "/": blank { $0.peek() == "\n" }
      case "/" where peek(1) == "*": blankComment()
      case "/" where opensRegex(): blankRegex(hashes: 0)
      case "\"": blankText(hashes: 0)
      case "#": readHashes()
      case "(":
        depth += 1
        index += 1
      case ")":
        if untilParenthesis && depth == 0 { return }
        depth -= 1
        index += 1
      default: index += 1
      }
    }
  }

  private mutating func readHashes() {
    let hashes = count(of: "#", from: index)
    switch peek(hashes) {
    case "\"": blankText(hashes: hashes)
    case "/": blankRegex(hashes: hashes)
    default: index += hashes
    }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      if peek() == "/" && peek(1) == "*" {
        depth += 1
        blank(2)
      } else if peek() == "*" && peek(1) == "/" {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && index < source.count
  }

  /// Blanks a text literal but for its first and last quote; the code of interpolations stays.
  private mutating func blankText(hashes: Int) {
    blank(hashes)
    let quotes = peek(1) == "\"" && peek(2) == "\"" ? 3 : 1
    index += 1
    blank(quotes - 1)
    while let byte = peek() {
      if byte == "\\" && count(of: "#", from: index + 1) >= hashes {
        blank(1 + hashes)
        guard peek() == "(" else {
          blank(1)
          continue
        }
        index += 1
        readCode(untilParenthesis: true)
        index += 1
      } else if closesText(quotes: quotes, hashes: hashes) {
        blank(quotes - 1)
        index += 1
        return blank(hashes)
      } else if byte == "\n" && quotes == 1 {
        return  // Not closed: the compiler will say so.
      } else {
        blank(1)
      }
    }
  }

  private func closesText(quotes: Int, hashes: Int) -> Bool {
    count(of: "\"", from: index) >= quotes && count(of: "#", from: index + quotes) >= hashes
  }

  private mutating func blankRegex(hashes: Int) {
    blank(hashes + 1)
    while let byte = peek(), hashes > 0 || byte != "\n" {
      if byte == "\\" {
        blank(2)
      } else if byte == "/" && count(of: "#", from: index + 1) >= hashes {
        return blank(1 + hashes)
      } else {
        blank(1)
      }
    }
  }

  /// Whether the slash here opens a regular expression: it stands where a value may, and is closed on its line.
  private func opensRegex() -> Bool {
    guard let next = peek(1), next != " ", next != "\n", next != "=", next != ")" else { return false }
    let before = output[..<index].last { $0 != " " }
    guard let before, "(=,:[{!&|?;\n".utf8.contains(before) else { return false }
    let rest = source[(index + 1)...].prefix { $0 != "\n" }
    return rest.contains("/")
  }

  private func peek(_ offset: Int = 0) -> UInt8? {
    index + offset < source.count ? source[index + offset] : nil
  }

  private func count(of byte: UInt8, from start: Int) -> Int {
    guard start < source.count else { return 0 }
    return source[start...].prefix { $0 == byte }.count
  }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where index < source.count {
      if source[index] != "\n" { output[index] = " " }
      index += 1
    }
  }

  private mutating func blank(until isEnd: (CodeMask) -> Bool) {
    while index < source.count && !isEnd(self) { blank(1) }
  }
}

extension UInt8: @retroactive ExpressibleByUnicodeScalarLiteral {
  /// An ASCII character's byte.
  public init(unicodeScalarLiteral scalar: Unicode.Scalar) { self = UInt8(ascii: scalar) }
}
