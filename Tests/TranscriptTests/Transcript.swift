/// A command of a console block and what it is expected to print.
struct TranscriptStep: Equatable, Sendable {
  /// The lines as written, the first one with its `$ `.
  let commandLines: [String]
  /// What follows, without the blank lines at its end.
  var expected: [String]
  /// The blank lines at the end.
  let blankLines: Int
  /// The line of the command in its file, from 1.
  let line: Int

  /// What bash reads.
  var command: String { String(commandLines.joined(separator: "\n").dropFirst(2)) }
}

/// What a comment before a block asks for.
struct TranscriptDirectives: Equatable, Sendable {
  /// By how much a number may differ, as a fraction of it; nil demands the same text.
  var tolerance: Double?
  /// The exit code of the block's last command; the others exit 0.
  var exitCode: Int32 = 0
  var isRun = true

  /// Takes in a comment's text: `tolerance: 2 %`, `exit: 65` or `not run`; nothing else may stand before a block.
  mutating func read(_ comment: String) -> Bool {
    let parts = comment.split(separator: ":", maxSplits: 1).map { $0.trimmed }
    switch (parts.first, parts.dropFirst().first) {
    case ("not run", nil): isRun = false
    case ("exit", let code?):
      guard let code = Int32(code), (0...255).contains(code) else { return false }
      exitCode = code
    case ("tolerance", let text?):
      guard text.hasSuffix("%"), let percent = Double(text.dropLast().trimmed), percent >= 0 else {
        return false
      }
      tolerance = percent / 100
    default: return false
    }
    return true
  }
}

/// A console block: commands with their output, run in order.
struct TranscriptBlock: Equatable, Sendable {
  let directives: TranscriptDirectives
  var steps: [TranscriptStep]
  /// The block's lines in its file, from 0, without the fence.
  let content: Range<Int>
  /// What stands before each line, of a block inside a list.
  let indentation: String

  /// The steps that `lines` tell; throws when output stands before the first command, or nothing is run.
  static func steps(in lines: [String], firstLine: Int, path: String) throws(TranscriptFailure)
    -> [TranscriptStep]
  {
    guard lines.first?.hasPrefix("$ ") == true else {
      throw TranscriptFailure(path, firstLine, "a console block begins with a command: `$ relmodel …`")
    }
    var steps: [TranscriptStep] = []
    var index = 0
    while index < lines.count {
      let start = index
      while lines[index].hasSuffix("\\"), index + 1 < lines.count { index += 1 }
      let command = Array(lines[start...index])
      let output = lines[(index + 1)...].prefix { !$0.hasPrefix("$ ") }
      index += 1 + output.count
      let expected = Array(output).withoutBlankEnd
      steps.append(
        TranscriptStep(
          commandLines: command, expected: expected, blankLines: output.count - expected.count,
          line: firstLine + start
        )
      )
    }
    return steps
  }

  /// The block's lines, without indentation.
  var lines: [String] {
    steps.flatMap { $0.commandLines + $0.expected + Array(repeating: "", count: $0.blankLines) }
  }
}

/// What is wrong with a transcript, and where.
struct TranscriptFailure: Error, Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  init(_ path: String, _ line: Int, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  var description: String { "\(path):\(line): \(message)" }
}

extension StringProtocol {
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}

extension [String] {
  /// The lines up to the last that is not empty.
  var withoutBlankEnd: [String] {
    guard let last = lastIndex(where: { !$0.isEmpty }) else { return [] }
    return Array(self[...last])
  }
}
