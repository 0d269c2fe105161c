/// A word or a sign of Swift code.
struct Token: Equatable {
  let text: String
  /// From 1.
  let line: Int
  /// The place of the first byte.
  let offset: Int
  /// Whether nothing but blanks stands before it on its line.
  let startsLine: Bool
}

/// A function, initializer or subscript with a body.
struct FunctionSpan: Equatable {
  let name: String
  let firstLine: Int
  let lastLine: Int

  var lineCount: Int { lastLine - firstLine + 1 }
}

/// Swift source as tokens, without comments and text.
struct SwiftCode {
  let tokens: [Token]

  init(_ text: String) {
    tokens = SwiftCode.tokens(of: CodeMask.code(of: text))
  }

  /// The text of the token `distance` places after the one at `index`; empty outside the file.
  func text(_ index: Int, _ distance: Int = 0) -> String {
    tokens.indices.contains(index + distance) ? tokens[index + distance].text : ""
  }

  /// Where `texts` follow one another.
  func places(of texts: String...) -> [Int] {
    tokens.indices.filter { start in texts.indices.allSatisfy { text(start, $0) == texts[$0] } }
  }

  /// Whether nothing stands between a token and the one before.
  func isAttached(_ index: Int) -> Bool {
    index > 0 && tokens[index - 1].offset + tokens[index - 1].text.utf8.count == tokens[index].offset
  }

  private static func tokens(of code: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var (line, startsLine, index) = (1, true, 0)
    while index < code.count {
      let byte = code[index]
      if byte == "\n" {
        line += 1
        startsLine = true
      }
      guard !isBlank(byte) else {
        index += 1
        continue
      }
      let word = code[index...].prefix(while: isWordByte)
      let text = String(decoding: word.isEmpty ? code[index...index] : word, as: UTF8.self)
      tokens.append(Token(text: text, line: line, offset: index, startsLine: startsLine))
      startsLine = false
      index += max(word.count, 1)
    }
    return tokens
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == " " || byte == "\n" || byte == "\t" || byte == "\r"
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case "a"..."z", "A"..."Z", "0"..."9", "_", 0x80...: true
    default: false
    }
  }
}

extension SwiftCode {
  /// The functions with a body, outer before inner.
  var functions: [FunctionSpan] {
    tokens.indices.compactMap { index in
      guard opensFunction(index), let body = body(after: index), let end = closingBrace(of: body) else {
        return nil
      }
      return FunctionSpan(
        name: functionName(index), firstLine: tokens[index].line, lastLine: tokens[end].line
      )
    }
  }

  private func opensFunction(_ index: Int) -> Bool {
    guard text(index, -1) != "." else { return false }
    switch text(index) {
    case "func": return true
    case "init", "subscript": return ["(", "<", "?", "!"].contains(text(index, 1))
    case "deinit": return text(index, 1) == "{"
    default: return false
    }
  }

  private func functionName(_ index: Int) -> String {
    guard text(index) == "func" else { return text(index) }
    let name = tokens[(index + 1)...].prefix { $0.text != "(" }.map(\.text)
    return name.first.map { $0.first?.isLetter == true ? $0 : name.joined() } ?? ""
  }

  /// The brace that opens the body of the function declared at `index`; nil for a requirement of a protocol.
  private func body(after index: Int) -> Int? {
    var depth = 0
    var hasParameters = text(index) == "deinit"
    for place in tokens.indices.dropFirst(index + 1) {
      if depth == 0 && hasParameters && endsDeclaration(before: place) { return nil }
      switch text(place) {
      case "(", "[": depth += 1
      case ")", "]":
        depth -= 1
        hasParameters = true
      case "{" where depth == 0: return place
      case "}" where depth == 0: return nil
      default: break
      }
    }
    return nil
  }

  /// Whether the line break before the token at `place` ends a declaration.
  private func endsDeclaration(before place: Int) -> Bool {
    let opensNextLine: Set = ["{", "-", "where", "throws", "async", "rethrows", ":", "&", ",", "="]
    let closesThisLine: Set = [">", "where", ",", ":", "&", "="]
    return tokens[place].startsLine && !opensNextLine.contains(text(place))
      && !closesThisLine.contains(text(place, -1))
  }

  private func closingBrace(of opening: Int) -> Int? {
    var depth = 0
    for place in tokens.indices.dropFirst(opening) {
      if text(place) == "{" { depth += 1 }
      if text(place) == "}" { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }
}

extension SwiftCode {
  /// The places of `var` where one value is shared by the whole process: static, class and global stored variables.
  var sharedVariables: [Int] {
    var depth = 0
    return tokens.indices.filter { index in
      if text(index) == "{" { depth += 1 }
      if text(index) == "}" { depth -= 1 }
      return text(index) == "var" && (depth == 0 || isStatic(index)) && isStored(index)
    }
  }

  private func isStatic(_ index: Int) -> Bool {
    let modifiers: Set = [
      "static", "class", "final", "public", "package", "internal", "private", "fileprivate", "open",
      "override",
      "nonisolated", "unsafe", "lazy", "weak", "set", "(", ")",
    ]
    let before = tokens[..<index].reversed().prefix { modifiers.contains($0.text) }
    return before.contains { $0.text == "static" || $0.text == "class" }
  }

  private func isStored(_ index: Int) -> Bool {
    var depth = 0
    for place in tokens.indices.dropFirst(index + 2) {
      switch text(place) {
      case "(", "[", "<": depth += 1
      case ")", "]": depth -= 1
      case ">" where text(place, -1) != "-": depth -= 1
      case "=" where depth == 0: return true
      case "{" where depth == 0: return ["willSet", "didSet"].contains(text(place, 1))
      case _ where depth == 0 && endsDeclaration(before: place): return true
      default: break
      }
    }
    return true
  }
}

extension SwiftCode {
  /// The modules that the file imports, each with its line.
  var imports: [(module: String, line: Int)] {
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor"]
    let modifiers: Set = ["public", "package", "internal", "private", "fileprivate", ")"]
    return places(of: "import").compactMap { index in
      let attributed = text(index, -2) == "@"
      guard tokens[index].startsLine || attributed || modifiers.contains(text(index, -1)) else { return nil }
      let module = kinds.contains(text(index, 1)) ? text(index, 2) : text(index, 1)
      return (module, tokens[index].line)
    }
  }
}
