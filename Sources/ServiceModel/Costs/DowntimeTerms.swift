public import Quantities

/// What being without a capability costs beside the same amount for every hour.
public struct DowntimeTerms: Sendable, Hashable {
  /// Hours that have a price of their own, no hour in two of them.
  public let hours: [PricedHours]
  /// What each outage costs, however long it lasts.
  public let perIncident: Money?
  /// The work that people can not do meanwhile; `nil` when nobody's is counted.
  public let productivity: LostProductivity?
  /// What a calendar month below a promise pays back, the worst month first; empty when nothing is.
  public let credits: [CreditStep]
  /// What is due for each period below a promise, in the order declared.
  public let penalties: [Penalty]

  /// The currency of every amount.
  public var currency: String? {
    hours.first?.price.amount.currency ?? perIncident?.currency ?? productivity?.perPerson.amount.currency
      ?? credits.first?.pays.currency ?? penalties.first?.pays.currency
  }

  /// Whether there is nothing in it.
  var isEmpty: Bool {
    hours.isEmpty && perIncident == nil && productivity == nil && credits.isEmpty && penalties.isEmpty
  }
}

/// Hours of the week or the year in which being without a capability has a price of its own.
public struct PricedHours: Sendable, Hashable {
  /// The name, unique within its capability.
  public let name: String
  /// When they are.
  public let when: CalendarHours
  /// What an hour costs in them.
  public let price: MoneyRate
}

/// People who can not do a share of their work while a capability is down.
///
/// People × what an hour of one costs × the share of work lost × (length of the outage + time to get back to work), as far
/// as they work then.
public struct LostProductivity: Sendable, Hashable {
  /// How many people; more than 0.
  public let people: Double
  /// What an hour of one of them costs, with all that comes on top of pay.
  public let perPerson: MoneyRate
  /// The share of their work that is lost; more than 0, at most 1.
  public let share: Double
  /// How long it takes them after an outage to get back to where they were.
  public let refocus: TimeSpan
  /// When they work; `nil`: at all hours.
  public let when: CalendarHours?

  /// What an hour in which they work and it is down costs.
  public var perHour: Double { people * share * perPerson.perHour }
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

/// What is due once for each period in which a promise is missed.
public struct Penalty: Sendable, Hashable {
  /// The promise: what is less than its availability pays.
  public let promise: Objective
  /// What a period pays.
  public let pays: Money
  /// The amount as it is written: `$10,000`, or `10 %`.
  public let text: String
  /// The most that the periods that end in one calendar year pay together; `nil`: there is no limit.
  public let atMostPerYear: Money?
}

extension Capability {
  /// The currency in which being without it is counted; `nil` when it is not.
  public var downtimeCurrency: String? { downtimeCost?.amount.currency ?? downtimeTerms?.currency }
}

extension Capability {
  /// What an hour without it costs, on average over the week or the year; `nil` when hours cost nothing.
  public var meanDowntimePerHour: Double? {
    downtimeCost.map { rate in
      (downtimeTerms?.hours ?? []).reduce(rate.perHour) {
        $0 + ($1.price.perHour - rate.perHour) * $1.when.share
      }
    }
  }
}
