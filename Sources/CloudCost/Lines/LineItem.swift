public import FoundationEssentials

/// One line of a bill: so many units of one item at one price.
public struct LineItem: Sendable, Hashable {
  /// What the line comes to.
  public enum Amount: Sendable, Hashable {
    /// So much.
    case known(MonthlyAmount)
    /// It depends on use that nobody stated; the text is what would state it.
    case perUse(String)
    /// The price is not known, with the reason. Never 0.
    case unknown(String)
  }

  /// The resource it belongs to, as a path: `ledger/servers`.
  public let resource: String
  /// The component or domain that owns the resource.
  public let owner: String
  /// What people call the service: `Amazon RDS`.
  public let service: String
  /// Which part of what people pay for.
  public let label: String
  /// The region whose price counts.
  public let region: String
  /// What is priced; `nil` when the model states the price.
  public let key: PriceKey?
  /// How it is bought.
  public let purchase: Purchase
  /// Units of a month; `nil` when use is not stated.
  public let quantity: Decimal?
  /// What the quantity counts.
  public let unit: String
  /// Per unit; `nil` when the price is not known. With a commitment that is paid at the start, what it comes to per unit.
  public let unitPrice: Decimal?
  /// The part of the month's quantity that this price is for; `nil`: all of it.
  public let tier: PriceTier?
  /// Whether it can be bought by commitment.
  public let isCommittable: Bool
  /// What it comes to.
  public let amount: Amount
  /// Where the price comes from.
  public let origin: PriceOrigin?

  /// What a month of it costs; `nil` when that is not known.
  public var monthly: Decimal? {
    if case .known(let amount) = amount { amount.amortised } else { nil }
  }
}

/// What a line comes to in a month, seen in two ways.
public struct MonthlyAmount: Sendable, Hashable {
  /// What is paid as time goes.
  public let recurring: Decimal
  /// What is paid once, at the start of the commitment.
  public let upfront: Decimal
  /// The share of what is paid once that falls on a month of the commitment.
  public let upfrontShare: Decimal

  /// An amount that recurs, and what is paid once with the share of it that falls on a month.
  public init(recurring: Decimal, upfront: Decimal, upfrontShare: Decimal) {
    self.recurring = recurring
    self.upfront = upfront
    self.upfrontShare = upfrontShare
  }

  /// The recurring part and a month's share of what is paid once.
  public var amortised: Decimal { recurring + upfrontShare }
}
