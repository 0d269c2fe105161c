package import Diagnostics
import Quantities

/// Changes written as `path=value`: `components/ledger/failover/writer/works=99%`.
///
/// The path's keys stand between `/`; a key that holds a `/` itself, such as `ledger/writer`, is found by what the
/// model has, or written in quotes. The value is YAML; `null` removes.
package struct PathAssignment: Sendable, Equatable {
  /// The file name in findings.
  package static let file = "--set"
  /// The most keys in a path.
  package static let pathLimit = 32

  /// The keys from the root, as written between `/`.
  package let path: [Located<String>]
  /// What stands behind `=`.
  package let value: Declaration

  /// The assignments in the order written; the n-th stands in line n of the file `--set`.
  ///
  /// - Throws: everything that is wrong with them.
  package static func assignments(
    in texts: [String], limits: YAMLLimits = .model
  ) throws(Findings) -> (assignments: [PathAssignment], source: SourceText) {
    let source = SourceText(name: file, text: texts.map(oneLine).joined(separator: "\n"))
    var assignments: [PathAssignment] = []
    var diagnostics: [Diagnostic] = []
    for (index, text) in texts.enumerated() {
      do throws(Findings) {
        assignments.append(try PathAssignment(text, line: index + 1, limits: limits))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    if !diagnostics.isEmpty { throw Findings(diagnostics, sources: [source]) }
    return (assignments, source)
  }

  /// Reads one assignment that stands in line `line` of the file `--set`.
  ///
  /// - Throws: `set-syntax` when it is not `path=value`, and whatever is wrong with the value.
  package init(_ text: String, line: Int = 1, limits: YAMLLimits = .model) throws(Findings) {
    guard text.utf8.count <= limits.scalarBytes, !text.contains(where: \.isNewline) else {
      throw Self.malformed(
        "an assignment is one line of at most \(grouped(limits.scalarBytes)) bytes", line, 1)
    }
    var segments = PathSegments(text, line: line)
    self.path = try segments.path()
    let rest = segments.rest
    let column = text.distance(from: text.startIndex, to: rest.startIndex) + 1
    guard let first = rest.first(where: { !$0.isWhitespace }), first != "#" else {
      throw Self.malformed("there is no value behind `=`; `null` removes", line, max(1, column - 1))
    }
    let origin = SourceLocation(file: Self.file, line: line, column: column)
    self.value = try YAMLReader(limits: limits).declaration(ofValue: String(rest), at: origin)
    guard !Self.endsInComment(rest, read: value) else {
      throw Self.malformed("` #` begins a comment in YAML; quote the value: \"…\"", line, column)
    }
  }

  /// Whether a part of a plain text was taken for a comment, which would be lost without a word.
  private static func endsInComment(_ written: Substring, read: Declaration) -> Bool {
    guard case .scalar(let text, isQuoted: false) = read.content else { return false }
    let visible = written.drop { $0.isWhitespace }
    return !visible.dropFirst(text.count).allSatisfy { $0.isWhitespace }
  }

  /// The change that makes this assignment.
  ///
  /// - Parameter base: the declaration it is meant for; where a map has no key `a` but a key `a/b`, the path
  ///   `a/b` means that one.
  package func change(on base: Declaration? = nil) -> Declaration {
    resolvedPath(on: base).reversed().reduce(value) { inner, key in
      Declaration(.map([Declaration.Entry(key: key, value: inner)]), at: key.location)
    }
  }

  /// The keys of a path such as `components/ledger/replicas/count` in a model.
  static func keys(of path: String, in model: Declaration) -> [String] {
    let assignment = try? PathAssignment(path + "=0")
    return assignment?.resolvedPath(on: model).map(\.value) ?? path.split(separator: "/").map(String.init)
  }

  /// The keys of the path as the model has them: those that hold a `/` are one.
  package func resolvedPath(on base: Declaration?) -> [Located<String>] {
    var resolved: [Located<String>] = []
    var rest = path[...]
    var map = base
    while let first = rest.first {
      let length = map.map { keyLength(rest, in: $0) } ?? 1
      let name = rest.prefix(length).map(\.value).joined(separator: "/")
      resolved.append(Located(name, at: first.location))
      rest = rest.dropFirst(length)
      map = map?[name]
    }
    return resolved
  }

  /// How many segments make the next key: the fewest that name one that is there, else one.
  private func keyLength(_ rest: ArraySlice<Located<String>>, in map: Declaration) -> Int {
    (1...rest.count).first { map[rest.prefix($0).map(\.value).joined(separator: "/")] != nil } ?? 1
  }

  static func malformed(_ message: String, _ line: Int, _ column: Int) -> Findings {
    let place = SourceLocation(file: file, line: line, column: column)
    let help = "--set components/api/replicas/count=3"
    return Findings([Diagnostic(slug: "set-syntax", message, at: place, help: help)])
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}

/// Reads the keys of a path up to the `=` behind it.
private struct PathSegments {
  private let text: String
  private let line: Int
  private var index: String.Index
  private var column = 1

  init(_ text: String, line: Int) {
    self.text = text
    self.line = line
    self.index = text.startIndex
  }

  /// What has not been read.
  var rest: Substring { text[index...] }

  /// The keys; the `=` is read too.
  mutating func path() throws(Findings) -> [Located<String>] {
    var path: [Located<String>] = []
    while true {
      path.append(try segment())
      let mark = rest.first
      advance()
      if mark == "=" { return path }
      if path.count >= PathAssignment.pathLimit {
        throw PathAssignment.malformed("a path of more than \(PathAssignment.pathLimit) keys", line, column)
      }
    }
  }

  /// A key that is followed by `/` or `=`.
  private mutating func segment() throws(Findings) -> Located<String> {
    skipBlanks()
    let start = column
    let name = rest.first == "\"" ? try quoted() : bare()
    guard let mark = rest.first, mark == "/" || mark == "=" else {
      throw PathAssignment.malformed("expected `path=value`, found no `=`", line, start)
    }
    guard !name.isEmpty else {
      throw PathAssignment.malformed("a key is missing in the path", line, start)
    }
    return Located(name, at: SourceLocation(file: PathAssignment.file, line: line, column: start))
  }

  private mutating func quoted() throws(Findings) -> String {
    let start = column
    advance()
    var name = ""
    while let character = rest.first, character != "\"" {
      name.append(character)
      advance()
    }
    guard rest.first == "\"" else {
      throw PathAssignment.malformed("the quote that opens here is never closed", line, start)
    }
    advance()
    skipBlanks()
    return name
  }

  private mutating func bare() -> String {
    var name = ""
    while let character = rest.first, character != "/", character != "=" {
      name.append(character)
      advance()
    }
    while name.last?.isWhitespace == true { name.removeLast() }
    return name
  }

  private mutating func skipBlanks() { while rest.first == " " { advance() } }

  private mutating func advance() {
    guard index < text.endIndex else { return }
    index = text.index(after: index)
    column += 1
  }
}
