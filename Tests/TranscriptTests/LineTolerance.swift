/// When two lines count as the same.
struct LineTolerance: Sendable {
  /// By how much a number may differ, as a fraction of the larger; nil demands the same text.
  let fraction: Double?

  /// With a tolerance, numbers may differ by it; since a number's width moves its neighbours, any blanks equal any
  /// others, and a bar of a chart may be a cell longer or shorter. A number inside a word (`p95`) is text.
  func matches(_ expected: String, _ actual: String) -> Bool {
    guard expected != actual, let fraction else { return expected == actual }
    let (left, right) = (LinePart.parts(of: expected), LinePart.parts(of: actual))
    return left.count == right.count && zip(left, right).allSatisfy { $0.matches($1, within: fraction) }
  }
}

/// A piece of a line, as tolerance sees it.
private enum LinePart {
  case number(Double)
  case blanks
  case bar(Int)
  case text(Substring)

  func matches(_ other: LinePart, within fraction: Double) -> Bool {
    switch (self, other) {
    case (.number(let a), .number(let b)): abs(a - b) <= fraction * max(abs(a), abs(b))
    case (.blanks, .blanks): true
    case (.bar(let a), .bar(let b)): Double(abs(a - b)) <= max(1, fraction * Double(max(a, b)))
    case (.text(let a), .text(let b)): a == b
    default: false
    }
  }

  static func parts(of line: String) -> [LinePart] {
    var parts: [LinePart] = []
    var rest = line[...]
    while let first = rest.first {
      let piece: Substring
      if first.isWhitespace {
        piece = rest.prefix(while: \.isWhitespace)
        parts.append(.blanks)
      } else if isBar(first) {
        piece = rest.prefix(while: isBar)
        parts.append(.bar(piece.count))
      } else if first.isASCII, first.isNumber {
        piece = numberPrefix(of: rest)
        let value = Double(piece.filter { $0 != "," })
        let isWord = rest.dropFirst(piece.count).first.map { $0.isLetter || $0 == "_" } ?? false
        parts.append(isWord ? .text(piece) : value.map(LinePart.number) ?? .text(piece))
      } else if isWordStart(first) {
        piece = rest.prefix { isWordStart($0) || $0.isNumber }
        parts.append(.text(piece))
      } else {
        piece = rest.prefix(1)
        parts.append(.text(piece))
      }
      rest = rest.dropFirst(piece.count)
    }
    return parts
  }

  private static func isBar(_ character: Character) -> Bool { ("\u{2580}"..."\u{259F}").contains(character) }
  private static func isWordStart(_ character: Character) -> Bool { character.isLetter || character == "_" }

  /// Digits, with commas between thousands, a fraction and an exponent.
  private static func numberPrefix(of text: Substring) -> Substring {
    var end = digits(in: text, from: text.startIndex)
    while end < text.endIndex, text[end] == "," {
      let next = digits(in: text, from: text.index(after: end))
      guard text.distance(from: end, to: next) == 4 else { break }
      end = next
    }
    if end < text.endIndex, text[end] == "." {
      let next = digits(in: text, from: text.index(after: end))
      if next > text.index(after: end) { end = next }
    }
    if end < text.endIndex, text[end] == "e" || text[end] == "E" {
      var start = text.index(after: end)
      if start < text.endIndex, text[start] == "-" || text[start] == "+" { start = text.index(after: start) }
      let next = digits(in: text, from: start)
      if next > start { end = next }
    }
    return text[..<end]
  }

  private static func digits(in text: Substring, from start: Substring.Index) -> Substring.Index {
    text[start...].firstIndex { !("0"..."9").contains($0) } ?? text.endIndex
  }
}
