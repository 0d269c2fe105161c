import Diagnostics
import Foundation
import Testing

import IncidentHistory
import StructuredText

@Suite struct JSONReaderTests {
  private func cursor(_ bytes: [UInt8], chunk: Int = 3) -> ByteCursor {
    var rest = bytes[...]
    return ByteCursor(name: "test.json") {
      defer { rest = rest.dropFirst(chunk) }
      return Array(rest.prefix(chunk))
    }
  }

  private func read(_ text: String) throws -> LocatedJSON {
    var reader = JSONReader(cursor(Array(text.utf8)))
    return try reader.record()
  }

  @Test(
    "Texts",
    arguments: [
      (#""plain""#, "plain"), (#""\u00e4\n\t\\\/\"""#, "ä\n\t\\/\""), (#""\ud83d\ude00""#, "😀"),
      (#""日本""#, "日本"),
      (#""\ud83dx""#, "\u{FFFD}x"), (#""a\u0000b""#, "a\u{FFFD}b"), ("-1.5e+3", "-1.5e+3"), ("true", "true"),
      ("0", "0"), ("12345678901234567890123", "12345678901234567890123"),
    ])
  func texts(json: String, text: String) throws {
    #expect(try read(json).text == text)
  }

  @Test(
    "What is no JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "\"a", "\"a\nb\"", "01", "1.", ".5", "+1", "NaN", "nul",
      "[1 2]",
      "{\"a\" 1}", "\"\\x\"", "\"\\u12g4\"", "--1", "1e", "tru e", "\u{FEFF}\u{FEFF}1", "// x\n1",
    ])
  func refused(json: String) {
    #expect(slugs { _ = try read(json) } == ["json-syntax"])
    guard !json.isEmpty else { return }
    #expect(slugs { _ = try read("[" + json + "]") } == ["json-syntax"])
  }

  @Test func capsAreFindings() {
    let deep = String(repeating: "[", count: 200)
    #expect(slugs { _ = try read(deep) } == ["json-too-deep"])
    var reader = JSONReader(cursor(Array("\"\(String(repeating: "x", count: 100))\"".utf8)))
    reader.longestText = 99
    #expect(slugs { _ = try reader.record() } == ["json-text-too-long"])
    reader = JSONReader(cursor(Array("[\(String(repeating: "1,", count: 100))1]".utf8)))
    reader.longestRecord = 500
    #expect(slugs { _ = try reader.record() } == ["json-record-too-long"])
    reader = JSONReader(cursor([0x22, 0xFF, 0x22]))
    #expect(slugs { _ = try reader.record() } == ["invalid-utf8"])
  }

  @Test func placesAndPaths() throws {
    let value = try read("{\n  \"a\": {\"b.c\": 1, \"b\": [{\"c\": \"x\"}]},\n  \"a.b\": 7, \"n\": null}")
    #expect(value.value(at: "a.b")?.text == "7")
    #expect(
      value["a"]?.value(at: "b.0.c")?.location == SourceLocation(file: "test.json", line: 2, column: 31))
    #expect(value.value(at: "n") != nil && value.field("n") == nil && value.value(at: "a.b.9") == nil)
  }

  @Test(
    "Records are found wherever they stand",
    arguments: [
      ("[1, 2]", [""], ["1", "2"]),
      (#"{"x": [9], "data": {"y": 1, "result": [1, 2]}, "z": 3}"#, ["data.result"], ["1", "2"]),
      (#"{"data": [1]} {"data": []} {"data": [2]}"#, ["data"], ["1", "2"]), ("1 2", ["", "x"], []),
      (#"{"data": {"result": {}}, "incidents": [1, 2]}"#, ["incidents", "data"], ["1", "2"]),
      ("[]", [""], []),
    ])
  func records(json: String, paths: [String], texts: [String]) throws {
    var records = JSONRecords(cursor(Array(json.utf8)), paths: paths)
    var found: [String] = []
    do {
      while let next = try records.next() { found.append(next.record.text ?? "?") }
    } catch {
      #expect(error.diagnostics.map(\.slug) == ["json-syntax"] && texts.isEmpty)
    }
    #expect(found == texts)
  }
}
