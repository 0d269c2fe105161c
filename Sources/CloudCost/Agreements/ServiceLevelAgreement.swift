public import FoundationEssentials
public import Quantities

/// What a provider promises of a resource's uptime in a calendar month, and which share of its charges it gives back below.
///
/// A promise of money, never an estimate of availability.
public struct ServiceLevelAgreement: Sendable, Hashable {
  /// A step of what is given back.
  public struct Step: Sendable, Hashable {
    /// A month with less uptime than this gives it.
    public let below: Availability
    /// The share of the month's charges, 0 to 1.
    public let share: Decimal
  }

  /// Its name: `rds/multi-az`; what stands before the slash is the service in the price book.
  public let name: String
  /// The service: `Amazon RDS`.
  public let service: String
  /// What of it the promise covers.
  public let scope: String
  /// Whether every instance or volume is promised by itself, and not the resource as one.
  public let isOfEach: Bool
  /// The uptime promised.
  public let commitment: Availability
  /// The steps, in the order of the table; only the highest that a month is below counts. Empty: nobody says what is given.
  public let steps: [Step]
  /// Where it was seen, and how far that can be trusted.
  public let origin: PriceOrigin
  /// What is known of it.
  public let note: String

  /// The service in the price book whose charges it is about: `rds`.
  public var priceService: String { String(name.prefix { $0 != "/" }) }
}
