public import FoundationEssentials

/// Dated prices of services in regions: what `--prices` names.
///
/// A book holds the tables that were asked for; it never falls back to another region, another way of buying, or 0.
public struct PriceBook: Sendable {
  /// What it is called: `aws 2026-11-22`.
  public let name: String
  /// The ISO 4217 code that its amounts are in.
  public let currency: String
  /// The regions that it has any table of, sorted.
  public let regions: [String]
  /// Negotiated discounts, in the order stated; the last that fits counts.
  public let discounts: [PriceDiscount]
  private let tables: [TableName: PriceTable]

  private struct TableName: Hashable {
    let service: String
    let region: String
  }

  /// A book of tables.
  ///
  /// - Parameter regions: the regions that the book has, also of tables that were not loaded.
  public init(
    name: String, currency: String = "USD", tables: [PriceTable], regions: [String] = [],
    discounts: [PriceDiscount] = []
  ) {
    self.name = name
    self.currency = currency
    self.discounts = discounts
    self.regions = Set(regions + tables.map(\.region)).sorted()
    self.tables = Dictionary(
      tables.map { (TableName(service: $0.service, region: $0.region), $0) },
      uniquingKeysWith: { $0.overlaid(with: $1) })
  }

  /// The prices of a service in a region; `nil` when the book has none or they were not loaded.
  public func table(of service: String, in region: String) -> PriceTable? {
    tables[TableName(service: service, region: region)]
  }

  /// The tables that are loaded, by service and region.
  public var loaded: [PriceTable] {
    tables.values.sorted { ($0.service, $0.region) < ($1.service, $1.region) }
  }

  /// The tiers of an item, discounts taken off; empty when the book does not price it so.
  public func tiers(of key: PriceKey, in region: String, purchase: Purchase) -> [Price] {
    let listed = table(of: key.service, in: region)?.tiers(of: key.item, purchase: purchase) ?? []
    return listed.map(discounted)
  }

  /// A price of a table with the discount that is agreed on it.
  public func discounted(_ price: Price) -> Price {
    discounts.last { $0.covers(price) }?.applied(to: price) ?? price
  }

  /// What an instance class of a service has; `nil` when no loaded table of the region says.
  public func facts(of instanceClass: String, service: String, in region: String) -> InstanceFacts? {
    table(of: service, in: region)?.facts(of: instanceClass)
  }
}

/// A negotiated discount on list prices.
public struct PriceDiscount: Sendable, Hashable {
  /// The service it is on; `nil`: all.
  public let service: String?
  /// The region it is in; `nil`: all.
  public let region: String?
  /// What an item begins with to be covered; empty: all.
  public let itemPrefix: String
  /// The way of buying it is on; `nil`: all.
  public let purchase: Purchase?
  /// The share taken off, 0 to 1.
  public let share: Decimal
  /// Where it is agreed.
  public let source: String

  /// A discount.
  public init(
    service: String?, region: String?, itemPrefix: String, purchase: Purchase?, share: Decimal,
    source: String
  ) {
    self.service = service
    self.region = region
    self.itemPrefix = itemPrefix
    self.purchase = purchase
    self.share = share
    self.source = source
  }

  func covers(_ price: Price) -> Bool {
    (service == nil || service == price.key.service) && (region == nil || region == price.region)
      && price.key.item.hasPrefix(itemPrefix) && (purchase == nil || purchase == price.purchase)
  }

  func applied(to price: Price) -> Price {
    Price(
      key: price.key, region: price.region, purchase: price.purchase, unit: price.unit, tier: price.tier,
      amount: price.amount * (1 - share), upfront: price.upfront * (1 - share),
      origin: PriceOrigin(
        standing: .own, source: "\(source), on \(price.origin.source)", date: price.origin.date))
  }
}

extension PriceBook {
  /// The name without the date, as `--prices` takes it.
  public var shortName: String { String(name.prefix { $0 != " " }) }

  /// Whether any loaded table of a service has something of this name: an instance class, a storage type.
  func knowsClass(_ name: String, of service: String) -> Bool {
    loaded.contains { table in
      table.service == service
        && (table.facts(of: name) != nil
          || table.prices.contains { $0.key.item.split(separator: "/").contains(Substring(name)) })
    }
  }

  /// The names of the instance classes of a service, sorted.
  func classes(of service: String) -> [String] {
    Set(loaded.filter { $0.service == service }.flatMap { Array($0.classes) }).sorted()
  }
}
