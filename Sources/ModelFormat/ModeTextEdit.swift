package import Diagnostics

/// Changes numbers of a failure mode in the text of a model file and leaves everything else as it is written, comments
/// included.
///
/// It reads the two ways in which modes are written, `crash: {mtbf: 720 h, lasts: 5 min}` on one line and a key on each
/// line below `crash:`. What is written otherwise is left alone, and the answer is `nil`.
package struct ModeTextEdit {
  /// A key with its value, and the keys that it takes the place of.
  package struct Change: Sendable, Hashable {
    /// The key, such as `mtbf`.
    package let key: String
    /// Its value as text of a model file.
    package let value: String
    /// The keys of which at most one may be there, this one included.
    package let replacing: Set<String>

    /// A change.
    package init(key: String, value: String, replacing: Set<String>) {
      (self.key, self.value, self.replacing) = (key, value, replacing)
    }
  }

  private var lines: [String]

  /// An edit of a file's lines.
  package init(lines: [String]) { self.lines = lines }

  /// The lines after changes of a mode that is declared at a place; `nil` where it is written in another way.
  package func changing(_ mode: String, at place: SourceLocation, _ changes: [Change]) -> [String]? {
    let last = min(place.line, lines.count) - 1
    for line in stride(from: last, through: max(0, last - 3), by: -1) {
      guard let name = keyRange(mode, in: lines[line]) else { continue }
      let rest = lines[line][name.upperBound...]
      if rest.drop(while: \.isWhitespace).first == "{" { return changingFlow(line, rest, changes) }
      let value = rest.drop(while: \.isWhitespace)
      return value.isEmpty || value.first == "#" ? changingBlock(line, changes) : nil
    }
    return nil
  }

  /// Where a line holds `mode:` as a key, colon included.
  private func keyRange(_ mode: String, in line: String) -> Range<String.Index>? {
    var from = line.startIndex
    while let found = line[from...].firstRange(of: mode + ":") {
      let isKey = line[..<found.lowerBound].last.map { " {,\t".contains($0) } ?? true
      if isKey { return found }
      from = found.upperBound
    }
    return nil
  }

  private func changingFlow(_ line: Int, _ rest: Substring, _ changes: [Change]) -> [String]? {
    guard let open = rest.firstIndex(of: "{"), let flow = FlowMap(rest[open...]) else { return nil }
    var entries = flow.entries
    for change in changes {
      let place = entries.firstIndex { change.replacing.contains(FlowMap.key(of: $0)) }
      entries.removeAll { change.replacing.contains(FlowMap.key(of: $0)) }
      entries.insert("\(change.key): \(change.value)", at: min(place ?? 0, entries.count))
    }
    var edited = lines
    edited[line] =
      lines[line][..<open] + "{" + entries.joined(separator: ", ") + "}" + lines[line][flow.end...]
    return edited
  }

  private func changingBlock(_ line: Int, _ changes: [Change]) -> [String]? {
    let own = indentation(lines[line])
    let body = lines[(line + 1)...].prefix { isBlank($0) || indentation($0) > own }
    guard let first = body.first(where: { !isBlank($0) }) else { return nil }
    let depth = indentation(first)
    var kept: [String] = []
    var (place, isRemoving) = (Int?.none, false)
    let removed = changes.reduce(into: Set<String>()) { $0.formUnion($1.replacing) }
    for text in body {
      if !isBlank(text), indentation(text) == depth {
        isRemoving = removed.contains(FlowMap.key(of: String(text.drop(while: \.isWhitespace))))
        if isRemoving, place == nil { place = kept.count }
      }
      if !isRemoving || isBlank(text) { kept.append(text) }
    }
    let margin = String(repeating: " ", count: depth)
    kept.insert(contentsOf: changes.map { "\(margin)\($0.key): \($0.value)" }, at: place ?? 0)
    return Array(lines[...line]) + kept + Array(lines[body.endIndex...])
  }

  private func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// Nothing, or only a comment.
  private func isBlank(_ line: String) -> Bool {
    line.drop(while: \.isWhitespace).first.map { $0 == "#" } ?? true
  }
}

/// A map in braces on one line, cut at its own commas.
private struct FlowMap {
  /// The entries without the blanks around them.
  let entries: [String]
  /// Behind the closing brace.
  let end: String.Index

  /// Reads the map that a text begins with; `nil` when it does not end there.
  init?(_ text: Substring) {
    var (entries, entry, depth): ([String], String, Int) = ([], "", 0)
    var quote: Character?
    var ending: String.Index?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "{[".contains(character) {
        depth += 1
        if depth == 1 { continue }
      } else if "}]".contains(character) {
        depth -= 1
        if depth == 0 {
          ending = text.index(after: index)
          break
        }
      } else if character == ",", depth == 1 {
        entries.append(entry)
        entry = ""
        continue
      }
      entry.append(character)
    }
    guard let ending else { return nil }
    self.entries = (entries + [entry]).map(Self.trimmed).filter { !$0.isEmpty }
    end = ending
  }

  /// The key of an entry.
  static func key(of entry: String) -> String { trimmed(String(entry.prefix { $0 != ":" })) }

  private static func trimmed(_ text: String) -> String {
    let start = text.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
