import Diagnostics
import Yams

/// Puts a YAML parser's errors into plain words.
struct SyntaxTranslation {
  /// The text and its lines.
  let lines: LineMap
  /// The nesting that is allowed.
  let depthLimit: Int

  /// An error as libyaml tells it.
  private struct Problem {
    let text: String
    let place: LineMap.Place
    let context: LineMap.Place?
  }

  /// The finding for an error thrown by Yams.
  func diagnostic(_ error: any Error) -> Diagnostic {
    guard let error = error as? YamlError, let problem = problem(error) else {
      return Diagnostic(slug: "yaml-syntax", "this is not YAML", at: lines.origin)
    }
    return shieldedMark(around: problem) ?? special(problem) ?? syntax(problem)
  }

  private func problem(_ error: YamlError) -> Problem? {
    switch error {
    case .scanner(let context, let text, let mark, _), .parser(let context, let text, let mark, _),
      .composer(let context, let text, let mark, _):
      Problem(text: text, place: place(mark), context: context.map { place($0.mark) })
    default: nil
    }
  }

  private func place(_ mark: Mark) -> LineMap.Place { LineMap.Place(line: mark.line, column: mark.column) }

  /// An anchor, alias or tag on the line of the problem, or where the problem's context begins: it was read
  /// as text, so the problem is most likely that it is none.
  private func shieldedMark(around problem: Problem) -> Diagnostic? {
    if lines.byte(problem.place) == 0x3A, followsBracket(lines.offset(problem.place)) {
      return RefusedMark.complexKey(at: lines.location(problem.place))
    }
    let end = lines.offset(problem.place)
    for line in [problem.place.line, problem.context?.line, problem.place.line - 1] {
      guard let line, line >= 1 else { continue }
      let range = lines.lineRange(line)
      if let offset = range.first(where: { $0 <= end && beginsRefusedNode($0, line: range) }) {
        return refused(from: offset, to: range.upperBound)
      }
    }
    return nil
  }

  private func refused(from offset: Int, to lineEnd: Int) -> Diagnostic {
    let location = lines.location(lines.place(ofOffset: offset))
    let byte = lines.bytes[offset]
    if byte == 0x3F { return RefusedMark.complexKey(at: location) }
    let text = lines.text(offset..<wordEnd(offset, lineEnd))
    return RefusedMark.diagnostic(byte: byte, text: text, at: location)
  }

  private func followsBracket(_ offset: Int) -> Bool {
    let before = lines.bytes[..<offset].last { $0 != 0x20 && $0 != 0x09 }
    return before == 0x5D || before == 0x7D
  }

  /// Whether a node that begins with `&`, `*` or `!`, or a key after `? `, may begin at an offset.
  private func beginsRefusedNode(_ offset: Int, line: Range<Int>) -> Bool {
    guard [0x26, 0x2A, 0x21, 0x3F].contains(lines.bytes[offset]), let next = lines.byte(at: offset + 1),
      (next > 0x20) == (lines.bytes[offset] != 0x3F)
    else { return false }
    let before = lines.bytes[line.lowerBound..<offset]
    guard let last = before.last else { return true }
    if [0x2C, 0x5B, 0x7B].contains(last) { return true }
    guard last == 0x20, let visible = before.last(where: { $0 != 0x20 }) else { return last == 0x20 }
    return [0x2C, 0x5B, 0x7B, 0x3A, 0x2D, 0x3F].contains(visible)
  }

