internal import Diagnostics

/// Values of a model in flow style: `{class: db.r5.large, storage: 500 GB}`.
enum FlowText {
  /// A declaration on one line.
  static func text(_ declaration: Declaration) -> String {
    switch declaration.content {
    case .scalar(let text, _): scalar(text)
    case .list(let items): "[" + items.map { Self.text($0) }.joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key.value): \(Self.text($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// A text as it can stand in `{ }`, in quotes where it needs them.
  static func scalar(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  /// A text in double quotes.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\": quoted += "\\" + String(character)
      case _
      where character.value < 0x20 || character.value == 0x7F || (0x80...0x9F).contains(character.value):
        quoted += "\u{FFFD}"
      default: quoted.unicodeScalars.append(character)
      }
    }
    return quoted + "\""
  }

  /// Text for a comment: one line, without control characters.
  static func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
  }

  private static func isControl(_ character: Unicode.Scalar) -> Bool {
    [.control, .lineSeparator, .paragraphSeparator, .format].contains(character.properties.generalCategory)
  }

  /// Letters, digits and what does no harm between them.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, isWord(first),
      last != " "
    else {
      return false
    }
    if ["null", "yes", "no", "true", "false"].contains(text) { return text == "yes" || text == "no" }
    return text.unicodeScalars.allSatisfy { isWord($0) || ["-", "_", ".", " ", "/", "%"].contains($0) }
  }

  private static func isWord(_ character: Unicode.Scalar) -> Bool {
    character.isASCII && (character.properties.isAlphabetic || ("0"..."9").contains(character))
  }
}
