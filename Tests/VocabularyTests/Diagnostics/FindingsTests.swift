import Diagnostics
import Testing

/// Findings: their order, their text, the nearest name.
@Suite struct FindingsTests {
  private func place(_ line: Int, _ column: Int, file: String = "f") -> Diagnostics.SourceLocation {
    Diagnostics.SourceLocation(file: file, line: line, column: column)
  }

  private func text(_ line: String, column: Int, message: String = "wrong", help: String? = nil) -> String {
    let finding = Diagnostic(slug: "rule", message, at: place(1, column), help: help)
    return FindingsRenderer().text(Findings([finding], sources: [SourceText(name: "f", text: line)]))
  }

  @Test func `findings are sorted by place and said once`() {
    let findings = Findings([
      Diagnostic(slug: "whole", "no place", at: nil), Diagnostic(slug: "late", "m", at: place(9, 1)),
      Diagnostic(slug: "other-file", "m", at: place(1, 1, file: "e")),
      Diagnostic(slug: "second", "m", at: place(2, 5)), Diagnostic(slug: "first", "m", at: place(2, 3)),
      Diagnostic(slug: "second", "m", at: place(2, 5)), Diagnostic(slug: "same-place", "m", at: place(2, 5)),
    ])
    #expect(
      findings.diagnostics.map(\.slug) == ["other-file", "first", "second", "same-place", "late", "whole"])
    #expect(findings.hasErrors)
    #expect(!Findings([Diagnostic(.warning, slug: "w", "m", at: nil)]).hasErrors)
    #expect(!Findings([]).hasErrors)
  }

  /// The caret stands under the character named: one column for each character, whatever its bytes.
  @Test(arguments: [
    ("a: 1", 4, "  1 | a: 1", "    |    ^"), ("é: ü x", 6, "  1 | é: ü x", "    |      ^"),
    ("e\u{301}: x", 4, "  1 | e\u{301}: x", "    |    ^"), ("\tx: 1", 2, "  1 | \u{FFFD}x: 1", "    |  ^"),
    ("a\u{1B}[31m: 1", 3, "  1 | a\u{FFFD}[31m: 1", "    |   ^"),
    ("a\u{202E}b", 3, "  1 | a\u{FFFD}b", "    |   ^"), ("", 1, "  1 | ", "    | ^"),
    ("ab", 9, "  1 | ab", "    |         ^"),
  ])
  func `the line is quoted with a caret`(line: String, column: Int, quoted: String, caret: String) {
    let expected = "f:1:\(column): error[rule]: wrong\n\(quoted)\n\(caret)\n"
    #expect(text(line, column: column) == expected)
  }

  @Test func `a long line is cut around the caret`() {
    let line = String(repeating: "x", count: 199) + "!" + String(repeating: "y", count: 300)
    let rows = text(line, column: 200).split(separator: "\n")
    #expect(rows[1] == "  1 | " + String(repeating: "x", count: 60) + "!" + String(repeating: "y", count: 39))
    #expect(rows[2] == "    | " + String(repeating: " ", count: 60) + "^")
  }

  @Test func `nothing in a message, a help or a file's name drives the terminal`() {
    let hostile = "\u{1B}[2J\u{07}\u{202E}x\r"
    #expect(
      text("a", column: 1, message: hostile, help: hostile).contains("\u{FFFD}[2J\u{FFFD}\u{FFFD}x\u{FFFD}"))
    let finding = Diagnostic(slug: "rule", "m", at: place(1, 1, file: "\u{1B}[2J.yaml"))
    #expect(!FindingsRenderer().text(Findings([finding])).contains("\u{1B}"))
  }

  @Test func `help and a missing line`() {
    #expect(text("a", column: 1, help: "b").hasSuffix("^\n  help: b\n"))
    let beyond = Diagnostic(slug: "rule", "m", at: place(7, 1))
    let source = SourceText(name: "f", text: "a\r\nb\rc\n")
    #expect(source.lines == ["a", "b", "c", ""])
    #expect(FindingsRenderer().text(Findings([beyond], sources: [source])) == "f:7:1: error[rule]: m\n")
    #expect(FindingsRenderer().text(Findings([Diagnostic(slug: "s", "m", at: nil)])) == "error[s]: m\n")
  }

  @Test(arguments: [(1, "… and 2 more\n"), (2, "… and 1 more\n"), (3, "c\n")])
  func `only so many are shown`(limit: Int, ending: String) {
    let findings = Findings(
      ["a", "b", "c"].enumerated().map { Diagnostic(slug: "s", $1, at: place($0 + 1, 1)) })
    #expect(FindingsRenderer(limit: limit).text(findings).hasSuffix(ending))
  }

  @Test(
    arguments: [
      ("legder", ["ledger", "api"], "ledger"), ("replicsa", ["replicas", "roles"], "replicas"),
      ("API", ["api"], "api"),
      ("x", ["y"], "y"), ("xy", ["ab"], nil), ("mtfb", ["mtbf"], "mtbf"), ("abc", [], nil), ("", ["a"], nil),
      ("ab", ["abc", "abd"], "abc"),
      (String(repeating: "a", count: 65), [String(repeating: "a", count: 64)], nil),
      ("wirter", ["writer", "reader"], "writer"),
    ] as [(String, [String], String?)])
  func `the nearest name is not far`(typed: String, names: [String], expected: String?) {
    #expect(nearestName(to: typed, among: names) == expected)
  }
}
