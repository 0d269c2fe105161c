internal import FoundationEssentials

/// Takes prices from the lists of a provider: what each product is to us, what it costs, and what was left out and why.
struct PriceCollector {
  /// What to take of the lists.
  struct Selection {
    /// The only region; `nil`: all.
    var region: String?
    /// The only service of ours; `nil`: all.
    var service: String?
  }

  /// Where a product leads: to an item, or to a reason for not taking it.
  typealias Code = Int32

  let selection: Selection
  private(set) var items: [CollectedItem] = []
  private(set) var tally = ImportTally()
  /// By the item and the way of buying it.
  private(set) var rows: [RowKey: [CollectedRow]] = [:]
  private var codes: [SKU: Code] = [:]
  private var places: [ItemPlace: Int] = [:]

  private struct ItemPlace: Hashable {
    let item: ListedItem
    let region: String
  }

  struct RowKey: Hashable {
    let item: Int
    /// The place in ``Purchase/all``.
    let purchase: Int
  }

  init(_ selection: Selection) { self.selection = selection }

  /// Where a product leads that has been seen.
  func code(of sku: SKU) -> Code? { codes[sku] }

  /// Finds out where a product leads, and remembers it.
  mutating func place(_ sku: SKU, _ attributes: ProductAttributes, offer: String) -> Code {
    let code = place(attributes, offer: offer)
    codes[sku] = code
    return code
  }

  /// Finds out where a product leads.
  mutating func place(_ attributes: ProductAttributes, offer: String) -> Code {
    switch ProductMapping.product(attributes, offer: offer) {
    case .leftOut(let reason): return tally.code(of: .leftOut(reason))
    case .unknown: return tally.code(of: .unknown(attributes[.productFamily]))
    case .item(let item):
      guard let region = region(of: attributes) else { return tally.code(of: .leftOut("of no region")) }
      if let wanted = selection.region, region != wanted { return tally.code(of: .leftOut("other regions")) }
      if let service = selection.service, item.service != service {
        return tally.code(of: .leftOut("other services"))
      }
      return Code(index(of: item, in: region, attributes))
    }
  }

  private func region(of attributes: ProductAttributes) -> String? {
    if let region = attributes.region { return region }
    let code = attributes[.fromRegionCode]
    return code.isEmpty ? ListedRegion.code(ofLocation: attributes[.fromLocation]) : code
  }

  private mutating func index(of item: ListedItem, in region: String, _ attributes: ProductAttributes) -> Int
  {
    let place = ItemPlace(item: item, region: region)
    if let index = places[place] { return index }
    places[place] = items.count
    items.append(CollectedItem(item: item, region: region, facts: InstanceFacts(attributes)))
    return items.count - 1
  }

  /// The code of prices whose product the list does not describe.
  var undescribed: Code {
    mutating get { tally.code(of: .leftOut("of products that the list does not describe")) }
  }

  /// The code of prices by terms that are no longer sold.
  var pastTerms: Code { mutating get { tally.code(of: .leftOut("terms of the past")) } }

  /// The code of prices of regions that nobody asked for.
  var otherRegions: Code { mutating get { tally.code(of: .leftOut("other regions")) } }

  /// The number under which prices cite that they are computed from a list.
  func derived(from source: Int) -> Int { source | 1 }

  /// Counts prices that are not taken.
  mutating func skip(_ code: Code, prices: Int) { tally.add(prices, to: code) }

  /// Counts a price that is not taken.
  mutating func skip(_ reason: ImportTally.Reason) { tally.add(1, to: tally.code(of: reason)) }

  /// Takes back prices that turn out to make none.
  mutating func drop(_ prices: Int, because reason: Unresolved) {
    tally.taken -= prices
    tally.add(prices, to: tally.code(of: .leftOut(reason.rawValue)))
  }

  /// Takes prices of an offer; what can not be taken is counted.
  ///
  /// - Parameter effective: the day from which they hold, as a number.
  mutating func add(
    _ prices: [ListedPrice], of code: Code, sku: SKU, purchase: Purchase, effective: Int, source: Int
  ) {
    let index = Int(code)
    for price in prices {
      guard let amount = price.amount else {
        skip(.leftOut("in another currency, or no number of 0 or more"))
        continue
      }
      var row = CollectedRow(sku: sku, effective: effective, source: source)
      if price.isUpfront {
        row.upfront = amount
      } else {
        guard let count = items[index].count(of: price.unit) else {
          skip(.leftOut("counted in \(price.unit), and not in \(items[index].item.unit)"))
          continue
        }
        row.amount = amount * count
        row.from = price.from / count
        row.upTo = price.upTo.map { $0 / count }
        row.upfront = price.upfront
      }
      tally.taken += 1
      rows[RowKey(item: index, purchase: purchase.rank), default: []].append(row)
    }
  }
}

/// An item in a region, of which a list states prices.
struct CollectedItem {
  let item: ListedItem
  let region: String
  let facts: InstanceFacts?
  /// The unit that the list counted in last, and what one of ours is in it.
  private var seen: (unit: String, count: Decimal?) = ("", nil)

  init(item: ListedItem, region: String, facts: InstanceFacts?) {
    self.item = item
    self.region = region
    self.facts = facts
  }

  /// How many of the list's units one of the item's is.
  mutating func count(of unit: String) -> Decimal? {
    if seen.unit != unit { seen = (unit, ListedUnit.count(of: item.unit, in: unit)) }
    return seen.count
  }
}

/// A price, or a part of one, as a list states it for one of its products.
struct CollectedRow {
  let sku: SKU
  let effective: Int
  let source: Int
  var from: Decimal = 0
  var upTo: Decimal?
  var amount: Decimal?
  var upfront: Decimal?

  init(sku: SKU, effective: Int, source: Int) {
    self.sku = sku
    self.effective = effective
    self.source = source
  }
}

extension InstanceFacts {
  /// What a product states of its processors and memory: `8`, `61 GiB`.
  init?(_ attributes: ProductAttributes) {
    let memory = attributes[.memory].replacing(",", with: "")
    guard let vcpu = Decimal(string: attributes[.vcpu]), vcpu > 0, memory.hasSuffix(" GiB"),
      let size = Decimal(string: String(memory.dropLast(4))), size > 0
    else { return nil }
    self.init(vcpu: vcpu, memoryGiB: size)
  }
}
