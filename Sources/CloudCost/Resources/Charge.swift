public import Diagnostics
public import FoundationEssentials

/// How much of one priced item a month of a resource takes.
public struct Charge: Sendable {
  /// How much.
  public enum Quantity: Sendable, Hashable {
    /// So much, in the charge's unit.
    case known(Decimal)
    /// It depends on use that nobody stated; the text is what would state it: `requests: {get: 1,000,000 /month}`.
    case unstated(String)
  }

  /// Who says what a unit costs.
  public enum Pricing: Sendable, Hashable {
    /// The price book.
    case listed(PriceKey)
    /// The model itself, in the model's currency.
    case stated(Decimal)
  }

  /// Which part of what people pay for: `Database instance (db.r5.2xlarge, postgres, Multi-AZ)`.
  public let label: String
  /// What a unit of it costs.
  public let pricing: Pricing
  /// How much of it a month takes.
  public let quantity: Quantity
  /// What the quantity counts: `hours`, `GB-months`. The price book must count the same.
  public let unit: String
  /// Whether it can be bought by commitment, such as hours of an instance; else it is always on demand.
  public let isCommittable: Bool
  /// The region whose price counts, when it is not the resource's.
  public let region: String?
  /// What the user wrote that decides the item, for findings about a price that is missing: an instance class.
  public let stated: Located<String>?

  /// A charge.
  public init(
    _ label: String, _ pricing: Pricing, _ quantity: Quantity, unit: String, isCommittable: Bool = false,
    region: String? = nil, stated: Located<String>? = nil
  ) {
    self.label = label
    self.pricing = pricing
    self.quantity = quantity
    self.unit = unit
    self.isCommittable = isCommittable
    self.region = region
    self.stated = stated
  }

  /// A charge for a listed item, of a known quantity or one that waits for use to be stated.
  ///
  /// - Parameter otherwise: what would state the use, when `quantity` is `nil`.
  public init(
    _ label: String, _ key: PriceKey, _ quantity: Decimal?, unit: String, otherwise: String,
    isCommittable: Bool = false, region: String? = nil, stated: Located<String>? = nil
  ) {
    self.init(
      label, .listed(key), quantity.map { .known($0) } ?? .unstated(otherwise), unit: unit,
      isCommittable: isCommittable, region: region, stated: stated)
  }
}

/// What a resource needs to know to say what it takes.
public struct ChargeContext: Sendable {
  /// The region it runs in.
  public let region: String
  /// The hours of a month that it runs.
  public let hours: Decimal
  /// How quantities are counted.
  public let conventions: CostConventions
  /// The prices, for facts about instance classes only.
  public let book: PriceBook
  /// What use was in a month of operation, from 1, as a multiple of what it is in the month that is billed.
  public let use: @Sendable (Int) -> Decimal

  /// A context.
  ///
  /// - Parameter use: 1 in every month, unless use grows.
  public init(
    region: String, hours: Decimal? = nil, conventions: CostConventions, book: PriceBook,
    use: @escaping @Sendable (Int) -> Decimal = { _ in 1 }
  ) {
    self.region = region
    self.hours = hours ?? conventions.hoursPerMonth
    self.conventions = conventions
    self.book = book
    self.use = use
  }

  /// The virtual processors of an instance class; `nil` when the book does not say.
  public func vcpu(of instanceClass: String, service: String) -> Decimal? {
    book.facts(of: instanceClass, service: service, in: region)?.vcpu
  }
}
