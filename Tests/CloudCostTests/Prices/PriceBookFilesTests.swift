import CloudCost
import Diagnostics
import Foundation
import Testing

/// What is imported is read back as a book, and goes over what a folder has.
@Suite struct PriceBookFilesTests {
  let scratch: ScratchFiles

  init() throws { scratch = try ScratchFiles() }

  private var folder: String { "\(scratch.path)/book" }

  private func write(_ tables: [PriceTable]) throws {
    for file in try PriceBookFiles(tables, over: folder).files {
      try scratch.write(file.text, to: "book/\(file.path)")
    }
  }

  private func book() throws -> PriceBook { try PriceBookReader().book(at: [folder], name: "book") }

  private func imported(_ list: ListText) throws -> ImportedPrices {
    try PriceListReader().read([scratch.write(list.json, to: "list.json")])
  }

  private static let facts =
    [ListedFacts.c4Large, ListedFacts.bucket, ListedFacts.requests] + ListedFacts.volumes

  @Test func booksAreReadBack() throws {
    let imported = try imported(ListText(facts: Self.facts))
    try write(imported.tables)
    let book = try book()
    #expect(book.loaded.map(\.region) == imported.tables.map(\.region))
    for (read, written) in zip(book.loaded, imported.tables) {
      #expect(Set(read.prices) == Set(written.prices))
      for name in written.classes { #expect(read.facts(of: name) == written.facts(of: name)) }
    }
  }

  /// The same list twice changes nothing, to the byte.
  @Test func twiceIsOnce() throws {
    let tables = try imported(ListText(facts: Self.facts)).tables
    try write(tables)
    let first = try PriceBookFiles(tables, over: folder).files
    try write(tables)
    #expect(try PriceBookFiles(tables, over: folder).files == first)
  }

  /// What a list does not price stays, what it prices is replaced, with its source.
  @Test func listsGoOverEachOther() throws {
    try write(try imported(ListText(facts: Self.facts)).tables)
    let dearer = ListedFact("NEW", "Compute Instance", ListedFacts.linux, per: "Hrs", "0.2")
    try write(try imported(ListText(published: "2026-05-01T00:00:00Z", facts: [dearer])).tables)
    let book = try book()
    let table = try #require(book.table(of: "ec2", in: "us-east-1"))
    let price = try #require(table.tiers(of: "instance/c4.large", purchase: .onDemand).first)
    #expect(price.amount == Decimal(string: "0.2"))
    #expect(price.origin.date == "2026-05-01")
    #expect(table.prices.count == 5)
    #expect(book.table(of: "s3", in: "us-east-1")?.prices.count == 4)
    #expect(book.table(of: "ebs", in: "eu-west-1")?.prices.count == 5)
  }

  /// Own prices are checked and copied; rows without a region take the stated one.
  @Test func ownPricesAreCopied() throws {
    let text = """
      item,unit,purchase,price,upfront,source,date
      instance/m5.large,hour,,0.09,,"our contract, 2026",2026-01-01
      instance/m5.large,hour,reserved-1y-partial-upfront,0.03,250,"our contract, 2026",2026-01-01
      """
    let path = try scratch.write(text, to: "own.csv")
    let imported = try PriceListReader(region: "eu-west-1", service: "ec2").read([path])
    try write(imported.tables)
    let table = try #require(try book().table(of: "ec2", in: "eu-west-1"))
    #expect(table.prices == imported.tables.first?.prices)
    #expect(
      table.prices.first?.origin
        == PriceOrigin(standing: .own, source: "our contract, 2026", date: "2026-01-01"))
    let missing = try #require(#expect(throws: Findings.self) { try PriceListReader().read([path]) })
    #expect(missing.diagnostics.map(\.slug) == ["missing-column", "missing-column"])
  }

  @Test func discountsAreNoBook() throws {
    let path = try scratch.write(
      "service,region,item,discount,source\nec2,*,instance/,12 %,contract\n", to: "own.csv")
    let findings = try #require(#expect(throws: Findings.self) { try PriceListReader().read([path]) })
    #expect(findings.diagnostics.map(\.slug) == ["discounts-in-a-book"])
  }

  @Test func filesAreNoFolders() throws {
    let path = try scratch.write("x", to: "file")
    #expect(throws: Findings.self) { try PriceBookFiles([], over: path) }
  }
}
