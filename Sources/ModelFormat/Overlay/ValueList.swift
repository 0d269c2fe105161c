/// Values that stand one behind the other on a command line.
public enum ValueList {
  /// The parts of a text between commas that stand outside of braces, brackets and quotes.
  ///
  /// - Parameter isSpaced: only commas that a blank follows set parts apart, so that `1,000` is one value.
  public static func parts(of text: String, isSpaced: Bool = false) -> [String] {
    var parts = [""]
    var depth = 0
    var isQuoted = false
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted { depth += depthChange(character) }
      let isEnd = character == "," && !isQuoted && depth <= 0 && (!isSpaced || rest.first == " ")
      if isEnd { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map(trimmed)
  }

  private static func depthChange(_ character: Character) -> Int {
    switch character {
    case "{", "[": 1
    case "}", "]": -1
    default: 0
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text).drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
