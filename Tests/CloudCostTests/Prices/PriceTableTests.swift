import CloudCost
import Diagnostics
import Foundation
import Testing

/// Tables that are wrong are refused with the place of everything that is wrong.
@Suite struct PriceTableTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  struct Wrong: CustomTestStringConvertible {
    let rows: String
    /// Slugs with the line of each.
    let findings: [String]
    var testDescription: String { "\(findings) \(rows)" }
  }

  private static let header = "item,unit,purchase,from,to,price,upfront,source\n"

  static let wrong = [
    Wrong(rows: "a,hour,,,,-1,,list", findings: ["bad-price:2"]),
    Wrong(rows: "a,hour,,,,NaN,,list", findings: ["bad-price:2"]),
    Wrong(rows: "a,hour,,,,inf,,list", findings: ["bad-price:2"]),
    Wrong(rows: "a,hour,,,,1e400,,list", findings: ["bad-price:2"]),
    Wrong(rows: "a,hour,,,,99999999999999999999999,,list", findings: ["bad-price:2"]),
    Wrong(rows: "a,hour,,,,0.1.2,,list", findings: ["bad-price:2"]),
    Wrong(rows: "a,hour,,,,,,list", findings: ["incomplete-price:2"]),
    Wrong(rows: ",hour,,,,1,,list", findings: ["incomplete-price:2"]),
    Wrong(rows: "a,,,,,1,,list", findings: ["incomplete-price:2"]),
    Wrong(rows: "a,hour,reserved-2y-no-upfront,,,1,,list", findings: ["unknown-purchase:2"]),
    Wrong(rows: "a,hour,,,,1,5,list", findings: ["upfront-without-commitment:2"]),
    Wrong(rows: "a,hour,,,,1,,list\na,hour,,,,1,,list", findings: ["price-twice:3"]),
    Wrong(rows: "a,hour,,,,1,,list\na,hour,on-demand,,,2,,list", findings: ["price-twice:3"]),
    Wrong(rows: "a,GB,,0,10,1,,list\na,GB,,5,,2,,list", findings: ["tier-overlap:3"]),
    Wrong(rows: "a,GB,,0,,1,,list\na,GB,,5,,2,,list", findings: ["tier-overlap:3"]),
    Wrong(rows: "a,GB,,0,10,1,,list\na,GB,,11,,2,,list", findings: ["tier-gap:3"]),
    Wrong(rows: "a,GB,,10,20,1,,list\na,GB,,20,,2,,list", findings: ["tier-gap:2"]),
    Wrong(rows: "a,GB,,0,10,1,,list", findings: ["tier-gap:2"]),
    Wrong(
      rows: "a,GB,,10,10,1,,list\na,GB,,0,10,1,,list\na,GB,,10,,1,,list",
      findings: ["empty-tier:2", "price-twice:4"]),
    Wrong(rows: "a,GB,,0,10,1,,list\na,TB,,10,,2,,list", findings: ["different-units:3"]),
    Wrong(rows: "a,hour,,,,1,,list\nb,hour,,,,\"1", findings: ["csv-unclosed-quote:3"]),
    Wrong(rows: "a,ho\"ur,,,,1,,list", findings: ["csv-stray-quote:2"]),
    Wrong(
      rows: "a,hour,,,,-1,,list\nb,hour,never,,,1,,list\nc,hour,,,,x,,list",
      findings: ["bad-price:2", "unknown-purchase:3", "bad-price:4"]),
  ]

  private func read(
    _ text: String, sources: String = "name,standing,source,date\nlist,published,a list,2026-01-01\n"
  )
    throws -> PriceBook
  {
    try scratch.write(sources, to: "book/sources.csv")
    try scratch.write(text, to: "book/r/s.csv")
    return try PriceBookReader().book(at: ["\(scratch.path)/book"], name: "book")
  }

  @Test(arguments: wrong) func isRefused(_ wrong: Wrong) throws {
    let findings = try #require(#expect(throws: Findings.self) { try read(Self.header + wrong.rows + "\n") })
    #expect(findings.diagnostics.map { "\($0.slug):\($0.location?.line ?? 0)" } == wrong.findings)
  }

  @Test(arguments: ["item,unit", "item,price", "unit,price"]) func missingColumnsAreNamed(_ header: String)
    throws
  {
    let findings = try #require(#expect(throws: Findings.self) { try read("\(header),source\na,b,list\n") })
    #expect(findings.diagnostics.map(\.slug) == ["missing-column"])
  }

  @Test func strangeColumnsAreNamed() throws {
    let findings = try #require(
      #expect(throws: Findings.self) { try read("item,unit,prise,price\na,b,1,2\n") })
    #expect(findings.diagnostics.map(\.slug) == ["unknown-column"])
    #expect(findings.diagnostics.first?.help == "price")
  }

  @Test(arguments: ["a,published,x", "a,sure,x,2026-01-01", "list,published,x,\nlist,own,y,"])
  func sourcesAreChecked(_ row: String) throws {
    let findings = try #require(
      #expect(throws: Findings.self) {
        try read(Self.header, sources: "name,standing,source,date\n\(row)\n")
      })
    #expect(findings.diagnostics.map(\.slug) == ["bad-record"])
  }

  /// Quotes, a mark of byte order, line ends of Windows, no line end at the end: all the same table.
  @Test(
    arguments: [
      "a,hour,,,,0.10,,list\nb,GB,,0,1e3,2,,list\nb,GB,,1000,,1,,list\n",
      "\u{FEFF}", "\r\n", "quoted", "cut",
    ])
  func shapesDoNotMatter(_ shape: String) throws {
    let rows = "a,hour,,,,0.10,,list\nb,GB,,0,1000,2,,list\nb,GB,,1000,,1,,list\n"
    let plain = Self.header + rows
    let text =
      switch shape {
      case "\u{FEFF}": shape + plain
      case "\r\n": plain.replacing("\n", with: "\r\n")
      case "quoted": plain.replacing("hour", with: "\"hour\"").replacing("b,", with: "\"b\",")
      case "cut": String(plain.dropLast())
      default: Self.header + shape
      }
    let expected = try read(plain).loaded.flatMap(\.prices)
    #expect(try read(text).loaded.flatMap(\.prices) == expected)
    #expect(
      expected.map { "\($0.key.item) \($0.tier.from) \($0.amount)" } == ["a 0 0.1", "b 0 2", "b 1000 1"])
  }

  /// Both ways to read a table give the same, to the last digit: one is forced by a source that no name stands for.
  @Test(arguments: [
    "0", "0.0000000001", "12345678901.123456789", "0.1000000000", "100", "1000000000000", "00.5",
    "0.123456789012345678",
    "0.12345678901234567890123", "1e3", "1,000.5",
  ])
  func numbersAreExact(_ number: String) throws {
    let field = number.contains(",") ? "\"\(number)\"" : number
    let quick = try read(Self.header + "a,hour,,,,\(field),,list\n").loaded.flatMap(\.prices)
    let slow = try read(Self.header + "a,hour,,,,\(field),,elsewhere\n").loaded.flatMap(\.prices)
    #expect(quick.map(\.amount) == slow.map(\.amount))
    #expect(quick.map { "\($0.amount)" } == slow.map { "\($0.amount)" })
    #expect(quick.first?.amount == Decimal(string: number.replacing(",", with: "")))
  }
}
