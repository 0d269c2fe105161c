/// Which commands a page may have run for it.
enum CommandRules {
  private static let commands: Set = [
    "relmodel", "scripts/relmodel", "./scripts/relmodel", "cat", "cd", "cp", "diff", "echo", "ls", "mkdir",
  ]
  private static let filters: Set = ["cut", "grep", "head", "python3", "sed", "sort", "tail", "tr", "wc"]

  /// Why `command` is not run; nil when it is.
  static func objection(to command: String) -> String? {
    guard let words = firstWords(of: command) else {
      return
        "`\(command)` holds a substitution, a background job or an open quote; keep to commands and pipes"
    }
    for (word, isFiltering) in words
    where !commands.contains(word) && !(isFiltering && filters.contains(word)) {
      let allowed = (isFiltering ? commands.union(filters) : commands).sorted().joined(separator: ", ")
      return "`\(word)` is not run here (\(allowed) are); mark the block <!-- not run --> if it has to stay"
    }
    return words.isEmpty ? "no command" : nil
  }

  /// The first word of each part between pipes and separators, and whether a pipe leads into it; nil for what is not
  /// plain. Assignments before a command are passed over.
  private static func firstWords(of command: String) -> [(word: String, isFiltering: Bool)]? {
    var words: [(String, Bool)] = []
    var (current, isFirst, isFiltering) = ("", true, false)
    var quote: Character?
    let text = Array(command.replacing("\\\n", with: " ")) + [";"]
    func endWord() {
      if isFirst, !current.isEmpty, !current.contains("=") {
        words.append((current, isFiltering))
        isFirst = false
      }
      current = ""
    }
    for (index, character) in text.enumerated() {
      let isAfterRedirection = index > 0 && text[index - 1] == ">"
      if quote != "'", character == "`" || (character == "$" && text[index + 1] == "(") { return nil }
      if let open = quote {
        if character == open { quote = nil } else { current.append(character) }
        continue
      }
      switch character {
      case "'", "\"": quote = character
      case "&" where isAfterRedirection: current.append(character)
      case "&" where text[index + 1] != "&" && text[index - 1] != "&": return nil
      case "|", ";", "&", "\n":
        endWord()
        isFiltering = character == "|" && text[index + 1] != "|" && text[index - 1] != "|"
        isFirst = true
      case _ where character.isWhitespace: endWord()
      default: current.append(character)
      }
    }
    return quote == nil ? words : nil
  }
}
