public import FoundationEssentials

/// What a bill says, summed over its rows.
public struct FocusBill: Sendable {
  /// In order of month, currency, service, region, resource and tag.
  public let charges: [FocusCharge]

  /// A bill.
  public init(charges: [FocusCharge]) { self.charges = charges }

  /// The months, in order.
  public var months: [BillingMonth] { Set(charges.map(\.key.month)).sorted() }

  /// The currencies, in order; amounts of different ones are never added.
  public var currencies: [String] { Set(charges.map(\.key.currency)).sorted() }

  /// How many rows were read.
  public var rows: Int { charges.map(\.amounts.rows).reduce(0, +) }

  /// The charges of a month in a currency.
  public func charges(of month: BillingMonth, in currency: String) -> [FocusCharge] {
    charges.filter { $0.key.month == month && $0.key.currency == currency }
  }

  /// Sums by what charges have in common, sorted by it.
  public func sums<Key: Hashable & Comparable>(
    by key: (FocusCharge.Key) -> Key
  ) -> [(key: Key, amounts: FocusCharge.Amounts)] {
    var sums: [Key: FocusCharge.Amounts] = [:]
    for charge in charges { sums[key(charge.key), default: .init()].add(charge.amounts) }
    return sums.sorted { $0.key < $1.key }.map { (key: $0.key, amounts: $0.value) }
  }
}

/// What one resource cost in one month.
public struct FocusCharge: Sendable, Hashable {
  /// What is told apart; empty where the bill says nothing.
  public struct Key: Sendable, Hashable, Comparable {
    /// The month of the bill.
    public let month: BillingMonth
    /// The currency of the bill.
    public let currency: String
    /// The service, as the bill calls it.
    public let service: String
    /// The region's code.
    public let region: String
    /// The resource, as the provider names it.
    public let resource: String
    /// The value of the tag that was asked for.
    public let tag: String

    /// What is told apart.
    public init(
      month: BillingMonth, currency: String, service: String, region: String, resource: String, tag: String
    ) {
      self.month = month
      self.currency = currency
      self.service = service
      self.region = region
      self.resource = resource
      self.tag = tag
    }

    /// In order of month, currency, service, region, resource, tag.
    public static func < (left: Key, right: Key) -> Bool {
      if left.month != right.month { return left.month < right.month }
      return [left.currency, left.service, left.region, left.resource, left.tag].lexicographicallyPrecedes(
        [right.currency, right.service, right.region, right.resource, right.tag])
    }
  }

  /// Sums of rows.
  public struct Amounts: Sendable, Hashable {
    /// What the invoice says.
    public private(set) var billed: Decimal = 0
    /// What it comes to when what was paid ahead is spread over what it was paid for.
    public private(set) var effective: Decimal = 0
    /// What it would be at list prices; `nil` when the bill does not say it of every row.
    public private(set) var list: Decimal? = 0
    /// How many rows.
    public private(set) var rows = 0

    /// No rows.
    public init() {}

    /// Adds a row.
    mutating func add(billed: Decimal, effective: Decimal, list: Decimal?) {
      self.billed += billed
      self.effective += effective
      self.list = self.list.flatMap { sum in list.map { sum + $0 } }
      rows += 1
    }

    /// Adds sums.
    mutating func add(_ other: Amounts) {
      billed += other.billed
      effective += other.effective
      list = list.flatMap { sum in other.list.map { sum + $0 } }
      rows += other.rows
    }
  }

  /// What is told apart.
  public let key: Key
  /// What it comes to.
  public let amounts: Amounts
}
