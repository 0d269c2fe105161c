internal import FoundationEssentials

/// The prices of one service in one region.
public struct PriceTable: Sendable {
  /// The service, as in ``PriceKey/service``.
  public let service: String
  /// The region's code.
  public let region: String
  /// The rows, tiers in ascending order.
  public let prices: [Price]
  private let places: [Name: [Int]]
  private let facts: [String: InstanceFacts]

  private struct Name: Hashable {
    let item: String
    let purchase: Purchase
  }

  /// A table of rows that are all of this service and region.
  ///
  /// - Parameter facts: by instance class, as it is written in items: `m5.2xlarge`.
  public init(service: String, region: String, prices: [Price], facts: [String: InstanceFacts] = [:]) {
    self.service = service
    self.region = region
    let isTiered = prices.contains { $0.tier.from != 0 }
    self.prices = isTiered ? prices.sorted { $0.tier.from < $1.tier.from } : prices
    self.facts = facts
    var places: [Name: [Int]] = [:]
    places.reserveCapacity(prices.count)
    for (index, price) in self.prices.enumerated() {
      places[Name(item: price.key.item, purchase: price.purchase), default: []].append(index)
    }
    self.places = places
  }

  /// The tiers of an item bought in one way, in ascending order; empty when the table has none.
  public func tiers(of item: String, purchase: Purchase) -> [Price] {
    places[Name(item: item, purchase: purchase), default: []].map { prices[$0] }
  }

  /// Whether the table prices an item in any way.
  public func knows(_ item: String) -> Bool {
    Purchase.all.contains { places[Name(item: item, purchase: $0)] != nil }
  }

  /// What an instance class has; `nil` when the table does not say.
  public func facts(of instanceClass: String) -> InstanceFacts? { facts[instanceClass] }

  /// The instance classes that the table has facts about, in no order that means anything.
  public var classes: some Collection<String> { facts.keys }

  /// This table with the rows of another put over it: equal items, ways of buying and tiers are replaced.
  public func overlaid(with other: PriceTable) -> PriceTable {
    let replaced = Set(other.prices.map { Name(item: $0.key.item, purchase: $0.purchase) })
    let kept = prices.filter { !replaced.contains(Name(item: $0.key.item, purchase: $0.purchase)) }
    return PriceTable(
      service: service, region: region, prices: kept + other.prices,
      facts: facts.merging(other.facts) { _, new in new })
  }

  /// Rows of any service and region as one table for each.
  static func tables(of prices: [Price]) -> [PriceTable] {
    let places = Dictionary(grouping: prices) {
      PriceBookReader.Wanted(service: $0.key.service, region: $0.region)
    }
    return places.sorted { ($0.key.service, $0.key.region) < ($1.key.service, $1.key.region) }
      .map { PriceTable(service: $0.key.service, region: $0.key.region, prices: $0.value) }
  }
}
