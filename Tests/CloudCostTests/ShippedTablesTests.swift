import CloudCost
import Foundation
import Testing

/// What holds of every table of the shipped price book.
@Suite struct ShippedTablesTests {
  private struct Name: Hashable {
    let key: PriceKey
    let purchase: Purchase
  }

  private static let tables = Result {
    try PriceBookReader().book(at: [ShippedBook.folder], name: "aws 2026-11-22").loaded
  }

  /// Tiers begin at 0, meet, and the last has no end, so that no part of a quantity is without a price.
  @Test func tiersCoverEveryQuantity() throws {
    var broken: [String] = []
    for table in try Self.tables.get() {
      let names = Set(table.prices.map { Name(key: $0.key, purchase: $0.purchase) })
      for name in names {
        let tiers = table.tiers(of: name.key.item, purchase: name.purchase).map { $0.tier }
        let ends: [Decimal?] = [0] + tiers.map { $0.upTo }
        let isWhole = zip(ends, tiers).allSatisfy { $0 == $1.from } && tiers.last?.upTo == nil
        if !isWhole { broken.append("\(table.region) \(name.key) \(name.purchase.text)") }
      }
    }
    #expect(broken.sorted() == [])
  }

  /// One item has one unit, however it is bought and in whichever tier.
  @Test func itemsHaveOneUnit() throws {
    var broken: Set<String> = []
    for table in try Self.tables.get() {
      var units: [String: String] = [:]
      for price in table.prices {
        let unit = units[price.key.item] ?? price.unit
        units[price.key.item] = unit
        if unit != price.unit { broken.insert("\(table.region) \(price.key)") }
      }
    }
    #expect(broken.sorted() == [])
  }

  /// Every price cites a source that the book describes; none is somebody's own.
  @Test func everyPriceHasASource() throws {
    let unsourced = try Self.tables.get().flatMap { table in
      table.prices.filter { $0.origin.standing == .own || $0.origin.source.isEmpty }
        .map { "\(table.region) \($0.key)" }
    }
    #expect(unsourced == [])
  }
}
