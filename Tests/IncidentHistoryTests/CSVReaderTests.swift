import Diagnostics
import Foundation
import Quantities
import Testing

import StructuredText

@Suite struct CSVReaderTests {
  /// Reads text that arrives in chunks of a few bytes.
  private func records(_ bytes: [UInt8], chunk: Int = 3) throws -> [CSVRecord] {
    var rest = bytes[...]
    var reader = CSVReader(
      ByteCursor(name: "f.csv") {
        defer { rest = rest.dropFirst(chunk) }
        return Array(rest.prefix(chunk))
      })
    var records: [CSVRecord] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  private func texts(_ text: String) throws -> [[String]] {
    try records(Array(text.utf8)).map { $0.fields.map(\.text) }
  }

  @Test(
    "Fields as RFC 4180 has them",
    arguments: [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
      ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
      ("\u{FEFF}a,b", [["a", "b"]]),
      ("\"a,b\",\"say \"\"hi\"\"\"", [["a,b", "say \"hi\""]]),
      ("\"two\r\nlines\",x\n", [["two\r\nlines", "x"]]),
      ("a,,\n,b,", [["a", "", ""], ["", "b", ""]]),
      ("\n\r\na\n\n", [["a"]]),
      ("\"\",\"\"", [["", ""]]),
      ("é,🙂\n", [["é", "🙂"]]),
      ("", []),
    ])
  func fields(text: String, expected: [[String]]) throws {
    #expect(try texts(text) == expected)
    for size in [1, 2, 64] {
      #expect(try records(Array(text.utf8), chunk: size).map { $0.fields.map(\.text) } == expected)
    }
  }

  @Test func placesCountLinesInsideQuotesAndCharacters() throws {
    let found = try records(Array("é🙂,b\n\"x\ny\r\nz\",c\r\nd".utf8))
    let places = found.flatMap(\.fields).map { [$0.location.line, $0.location.column] }
    #expect(places == [[1, 1], [1, 4], [2, 1], [4, 4], [5, 1]])
  }

  @Test(
    "What is wrong is located, and reading goes on",
    arguments: [
      ("a\"b,c\nd,e", "csv-stray-quote", 1, 2),
      ("\"a\"b,c\nd,e", "csv-text-after-quote", 1, 4),
      ("a,b\nc,\"d\ne", "csv-unclosed-quote", 2, 3),
    ])
  func problems(text: String, slug: String, line: Int, column: Int) throws {
    let problems = try records(Array(text.utf8)).flatMap(\.problems)
    #expect(problems.map(\.slug) == [slug])
    #expect(problems.first?.location == SourceLocation(file: "f.csv", line: line, column: column))
  }

  @Test func refusesNULCharacters() throws {
    let found = try records(Array("a\u{0}b,c\nd,e".utf8))
    #expect(found.map { $0.problems.map(\.slug) } == [["csv-nul-character"], []])
  }

  @Test func refusesInvalidUTF8() throws {
    let found = try records([0x61, 0x2C, 0xFF, 0x0A, 0x62, 0x2C, 0x63])
    #expect(found.map { $0.problems.map(\.slug) } == [["invalid-utf8"], []])
  }

  @Test func capsFieldsAndTheirLength() throws {
    let long = String(repeating: "x", count: CSVReader.longestField + 1)
    let wide = String(repeating: ",", count: CSVReader.mostFields + 5)
    let found = try records(Array("\(long),b\n\(wide)\nc".utf8), chunk: 4_096)
    #expect(found.map { $0.problems.map(\.slug) } == [["csv-field-too-long"], ["csv-too-many-fields"], []])
    #expect(found[1].fields.count == CSVReader.mostFields)
  }

  @Test(
    "Digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func publishedDigests(text: String, digest: String) {
    // FIPS 180-4 example values of NIST.
    var whole = SHA256()
    whole.update(Array(text.utf8))
    #expect(whole.hexDigest() == digest)
    var pieces = SHA256()
    for byte in text.utf8 { pieces.update([byte]) }
    #expect(pieces.hexDigest() == digest)
    #expect(SHA256.hexDigest(of: Array(text.utf8), digits: 32) == digest.prefix(32))
  }

  @Test func digestOfAMillionLetters() {
    var digest = SHA256()
    for _ in 0..<1_000 { digest.update([UInt8](repeating: UInt8(ascii: "a"), count: 1_000)) }
    #expect(digest.hexDigest() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
