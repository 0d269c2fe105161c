public import Diagnostics
public import FoundationEssentials

/// Turns charges into line items by a price book, and collects what is wrong on the way.
///
/// Tiers of a month count over everything of one account: charges of the same item in the same region fill them in the
/// order in which they are priced.
public struct LinePricer {
  /// The prices.
  public let book: PriceBook
  /// How quantities are counted.
  public let conventions: CostConventions
  /// Names that no price book row could bear, such as instance classes that nobody sells.
  public private(set) var findings: [Diagnostic] = []
  private var filled: [TierKey: Decimal] = [:]

  private struct TierKey: Hashable {
    let key: PriceKey
    let region: String
    let purchase: Purchase
  }

  /// A pricer that has priced nothing yet.
  public init(book: PriceBook, conventions: CostConventions) {
    self.book = book
    self.conventions = conventions
  }

  /// The lines of a charge.
  ///
  /// - Parameters:
  ///   - count: how many times the charge is there, such as units of a component.
  ///   - mix: how it is bought, as shares that sum to 1; a charge that can not be committed is on demand.
  public mutating func lines(
    of charge: Charge, times count: Decimal, mix: [(purchase: Purchase, share: Decimal)], for place: LinePlace
  ) -> [LineItem] {
    let region = charge.region ?? place.region
    guard case .listed(let key) = charge.pricing else {
      return [statedLine(of: charge, times: count, region: region, for: place)]
    }
    let parts = charge.isCommittable ? mix : [(.onDemand, 1)]
    return parts.flatMap { part in
      listedLines(
        of: charge, key: key, times: count * part.share * place.paidHours(part.purchase, conventions),
        purchase: part.purchase, region: region, for: place)
    }
  }

  /// A line for something that can not be counted.
  public func unknownLine(_ label: String, why reason: String, for place: LinePlace) -> LineItem {
    var draft = LineDraft(
      charge: Charge(label, .stated(0), .unstated(reason), unit: ""), place: place, region: place.region)
    draft.amount = .unknown(reason)
    return draft.item
  }

  private func statedLine(
    of charge: Charge, times count: Decimal, region: String, for place: LinePlace
  ) -> LineItem {
    var draft = LineDraft(charge: charge, place: place, region: region)
    guard case .stated(let price) = charge.pricing else { return draft.item }
    draft.unitPrice = price
    draft.origin = PriceOrigin(standing: .own, source: place.source ?? "the model", date: "")
    guard case .known(let quantity) = charge.quantity else { return draft.item }
    draft.quantity = quantity * count
    draft.amount = .known(MonthlyAmount(recurring: quantity * count * price, upfront: 0, upfrontShare: 0))
    return draft.item
  }

  private mutating func listedLines(
    of charge: Charge, key: PriceKey, times count: Decimal, purchase: Purchase, region: String,
    for place: LinePlace
  ) -> [LineItem] {
    var draft = LineDraft(charge: charge, place: place, region: region)
    draft.key = key
    draft.purchase = purchase
    let tiers = book.tiers(of: key, in: region, purchase: purchase)
    if case .known(let quantity) = charge.quantity { draft.quantity = quantity * count }
    guard let first = tiers.first else {
      if case .unstated = charge.quantity, charge.stated == nil { return [draft.item] }
      draft.amount = .unknown(missing(key, charge: charge, region: region, purchase: purchase, place: place))
      return [draft.item]
    }
    guard first.unit == charge.unit else {
      draft.amount = .unknown("the book prices it per \(first.unit), and it is counted in \(charge.unit)")
      return [draft.item]
    }
    guard let quantity = draft.quantity else {
      if case .unstated(let what) = charge.quantity { draft.amount = .perUse(what) }
      draft.unitPrice = first.amount
      draft.origin = first.origin
      return [draft.item]
    }
    let start = filled[TierKey(key: key, region: region, purchase: purchase), default: 0]
    filled[TierKey(key: key, region: region, purchase: purchase)] = start + quantity
    let lines = pieces(from: start, quantity: quantity, over: tiers).map { price, part in
      priced(draft, part, at: price, isTiered: tiers.count > 1)
    }
    return lines + beyond(tiers, from: start, quantity: quantity, draft)
  }

