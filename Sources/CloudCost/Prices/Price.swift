public import FoundationEssentials

/// One row of a price book: what one unit of an item costs in a region, bought in one way.
public struct Price: Sendable, Hashable {
  /// What is priced: `instance/m5.2xlarge` of `ec2`.
  public let key: PriceKey
  /// The region's code: `eu-west-1`.
  public let region: String
  /// How it is bought.
  public let purchase: Purchase
  /// What the amount is for: `hour`, `GB-month`, `1k requests`.
  public let unit: String
  /// The part of a month's quantity that it is for; 0 and no end for a price without tiers.
  public let tier: PriceTier
  /// Per unit, in the book's currency; of a commitment the part that is paid as time goes.
  public let amount: Decimal
  /// Paid once at the start of a commitment for one unit that runs all the time; 0 without one.
  public let upfront: Decimal
  /// Where it comes from.
  public let origin: PriceOrigin

  /// A row.
  public init(
    key: PriceKey, region: String, purchase: Purchase = .onDemand, unit: String, tier: PriceTier = .all,
    amount: Decimal, upfront: Decimal = 0, origin: PriceOrigin
  ) {
    self.key = key
    self.region = region
    self.purchase = purchase
    self.unit = unit
    self.tier = tier
    self.amount = amount
    self.upfront = upfront
    self.origin = origin
  }
}

/// The name of what is priced: the service, and the item within it.
public struct PriceKey: Sendable, Hashable, CustomStringConvertible {
  /// The price book's name of the service: `ec2`, `rds`, `s3`.
  public let service: String
  /// The item with all that decides its price, from the general to the special: `instance/db.r5.large/postgres/multi-az`.
  public let item: String

  /// Names an item of a service.
  public init(_ service: String, _ item: String) {
    self.service = service
    self.item = item
  }

  /// `rds/instance/db.r5.large/postgres/multi-az`.
  public var description: String { "\(service)/\(item)" }
}

/// The part of a month's quantity that a price is for.
public struct PriceTier: Sendable, Hashable {
  /// Where it begins, in the price's unit.
  public let from: Decimal
  /// Where it ends; `nil`: nowhere.
  public let upTo: Decimal?

  /// A part of a month's quantity.
  public init(from: Decimal, upTo: Decimal?) {
    self.from = from
    self.upTo = upTo
  }

  /// Any quantity.
  public static let all = PriceTier(from: 0, upTo: nil)
}

/// Where a price comes from and how much it can be trusted.
public struct PriceOrigin: Sendable, Hashable {
  /// How the price was found.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// Seen in a published list or a copy of one.
    case published
    /// Computed from published ones.
    case derived
    /// Written down from memory and seen nowhere; reported as such.
    case unverified
    /// Stated by whoever uses it, such as a contract.
    case own
  }

  /// How it was found.
  public let standing: Standing
  /// Where it was found.
  public let source: String
  /// When it held: `2025-10-28`.
  public let date: String

  /// An origin.
  public init(standing: Standing, source: String, date: String) {
    self.standing = standing
    self.source = source
    self.date = date
  }
}

/// What an instance class has, for capacity and for prices that count processors.
public struct InstanceFacts: Sendable, Hashable {
  /// Virtual processors.
  public let vcpu: Decimal
  /// Memory in GiB.
  public let memoryGiB: Decimal

  /// Facts about a class.
  public init(vcpu: Decimal, memoryGiB: Decimal) {
    self.vcpu = vcpu
    self.memoryGiB = memoryGiB
  }
}
