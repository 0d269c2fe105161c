import CloudCost
import Diagnostics
import Foundation
import Testing

/// A resource that somebody else priced, and what they printed for its lines.
struct PricedExample: Sendable, CustomTestStringConvertible {
  let name: String
  let kind: String
  let stated: Stated
  let region: String
  let bought: Purchase
  /// What recurs in a month, to the cent, by what the line's label begins with.
  let lines: KeyValuePairs<String, String>

  var testDescription: String { name }

  init(
    _ name: String, _ kind: String, _ stated: KeyValuePairs<String, String>, region: String = "us-east-1",
    bought: Purchase = .onDemand, _ lines: KeyValuePairs<String, String>
  ) {
    self.name = name
    self.kind = kind
    self.stated = .map(stated.map { ($0.key, .text($0.value)) })
    self.region = region
    self.bought = bought
    self.lines = lines
  }

  /// The resource has these lines, of these amounts, and no finding.
  func check() throws {
    let priced = try PricedResource(
      try #require(ResourceCatalog.kind(named: kind)), stated, region: region, bought: bought,
      book: try DatabasePrices.book(region))
    #expect(priced.findings.isEmpty)
    for (label, printed) in lines {
      let expected = try #require(Decimal(string: printed))
      let amount = priced.monthly(label, recurringOnly: true)
      #expect(equalToTheCent(amount, expected), "\(name), \(label): \(amount as Any), printed \(printed)")
    }
  }
}

/// The prices of databases, caches, search and brokers, read once for a region.
enum DatabasePrices {
  static let services = ["rds", "aurora", "elasticache", "opensearch", "mq", "msk"]
  private static let usEast1 = Result { try ShippedBook.book(services, region: "us-east-1") }
  private static let euWest1 = Result { try ShippedBook.book(services, region: "eu-west-1") }
  private static let euCentral1 = Result { try ShippedBook.book(services, region: "eu-central-1") }

  static func book(_ region: String) throws -> PriceBook {
    switch region {
    case "us-east-1": try usEast1.get()
    case "eu-west-1": try euWest1.get()
    default: try euCentral1.get()
    }
  }

  /// A resource in us-east-1 by its kind's key.
  static func priced(
    _ kind: String, _ stated: Stated, hours: Decimal? = nil, bought: Purchase = .onDemand,
    count: Decimal = 1
  ) throws -> PricedResource {
    try PricedResource(
      try #require(ResourceCatalog.kind(named: kind)), stated, hours: hours, bought: bought, count: count,
      book: try book("us-east-1"))
  }
}