  /// A quantity cut at the borders of the tiers.
  private func pieces(from start: Decimal, quantity: Decimal, over tiers: [Price]) -> [(Price, Decimal)] {
    guard quantity > 0, tiers.count > 1 || tiers.last?.tier.upTo != nil else {
      return tiers.prefix(1).map { ($0, quantity) }
    }
    return tiers.compactMap { price in
      let from = max(start, price.tier.from)
      let upTo = price.tier.upTo.map { min(start + quantity, $0) } ?? (start + quantity)
      return upTo > from ? (price, upTo - from) : nil
    }
  }

  /// What lies above the last tier of a book that ends somewhere: its price is not known.
  private func beyond(
    _ tiers: [Price], from start: Decimal, quantity: Decimal, _ draft: LineDraft
  ) -> [LineItem] {
    guard let end = tiers.last?.tier.upTo, start + quantity > end else { return [] }
    var line = draft
    line.quantity = start + quantity - max(start, end)
    line.tier = PriceTier(from: end, upTo: nil)
    line.amount = .unknown("\(book.name) prices it up to \(end) \(draft.charge.unit) a month")
    return [line.item]
  }

  private func priced(_ draft: LineDraft, _ quantity: Decimal, at price: Price, isTiered: Bool) -> LineItem {
    var line = draft
    line.quantity = quantity
    line.origin = price.origin
    line.tier = isTiered ? price.tier : nil
    let amount = price.amount(of: quantity, conventions: conventions)
    line.amount = .known(amount)
    line.unitPrice = price.upfront == 0 || quantity == 0 ? price.amount : amount.amortised / quantity
    return line.item
  }

  /// Why there is no price; a name that nothing bears is a finding, too.
  private mutating func missing(
    _ key: PriceKey, charge: Charge, region: String, purchase: Purchase, place: LinePlace
  ) -> String {
    guard let table = book.table(of: key.service, in: region) else {
      return "\(book.name) has no prices of \(key.service) in \(region)"
    }
    if let stated = charge.stated, !book.knowsClass(stated.value, of: key.service) {
      findings.append(.unknownClass(stated, of: key.service, in: book))
    }
    guard table.knows(key.item) else {
      return "\(book.name) has no price of \(key.item) in \(region)"
    }
    return "\(book.name) has no price of \(key.item) bought \(purchase.text) in \(region)"
  }
}

/// Where a line belongs.
public struct LinePlace: Sendable, Hashable {
  /// The resource as a path: `ledger/servers`.
  public let resource: String
  /// The component or domain that owns it.
  public let owner: String
  /// What people call the service.
  public let service: String
  /// The region of the resource.
  public let region: String
  /// The hours of a month that it runs; `nil`: all.
  public let hours: Decimal?
  /// What the model says about where its numbers come from.
  public let source: String?

  /// A place.
  public init(
    resource: String, owner: String, service: String, region: String, hours: Decimal? = nil,
    source: String? = nil
  ) {
    self.resource = resource
    self.owner = owner
    self.service = service
    self.region = region
    self.hours = hours
    self.source = source
  }

  /// Hours that are paid for each hour that it runs: a commitment is paid whether it is used or not.
  func paidHours(_ purchase: Purchase, _ conventions: CostConventions) -> Decimal {
    guard purchase.commitment != nil, let hours, hours > 0 else { return 1 }
    return conventions.hoursPerMonth / hours
  }
}

/// A line while it is being made.
private struct LineDraft {
  let charge: Charge
  let place: LinePlace
  let region: String
  var key: PriceKey?
  var purchase = Purchase.onDemand
  var quantity: Decimal?
  var unitPrice: Decimal?
  var tier: PriceTier?
  var amount: LineItem.Amount = .unknown("not priced")
  var origin: PriceOrigin?

  init(charge: Charge, place: LinePlace, region: String) {
    self.charge = charge
    self.place = place
    self.region = region
    if case .unstated(let what) = charge.quantity { amount = .perUse(what) }
  }

  var item: LineItem {
    LineItem(
      resource: place.resource, owner: place.owner, service: place.service, label: charge.label,
      region: region, key: key, purchase: purchase, quantity: quantity, unit: charge.unit,
      unitPrice: unitPrice, tier: tier, isCommittable: charge.isCommittable, amount: amount, origin: origin)
  }
}

extension Diagnostic {
  static func unknownClass(_ stated: Located<String>, of service: String, in book: PriceBook) -> Diagnostic {
    let near = nearestName(to: stated.value, among: book.classes(of: service))
    return Diagnostic(
      slug: "unknown-class", "\(book.name) knows no \(stated.value) of \(service) in any region",
      at: stated.location,
      help: near ?? "state its price in a book of your own: --prices \(book.shortName),own.csv")
  }
}
