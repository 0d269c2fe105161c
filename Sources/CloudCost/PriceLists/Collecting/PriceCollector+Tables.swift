internal import FoundationEssentials

/// The price of an item bought in one way: its tiers, all of them or none.
struct ResolvedPrice: Hashable {
  struct Tier: Hashable {
    let from: Decimal
    let upTo: Decimal?
    let amount: Decimal
  }

  let tiers: [Tier]
  let upfront: Decimal
}

/// Why the rows of a list do not make a price.
enum Unresolved: String, Error {
  case ambiguous = "products of one name and different prices"
  case gaps = "tiers that leave gaps"
  case incomplete = "commitments without a price by the hour"
  case free = "prices of 0 for what is not free"
}

extension PriceCollector {
  /// What was taken, as tables.
  ///
  /// Products that we give the same name must cost the same; what is priced in two ways is left out and named.
  ///
  /// - Parameters:
  ///   - origins: where prices come from, by the number that they cite.
  ///   - day: the day of the lists, as a number; prices that hold from a later day do not count.
  mutating func tables(origins: [PriceOrigin], day: Int) -> (tables: [PriceTable], ambiguous: [String]) {
    var prices: [TablePlace: [Price]] = [:]
    var facts: [TablePlace: [String: InstanceFacts]] = [:]
    var ambiguous: [String] = []
    for key in sortedKeys {
      let listed = rows[key] ?? []
      let item = items[key.item]
      let purchase = Purchase.all[key.purchase]
      let place = TablePlace(service: item.item.service, region: item.region)
      do throws(Unresolved) {
        let resolved = try resolve(listed, day: day, purchase: purchase, unit: item.item.unit)
        let origin = origins[listed[0].source]
        prices[place, default: []] += resolved.prices(of: item, purchase: purchase, origin: origin)
        if let name = item.item.instanceClass, let fact = item.facts {
          facts[place, default: [:]][name] = fact
        }
      } catch {
        drop(listed.count, because: error)
        if error == .ambiguous {
          ambiguous.append("\(item.item.service)/\(item.item.item) \(purchase.text) in \(item.region)")
        }
      }
    }
    let tables = prices.sorted { ($0.key.service, $0.key.region) < ($1.key.service, $1.key.region) }
      .map { place, rows in
        PriceTable(service: place.service, region: place.region, prices: rows, facts: facts[place] ?? [:])
      }
    return (tables, ambiguous)
  }

  private struct TablePlace: Hashable {
    let service: String
    let region: String
  }

  private var sortedKeys: [RowKey] {
    rows.keys.sorted { ($0.item, $0.purchase) < ($1.item, $1.purchase) }
  }

  private func resolve(
    _ rows: [CollectedRow], day: Int, purchase: Purchase, unit: String
  ) throws(Unresolved) -> ResolvedPrice {
    if rows.allSatisfy({ $0.sku == rows[0].sku }) {
      return try ResolvedPrice(Self.current(rows, on: day), purchase: purchase, unit: unit)
    }
    let bySKU = Dictionary(grouping: rows, by: \.sku)
    var resolved: Set<ResolvedPrice> = []
    for rows in bySKU.values {
      resolved.insert(try ResolvedPrice(Self.current(rows, on: day), purchase: purchase, unit: unit))
    }
    guard let only = resolved.first, resolved.count == 1 else { throw .ambiguous }
    return only
  }

  /// The rows that hold on a day: of the latest that have begun, or of the earliest when none has.
  private static func current(_ rows: [CollectedRow], on day: Int) -> [CollectedRow] {
    let days = rows.map(\.effective)
    let begun = days.filter { $0 <= day }
    guard let wanted = begun.max() ?? days.min() else { return [] }
    return rows.filter { $0.effective == wanted }
  }
}

extension ResolvedPrice {
  fileprivate init(_ rows: [CollectedRow], purchase: Purchase, unit: String) throws(Unresolved) {
    let upfronts = Set(rows.compactMap(\.upfront))
    guard upfronts.count <= 1 else { throw .ambiguous }
    upfront = upfronts.first ?? 0
    var tiers = Set(
      rows.compactMap { row in row.amount.map { Tier(from: row.from, upTo: row.upTo, amount: $0) } }
    ).sorted { $0.from < $1.from }
    if tiers.isEmpty {
      guard purchase.commitment?.upfront == .all else { throw .incomplete }
      tiers = [Tier(from: 0, upTo: nil, amount: 0)]
    }
    self.tiers = tiers
    try Self.check(tiers)
    if tiers.count == 1, tiers[0].amount == 0, upfront == 0, unit.hasSuffix("hour") { throw .free }
  }

  /// Tiers follow each other from 0 to no end.
  private static func check(_ tiers: [Tier]) throws(Unresolved) {
    for (tier, next) in zip(tiers, tiers.dropFirst()) {
      if tier.from == next.from { throw .ambiguous }
      guard tier.upTo == next.from else { throw .gaps }
    }
    guard tiers.first?.from == 0, tiers.last?.upTo == nil else { throw .gaps }
  }

  fileprivate func prices(of item: CollectedItem, purchase: Purchase, origin: PriceOrigin) -> [Price] {
    tiers.map { tier in
      Price(
        key: PriceKey(item.item.service, item.item.item), region: item.region, purchase: purchase,
        unit: item.item.unit, tier: PriceTier(from: tier.from, upTo: tier.upTo), amount: tier.amount,
        upfront: upfront, origin: origin)
    }
  }
}
