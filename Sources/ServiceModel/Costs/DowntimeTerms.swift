public import Diagnostics
public import FoundationEssentials
public import Quantities

/// What being without a capability costs beside its hours.
public struct DowntimeTerms: Sendable, Hashable {
  /// What each outage costs, however long it lasts.
  public let perIncident: Money?
  /// What a calendar month below a promise pays back, the worst month first; empty when nothing is.
  public let credits: [CreditStep]

  /// The currency of every amount.
  public var currency: String? { perIncident?.currency ?? credits.first?.pays.currency }
}

/// A step of a schedule of service credits.
public struct CreditStep: Sendable, Hashable {
  /// A month with less than this pays.
  public let below: Availability
  /// What it pays; only the step with the most counts in a month.
  public let pays: Money
  /// The amount as it is written: `$12,000`, or `10 %`.
  public let text: String
}

/// What being without a capability costs beside its hours, as written.
public struct DowntimeTermsDraft: Sendable {
  /// A step of the schedule.
  public struct Step: Sendable {
    /// A month with less than this pays.
    public var below: Located<Availability>
    /// What it pays.
    public var pays: Located<Amount>

    /// A step.
    public init(below: Located<Availability>, pays: Located<Amount>) {
      self.below = below
      self.pays = pays
    }
  }

  /// What a step pays.
  public enum Amount: Sendable, Hashable {
    /// An amount of money.
    case money(Money)
    /// A share of the monthly fee.
    case share(Decimal)
  }

  /// What each outage costs.
  public var perIncident: Located<Money>?
  /// What a month costs the customer, of which credits may be shares.
  public var monthlyFee: Located<Money>?
  /// The schedule of credits.
  public var credits: [Step] = []

  /// No terms.
  public init() {}
}

extension Capability {
  /// The currency in which being without it is counted; `nil` when it is not.
  public var downtimeCurrency: String? { downtimeCost?.amount.currency ?? downtimeTerms?.currency }
}
