import Diagnostics
import Testing

import ModelFormat

/// What the reader refuses, where, and under which name.
@Suite struct HostileYAMLTests {
  private func findings(_ bytes: [UInt8], limits: YAMLLimits = .model) -> Findings? {
    do throws(Findings) {
      _ = try YAMLReader(limits: limits, removalKeys: ["change"]).document(of: bytes, file: "f")
      return nil
    } catch {
      return error
    }
  }

  private func findings(_ text: String, limits: YAMLLimits = .model) -> Findings? {
    findings(Array(text.utf8), limits: limits)
  }

  @Test(arguments: [
    ("", ["1:1 empty-file"]), ("# only\n# comments\n", ["1:1 empty-file"]), ("---\n", ["2:1 empty-file"]),
    ("a: 1\n---\nb: 2", ["2:1 several-documents"]),
    ("a: &x 1\nb: *x", ["1:4 anchor", "2:4 alias"]),
    ("a: &x {b: 1}", ["1:4 anchor"]), ("a: &x\n  b: 1", ["1:4 anchor"]), ("- &x [1]", ["1:3 anchor"]),
    ("*a : 1", ["1:1 alias"]), ("a: [*b]", ["1:5 alias"]), ("a: *b", ["1:4 alias"]),
    ("a: !!str x", ["1:4 tag"]), ("a: !x {b: 1}", ["1:4 tag"]), ("a: ! x", ["1:4 tag"]),
    ("<<: {a: 1}", ["1:1 merge-key"]), ("a: {<<: *b}", ["1:5 merge-key"]),
    ("? a\n: b", ["1:1 complex-key"]), ("[a]: b", ["1:4 complex-key"]), ("{[a]: b}", ["1:5 complex-key"]),
    ("a: {b: {c: 1} : 2}", ["1:15 complex-key"]), ("{? a : b}", ["1:2 complex-key"]),
    (": b", ["1:1 yaml-syntax"]), ("\"\": b", ["1:1 empty-key"]),
    ("a: ~", ["1:4 empty-value"]), ("a: null", ["1:4 empty-value"]), ("a:\nb: 1", ["1:1 empty-value"]),
    ("{works}", ["1:2 empty-value"]), ("a: [x, ~]", ["1:8 empty-value"]), ("change: ~", ["1:9 empty-value"]),
    ("change: {a: [~]}", ["1:14 empty-value"]),
    ("a:\n\tb: 1", ["2:1 tab-indent"]), ("a: \"x", ["1:4 yaml-syntax"]), ("a: @x", ["1:4 yaml-syntax"]),
    ("a: b: c", ["1:5 yaml-syntax"]), ("a: [1, 2", ["1:4 yaml-syntax"]),
    ("a: {b: 1\nc: 2", ["2:2 yaml-syntax"]), ("é: b: c", ["1:5 yaml-syntax"]),
    ("a:\n  b: 1\n c: 2", ["3:2 yaml-syntax"]), ("a: \"\\q\"", ["1:5 yaml-syntax"]),
    ("a: 'it's'", ["1:8 yaml-syntax"]), ("- a\nb: 1", ["2:1 yaml-syntax"]),
    ("a: 1\nb", ["2:1 yaml-syntax"]), ("a:\n  - b\n  c", ["3:3 yaml-syntax"]),
    ("%TAG ! x\n---\na: 1", ["1:6 yaml-syntax"]),
  ])
  func `refused with its place`(text: String, expected: [String]) {
    #expect(findings(text)?.places == expected)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", ["3:1 duplicate-key"], ["line 1"]),
    ("a: 1\n\"a\": 2\n'a': 3", ["2:1 duplicate-key", "3:1 duplicate-key"], ["line 1", "line 1"]),
    (
      "x: {é: 1, b: {c: 1, c: 2}, é: 3}", ["1:21 duplicate-key", "1:28 duplicate-key"], ["line 1", "line 1"]
    ),
    ("&: 1\n&: 2", ["1:1 anchor", "2:1 anchor", "2:1 duplicate-key"], ["anchor", "anchor", "line 1"]),
  ])
  func `a duplicate key names both places`(text: String, expected: [String], words: [String]) {
    let findings = findings(text)
    #expect(findings?.places == expected)
    for (diagnostic, word) in zip(findings?.diagnostics ?? [], words) {
      #expect(diagnostic.message.contains(word))
    }
  }

  @Test func `a hundred duplicate keys are all said`() {
    let half = (0..<100).map { "k\($0): x\n" }.joined()
    let expected = (101...200).map { "\($0):1 duplicate-key" }
    #expect(findings(half + half)?.places == expected)
  }

  @Test(arguments: [
    ("{costs: $18,000/h}", "1:9 comma-splits-number", "costs: \"$18,000/h\""),
    ("{costs: $1,000,000/h}", "1:9 comma-splits-number", "costs: \"$1,000,000/h\""),
    ("{costs: $1,000,000}", "1:9 comma-splits-number", "costs: \"$1,000,000\""),
    ("a: {size: 1,500 GB, x: y}", "1:11 comma-splits-number", "size: \"1,500 GB\""),
    ("[1,000 GB, x]", "1:2 comma-splits-number", "\"1,000 GB\""),
    ("[x, 1,500,000 B]", "1:5 comma-splits-number", "\"1,500,000 B\""),
    ("[2,000]", "1:2 comma-splits-number", "\"2,000\""),
    ("change: {costs: $18,000/h}", "1:17 comma-splits-number", "costs: \"$18,000/h\""),
    ("{source: finance, May}", "1:19 empty-value", "source: \"finance, May\""),
  ])
  func `a comma that cuts a text`(text: String, place: String, help: String) {
    let findings = findings(text)
    #expect(findings?.places == [place])
    #expect(findings?.diagnostics.first?.help == help)
  }

  @Test(arguments: [
    ([0xFF, 0xFE, 0x61, 0x00], "1:1 not-utf8"), ([0x61, 0x00, 0x3A, 0x00, 0x31, 0x00], "1:1 not-utf8"),
    ([0x00, 0x61, 0x00, 0x3A], "1:1 not-utf8"),
    ([0x61, 0x3A, 0x20, 0x0A, 0xC3, 0xA9, 0xE9, 0x20], "2:2 not-utf8"), ([0x61, 0xC3], "1:2 not-utf8"),
    ([0x61, 0x3A, 0x20, 0x62, 0x00], "1:5 binary-file"),
    ([0x61, 0x3A, 0x20, 0x1B], "1:4 unreadable-character"),
    ([0x61, 0x3A, 0x20, 0xEF, 0x98, 0x80], "1:4 unreadable-character"),
    ([0x61, 0x3A, 0x20, 0xC2, 0x9B], "1:4 unreadable-character"),
    ([0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01], "1:1 unreadable-character"),
  ])
  func `bytes that are no text`(bytes: [UInt8], expected: String) {
    #expect(findings(bytes)?.places == [expected])
  }

  @Test(arguments: [
    "[", "{", "- ", "? ", "[a: ", "{a: ", "a:\n- ", "- [", "\"", "&a ", "*a ", "!a ", ",", ":", "<<",
  ])
  func `a mebibyte of one mark is refused`(mark: String) {
    let text = String(repeating: mark, count: (1 << 20) / mark.utf8.count)
    #expect(findings(text)?.hasErrors == true)
  }

  @Test(arguments: [
    (String(repeating: "[", count: 65) + String(repeating: "]", count: 65), "1:65 too-deep"),
    (String(repeating: "[", count: 5_000), "1:1 too-deep"),
    (String(repeating: "- ", count: 500) + "x", "1:129 too-deep"),
    ((0..<70).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), "65:65 too-deep"),
  ])
  func `nesting is bounded`(text: String, expected: String) {
    #expect(findings(text)?.places.first == expected)
  }

  @Test func `nesting up to the limit is read`() {
    #expect(findings(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) == nil)
  }

  @Test func `an alias bomb is a few words`() {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (previous, next) in zip("abcdefgh", "bcdefghi") {
      let aliases = Array(repeating: "*\(previous)", count: 9).joined(separator: ", ")
      text += "\(next): &\(next) [\(aliases)]\n"
    }
    #expect(findings(text)?.places.contains("1:4 anchor") == true)
  }

  @Test func `limits say what was found and what is allowed`() {
    let limits = YAMLLimits(fileBytes: 20, nodes: 4, depth: 3, scalarBytes: 5)
    #expect(findings("a: 12345678901234567890", limits: limits)?.places == ["1:1 file-too-large"])
    #expect(findings("[1, 2, 3, 4, 5]", limits: limits)?.places == ["1:11 too-many-nodes"])
    #expect(findings("a: 123456", limits: limits)?.places == ["1:4 text-too-long"])
    #expect(throws: Findings.self) { try YAMLReader.checkSize(50_000_000, file: "f") }
    let message = "the file has 23 bytes; at most 20 are read"
    #expect(findings("a: 12345678901234567890", limits: limits)?.diagnostics.first?.message == message)
  }

  @Test func `findings are bounded`() {
    let text = (0..<5_000).map { "k\($0): ~\n" }.joined()
    #expect(findings(text)?.diagnostics.count == YAMLLimits.model.findings)
  }

  @Test func `findings carry the text they quote`() {
    #expect(findings("a: ~")?.sources.first?.lines == ["a: ~"])
  }
}
