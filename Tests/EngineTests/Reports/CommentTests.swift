import Reports
import Testing

@Suite("Comments on pull requests")
struct CommentTests {
  @Test(
    "a comment stays below its limit, begins with the headline, and says what it cut",
    arguments: [(1_000, 20), (5_000, 40), (3, 40_000), (20_000, 3)])
  func cut(_ rows: Int, _ width: Int) {
    let text = String(repeating: "é|", count: width / 2)
    let table = Document.Table(columns: ["a", "b"], rows: (0..<rows).map { ["\($0)", text] })
    let blocks: [Document.Block] = [.lead("Keep it."), .part("P"), .table(table), .note(text), .table(table)]
    let comment = MarkdownRenderer.comment(Document(title: "t", blocks: blocks))
    #expect(comment.utf8.count < 65_000)
    #expect(comment.hasPrefix("# t\n\n**Keep it.**\n\n"))
    #expect(comment.contains("to fit into a comment") || rows == 3)
    #expect(comment.components("<details>") == comment.components("</details>"))
  }

  @Test("a comment that can not be cut to fit ends where it must and says so")
  func shortened() {
    let notes = (0..<500).map { Document.Block.note("\($0) " + String(repeating: "x", count: 3_000)) }
    let comment = MarkdownRenderer.comment(Document(title: "t", blocks: [.lead("Keep it.")] + notes))
    #expect(comment.utf8.count < 65_000 && comment.utf8.count > 50_000)
    #expect(comment.hasSuffix("does not fit into a comment; `--format html` has all of it.\n"))
  }

  @Test("a short one has every row, and nothing in it is markup")
  func whole() {
    let hostile = "</summary><script>|`@x` [a](b) \"\u{301}<\u{338}"
    let table = Document.Table(columns: ["a"], rows: [[hostile]], caption: hostile)
    let comment = MarkdownRenderer.comment(Document(title: hostile, blocks: [.table(table)]))
    #expect(!comment.contains("<script>") && !comment.contains("](b)\n"))
    #expect(comment.contains("<summary>&lt;/summary&gt;&lt;script&gt;"))
    #expect(comment.contains("\\<script\\>\\|\\`@x\\` \\[a\\](b)"))
  }
}

extension String {
  /// How often a part occurs.
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count
  }
}
