/// A Markdown page, or a golden, with the files it has the reader write and the commands it has the reader run.
struct TranscriptDocument: Sendable {
  /// A thing to do, in the page's order.
  enum Element: Sendable, Equatable {
    case file(name: String, text: String, line: Int)
    case block(TranscriptBlock)
  }

  /// The path from the repository's root.
  let path: String
  let lines: [String]
  let elements: [Element]

  /// A Markdown page: its ```` ```console ```` blocks, and the blocks of any language with `file=NAME`.
  init(markdown text: String, path: String) throws(TranscriptFailure) {
    self.path = path
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    var reader = MarkdownReader(lines: lines, path: path)
    elements = try reader.elements()
  }

  /// A golden: the comments, and then the inside of one console block.
  init(golden text: String, path: String) throws(TranscriptFailure) {
    self.path = path
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
    var directives = TranscriptDirectives()
    let comments = lines.prefix { $0.comment != nil }
    for (index, line) in comments.enumerated() where !directives.read(line.comment ?? "") {
      throw TranscriptFailure.unknownDirective(path, index + 1, line)
    }
    let content = comments.count..<lines.count
    let steps = try TranscriptBlock.steps(
      in: Array(lines[content]), firstLine: comments.count + 1, path: path)
    elements = [
      .block(TranscriptBlock(directives: directives, steps: steps, content: content, indentation: ""))
    ]
  }

  /// The document's text with the content of its blocks replaced by that of `blocks`.
  func text(with blocks: [TranscriptBlock]) -> String {
    var lines = lines
    for block in blocks.sorted(by: { $0.content.lowerBound > $1.content.lowerBound }) {
      lines.replaceSubrange(block.content, with: block.lines.map { $0.isEmpty ? $0 : block.indentation + $0 })
      lengthenFence(around: block, in: &lines)
    }
    return lines.joined(separator: "\n")
  }

  /// Output may hold a fence of its own; the one around it has to be longer.
  private func lengthenFence(around block: TranscriptBlock, in lines: inout [String]) {
    let (opening, closing) = (block.content.lowerBound - 1, block.content.lowerBound + block.lines.count)
    guard opening >= 0, closing < lines.count, let fence = Fence(lines[opening]) else { return }
    let longest = block.lines.compactMap { Fence($0)?.length }.max() ?? 0
    guard longest >= fence.length else { return }
    let longer = String(repeating: fence.mark, count: longest + 1)
    lines[opening] = "\(fence.indentation)\(longer)\(fence.info)"
    lines[closing] = "\(fence.indentation)\(longer)"
  }
}

/// The line that opens or closes a block in Markdown.
struct Fence {
  let indentation: String
  let mark: Character
  let length: Int
  let info: String

  init?(_ line: String) {
    let rest = line.drop { $0 == " " }
    guard let mark = rest.first, mark == "`" || mark == "~" else { return nil }
    length = rest.prefix { $0 == mark }.count
    info = rest.dropFirst(length).trimmed
    guard length >= 3, !info.contains("`") else { return nil }
    indentation = String(line.prefix { $0 == " " })
    self.mark = mark
  }

  func isClosed(by other: Fence) -> Bool {
    other.mark == mark && other.length >= length && other.info.isEmpty
  }
}

/// Reads the elements of a Markdown page.
private struct MarkdownReader {
  let lines: [String]
  let path: String
  private var index = 0
  private var comments: [(text: String, line: Int)] = []
  private var found: [TranscriptDocument.Element] = []

  init(lines: [String], path: String) {
    self.lines = lines
    self.path = path
  }

  mutating func elements() throws(TranscriptFailure) -> [TranscriptDocument.Element] {
    while index < lines.count {
      let line = lines[index]
      if let fence = Fence(line) {
        try readBlock(fence)
        comments = []
      } else if let comment = line.comment {
        comments.append((comment, index + 1))
      } else if line.contains("<!--"), !line.contains("-->") {
        index = lines[index...].firstIndex { $0.contains("-->") } ?? lines.count
      } else if !line.allSatisfy(\.isWhitespace) {
        comments = []
      }
      index += 1
    }
    return found
  }

  /// Reads the block that opens here, and stops at its closing fence.
  private mutating func readBlock(_ fence: Fence) throws(TranscriptFailure) {
    let first = index + 1
    guard let end = lines[first...].firstIndex(where: { Fence($0).map(fence.isClosed) ?? false }) else {
      throw TranscriptFailure(path, first, "the block that opens here is not closed")
    }
    let content = lines[first..<end].map {
      $0.hasPrefix(fence.indentation) ? String($0.dropFirst(fence.indentation.count)) : $0
    }
    let words = fence.info.split(separator: " ")
    if words.first == "console" {
      let directives = try directives()
      let steps =
        directives.isRun ? try TranscriptBlock.steps(in: content, firstLine: first + 1, path: path) : []
      found.append(
        .block(
          TranscriptBlock(
            directives: directives, steps: steps, content: first..<end, indentation: fence.indentation
          )
        )
      )
    } else if let name = words.first(where: { $0.hasPrefix("file=") })?.dropFirst("file=".count) {
      try checkFileName(name, line: first)
      let text = content.map { $0 + "\n" }.joined()
      found.append(.file(name: String(name), text: text, line: first))
    }
    index = end
  }

  private func directives() throws(TranscriptFailure) -> TranscriptDirectives {
    var directives = TranscriptDirectives()
    for comment in comments where !directives.read(comment.text) {
      throw TranscriptFailure.unknownDirective(path, comment.line, comment.text)
    }
    return directives
  }

  /// A page writes in its scratch folder, and not through the folders that are linked into it.
  private func checkFileName(_ name: Substring, line: Int) throws(TranscriptFailure) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(""), !parts.contains(".."), !ScratchFolder.linked.contains(String(parts[0])) else {
      throw TranscriptFailure(path, line, "file=\(name) would leave the page's own folder; name a file in it")
    }
  }
}

extension TranscriptFailure {
  static func unknownDirective(_ path: String, _ line: Int, _ comment: String) -> TranscriptFailure {
    TranscriptFailure(
      path, line,
      "the comment before a console block is one of <!-- tolerance: 2 % -->, <!-- exit: 65 -->, <!-- not run -->;"
        + " found: \(comment)"
    )
  }
}

extension String {
  /// The text of a line that is one whole comment.
  var comment: String? {
    let text = trimmed
    guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.count >= 7 else { return nil }
    return text.dropFirst(4).dropLast(3).trimmed
  }
}
