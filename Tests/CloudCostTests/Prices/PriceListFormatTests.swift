import CloudCost
import Diagnostics
import Foundation
import Testing

/// Files that are no lists, or damaged ones, are told apart with a remedy.
@Suite struct PriceListFormatTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  struct Wrong: CustomTestStringConvertible {
    let name: String
    let text: String
    let slug: String
    var line: Int?
    var testDescription: String { name }
  }

  static let list = ListText(facts: [ListedFacts.c4Large])

  static let wrong: [Wrong] = [
    Wrong(name: "empty.json", text: "", slug: "empty-file", line: 1),
    Wrong(name: "blank.csv", text: "\n \n", slug: "empty-file"),
    Wrong(
      name: "page.json", text: "<Error><Code>AccessDenied</Code></Error>", slug: "not-a-price-list", line: 1),
    Wrong(name: "list.json", text: "[1, 2]", slug: "not-a-price-list", line: 1),
    Wrong(name: "text.csv", text: "hello\nworld\n", slug: "not-a-price-list"),
    Wrong(
      name: "regions.json", text: "{\n\"publicationDate\": \"2026-01-16\",\n\"regions\": {}}",
      slug: "price-list-index",
      line: 3),
    Wrong(name: "offers.json", text: "{\"offers\": {\"AmazonEC2\": {}}}", slug: "price-list-index", line: 1),
    Wrong(name: "model.json", text: "{\"a\": 1}", slug: "not-a-price-list"),
    Wrong(name: "noterms.json", text: "{\"products\": {}}", slug: "not-a-price-list"),
    Wrong(name: "comma.json", text: "{\"products\": {} \"terms\": {}}", slug: "json-syntax", line: 1),
    Wrong(name: "after.json", text: "{\"products\": {}, \"terms\": {}} x", slug: "json-syntax", line: 1),
    Wrong(name: "shape.json", text: "{\"products\":\n{\"A\": [1]}}", slug: "json-syntax", line: 2),
    Wrong(name: "brackets.json", text: "{\"x\": {\"a\": [1}}\n}", slug: "json-syntax", line: 1),
    Wrong(
      name: "deep.json", text: "{\"x\": " + String(repeating: "[", count: 100), slug: "json-too-deep", line: 1
    ),
    Wrong(
      name: "quote.csv", text: list.csv() + "\"A\",\"B", slug: "csv-syntax", line: 15),
    Wrong(name: "short.csv", text: list.csv() + "\"A\",\"B\"\n", slug: "truncated-list", line: 15),
    Wrong(
      name: "undated.json", text: ListText(published: nil, facts: [ListedFacts.c4Large]).json,
      slug: "undated-list"),
  ]

  @Test(arguments: wrong) func isRefused(_ wrong: Wrong) throws {
    let path = try scratch.write(wrong.text, to: wrong.name)
    let findings = try #require(#expect(throws: Findings.self) { try PriceListReader().read([path]) })
    #expect(findings.diagnostics.map(\.slug) == [wrong.slug])
    #expect(findings.diagnostics.first?.help != nil)
    if let line = wrong.line { #expect(findings.diagnostics.first?.location?.line == line) }
  }

  /// All columns that are missing are named at once.
  @Test(arguments: ["PricePerUnit", "TermType", "Unit", "Currency", "Product Family"])
  func missingColumnsAreNamed(_ column: String) throws {
    let path = try scratch.write(Self.list.csv(leavingOut: column), to: "list.csv")
    let findings = try #require(#expect(throws: Findings.self) { try PriceListReader().read([path]) })
    #expect(findings.diagnostics.map(\.slug) == ["missing-column"])
    #expect(findings.diagnostics.first?.message.contains(column) == true)
    #expect(findings.diagnostics.first?.location?.line == 6)
  }

  @Test func packedFilesAreNamed() throws {
    for bytes: [UInt8] in [[0x1F, 0x8B, 8, 0, 0, 0], [0x50, 0x4B, 3, 4, 0, 0]] {
      let path = try scratch.write(Data(bytes), to: "packed")
      let findings = try #require(#expect(throws: Findings.self) { try PriceListReader().read([path]) })
      #expect(findings.diagnostics.map(\.slug) == ["not-a-price-list"])
      #expect(findings.diagnostics.first?.message.contains("packed") == true)
    }
  }

  @Test func filesThatAreNotThereAreNamed() throws {
    let missing = try #require(
      #expect(throws: Findings.self) { try PriceListReader().read(["/nowhere/x.json"]) })
    #expect(missing.diagnostics.map(\.slug) == ["file-missing"])
    let folder = try #require(#expect(throws: Findings.self) { try PriceListReader().read([scratch.path]) })
    #expect(folder.diagnostics.map(\.slug) == ["file-unreadable"])
  }

  /// A mark of byte order and Windows line ends change nothing.
  @Test func marksAndLineEndsDoNotMatter() throws {
    let plain = try PriceListReader().read([scratch.write(Self.list.csv(), to: "a.csv")])
    let marked = "\u{FEFF}" + Self.list.csv().replacing("\n", with: "\r\n")
    let other = try PriceListReader().read([scratch.write(marked, to: "b.csv")])
    #expect(PriceBookText.of(plain) == PriceBookText.of(other))
    let json = try PriceListReader().read([scratch.write("\u{FEFF}" + Self.list.json, to: "c.json")])
    #expect(PriceBookText.of(plain) == PriceBookText.of(json))
  }

  /// Texts mean what RFC 8259 says, also where they are escaped.
  @Test func escapesAreRead() throws {
    let text = Self.list.json.replacing("c4.large", with: "c4\\u002elarge").replacing(
      "Shared", with: "\\u0053hared")
    let escaped = try PriceListReader().read([scratch.write(text, to: "a.json")])
    let plain = try PriceListReader().read([scratch.write(Self.list.json, to: "b.json")])
    #expect(PriceBookText.of(plain) == PriceBookText.of(escaped))
  }

  @Test func datesMayBeStated() throws {
    let path = try scratch.write(ListText(published: nil, facts: [ListedFacts.c4Large]).json, to: "a.json")
    let imported = try PriceListReader(date: "2026-05-06").read([path])
    #expect(imported.lists.map(\.date) == ["2026-05-06"])
    #expect(throws: Findings.self) { try PriceListReader(date: "6.5.2026").read([path]) }
  }
}
