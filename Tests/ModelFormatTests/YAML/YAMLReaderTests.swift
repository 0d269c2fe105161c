import Diagnostics
import Testing

import ModelFormat

/// What the reader accepts, and that nothing gets a type on the way.
@Suite struct YAMLReaderTests {
  private func read(_ text: String) throws -> Declaration {
    try YAMLReader(removalKeys: ["change"]).document(of: text, file: "f").declaration
  }

  @Test(arguments: [
    ("a: no\nb: 010\nc: 1:30\nd: 1e3", "{a: no, b: 010, c: 1:30, d: 1e3}"),
    ("a: 'it''s'\nb: \"x\\ny\"", "{a: \"it's\", b: \"x\ny\"}"),
    ("\u{FEFF}a: 1", "{a: 1}"),
    ("a: 1\r\nb: 2\r\n", "{a: 1, b: 2}"),
    ("---\na: 1\n...\n", "{a: 1}"),
    ("{\"a\": {\"b\": [1, \"2\"]}}", "{a: {b: [1, \"2\"]}}"),
    ("a: |\n  *bold* & ?\n  [x]: y\n", "{a: \"*bold* & ?\n[x]: y\n\"}"),
    ("a: b & c * d ! e ? f", "{a: b & c * d ! e ? f}"),
    ("a: ?x\nb: x?", "{a: ?x, b: x?}"),
    ("a: \"[x]: {y}: &z *w !v\" # [c]: &d", "{a: \"[x]: {y}: &z *w !v\"}"),
    ("ledger/writer: hard", "{ledger/writer: hard}"),
    ("costs: $18,000/h", "{costs: $18,000/h}"),
    ("costs: {downtime: \"$18,000/h\", once: $18000}", "{costs: {downtime: \"$18,000/h\", once: $18000}}"),
    ("a: [100,200,300]", "{a: [100, 200, 300]}"),
    ("a: [1, 000, x]", "{a: [1, 000, x]}"),
    ("change: {a: ~, b: {c: null, d: }}", "{change: {a: ~, b: {c: null, d: }}}"),
    ("a: \"null\"\nb: ''", "{a: \"null\", b: \"\"}"),
    ("a: {}\nb: []", "{a: {}, b: []}"),
  ])
  func `text is kept as written`(text: String, expected: String) throws {
    #expect(try read(text).line == expected)
  }

  @Test(arguments: [
    ("a: 1\nbb:   x", 2, 7), ("é: ü\nü: [ö, x]", 2, 8), ("ö: {é: 🇩🇪, e\u{301}e: x}", 1, 15),
    ("a: [\n  x ]", 2, 3), ("a:\u{2028}  b: x", 2, 6), ("a:\r\n  b: x", 2, 6),
  ])
  func `columns count characters`(text: String, line: Int, column: Int) throws {
    #expect(
      try place(of: "x", in: read(text)) == Diagnostics.SourceLocation(file: "f", line: line, column: column))
  }

  private func place(of text: String, in declaration: Declaration) -> Diagnostics.SourceLocation? {
    if declaration.text == text { return declaration.location }
    let inner = declaration.items ?? declaration.entries?.map(\.value) ?? []
    return inner.lazy.compactMap { place(of: text, in: $0) }.first
  }

  @Test func `a key has its own place`() throws {
    let entry = try #require(try read("a:\n  {ü: 1, b: 2}")["a"]?.entries?.last)
    #expect(entry.key.location == Diagnostics.SourceLocation(file: "f", line: 2, column: 10))
    #expect(entry.value.location == Diagnostics.SourceLocation(file: "f", line: 2, column: 13))
  }

  @Test func `the source text is returned for quoting`() throws {
    let document = try YAMLReader().document(of: "a: 1\nb: 2", file: "f")
    #expect(document.source.lines == ["a: 1", "b: 2"])
  }
}