  private func wordEnd(_ start: Int, _ limit: Int) -> Int {
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x5D, 0x7D]
    return lines.bytes[start..<limit].firstIndex { blanks.contains($0) } ?? limit
  }

  /// Problems with a rule of their own.
  private func special(_ problem: Problem) -> Diagnostic? {
    let here = lines.location(problem.place)
    let isTab = lines.byte(problem.place) == 0x09
    switch problem.text {
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      guard lines.offset(problem.place) >= lines.bytes.count, let opener = problem.context else { return nil }
      return Diagnostic(
        slug: "yaml-syntax", "the bracket that opens here is never closed", at: lines.location(opener))
    case _ where problem.text.hasPrefix("Maximum nesting level"):
      return RefusedMark.tooDeep(at: here, limit: depthLimit)
    case "but found another document":
      return Diagnostic(
        slug: "several-documents", "a second document begins here; a file holds one model", at: here,
        help: "put it into a file of its own")
    case "found character that cannot start any token" where isTab,
      "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return tabIndent(at: here)
    default: return nil
    }
  }

  private func tabIndent(at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      slug: "tab-indent", "a tab indents this line; YAML is indented with spaces", at: location,
      help: "expand -t 2 \(location.file) > spaces.yaml")
  }

  private func syntax(_ problem: Problem) -> Diagnostic {
    let words = Self.words[problem.text]
    let atContext = words?.isAtContext ?? false
    let place = atContext ? problem.context ?? problem.place : problem.place
    var message = words?.message ?? problem.text
    if words?.namesContext == true, let context = problem.context {
      message += ", which began in line \(lines.location(context).line)"
    }
    return Diagnostic(slug: "yaml-syntax", message, at: lines.location(place), help: words?.help)
  }

  /// A problem in plain words.
  private struct Words {
    var message: String
    var isAtContext = false
    var namesContext = false
    var help: String?
  }

  private static let words: [String: Words] = [
    "found character that cannot start any token": Words(
      message: "a text can not begin with this character unless it is quoted", help: "quote the text: \"…\""),
    "mapping values are not allowed in this context": Words(
      message: "a `: ` can not stand here: it is the second in a value, or the line above lacks its own",
      help: "quote the text: \"…\", or put the key on its own line"),
    "could not find expected ':'": Words(
      message: "this line has no `:` behind its key", isAtContext: true, help: "key: value"),
    "found unexpected end of stream": Words(
      message: "the quote that opens here is never closed", isAtContext: true),
    "found unexpected document indicator": Words(
      message: "the quote that opens here is not closed before the line `---` or `...`", isAtContext: true),
    "found unknown escape character": Words(
      message: "this `\\` escape is unknown inside \"…\"", help: "write \\\\ for a backslash, or use '…'"),
    "did not find expected hexdecimal number": Words(
      message: "an escape \\x, \\u or \\U wants 2, 4 or 8 hexadecimal digits"),
    "found invalid Unicode character escape code": Words(message: "this escape names no character"),
    "block sequence entries are not allowed in this context": Words(
      message: "a list item `- ` can not stand here", help: "put each item on its own line"),
    "mapping keys are not allowed in this context": Words(message: "a key can not stand here"),
    "did not find expected key": Words(
      message: "this line does not fit into the map around it", namesContext: true,
      help: "indent it like the keys beside it; quote a value that holds quotes"),
    "did not find expected '-' indicator": Words(
      message: "this line does not fit into the list around it", namesContext: true,
      help: "begin the item with `- `, indented like the items beside it"),
    "did not find expected ',' or ']'": Words(
      message: "expected `,` or `]` here, to go on with the list or end it", namesContext: true),
    "did not find expected ',' or '}'": Words(
      message: "expected `,` or `}` here, to go on with the map or end it", namesContext: true),
    "did not find expected <document start>": Words(
      message: "this line does not fit what stands before it",
      help: "indent it like the line it belongs to"),
    "did not find expected node content": Words(message: "expected a value here"),
    "did not find expected comment or line break": Words(
      message: "expected the end of the line here; a text block begins on the line below its `|` or `>`"),
    "found unknown directive name": Words(
      message: "a line can not begin with `%` unless it is quoted", isAtContext: true),
    "found incompatible YAML document": Words(message: "this version of YAML is not known"),
    "found unexpected ':'": Words(message: "this `:` can not stand here", help: "quote the text: \"…\""),
  ]
}
