public import Diagnostics
public import FoundationEssentials
public import Quantities

/// What being without a capability costs beside the same amount for every hour, as written.
public struct DowntimeTermsDraft: Sendable {
  /// What a step or a penalty pays.
  public enum Amount: Sendable, Hashable {
    /// An amount of money.
    case money(Money)
    /// A share of the monthly fee.
    case share(Decimal)
  }

  /// A step of the schedule of credits.
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

  /// Hours with a price of their own.
  public struct Hours: Sendable {
    /// What they are called.
    public var name: Located<String>
    /// When they are.
    public var when: CalendarHoursDraft
    /// What an hour costs in them.
    public var price: Located<MoneyRate>

    /// Hours.
    public init(name: Located<String>, when: CalendarHoursDraft, price: Located<MoneyRate>) {
      (self.name, self.when, self.price) = (name, when, price)
    }
  }

  /// Whose work is lost.
  public struct Productivity: Sendable {
    /// How many people.
    public var people: Located<Double>
    /// What an hour of one of them costs.
    public var price: Located<MoneyRate>
    /// The share of their work that is lost; `nil`: all of it.
    public var share: Located<Probability>?
    /// How long it takes them to get back to where they were; `nil`: no time.
    public var refocus: TimeSpan?
    /// When they work.
    public var when: CalendarHoursDraft

    /// People, what their time costs, and when they work.
    public init(people: Located<Double>, price: Located<MoneyRate>, when: CalendarHoursDraft) {
      (self.people, self.price, self.when) = (people, price, when)
    }
  }

  /// What is due for each period below a promise.
  public struct Due: Sendable {
    /// What is promised.
    public enum Promise: Sendable {
      /// An objective of the capability.
      case objective(Located<String>)
      /// A promise of its own.
      case own(Objective)
    }

    /// What is promised.
    public var promise: Promise
    /// What a period pays.
    public var pays: Located<Amount>
    /// The most of one year.
    public var atMost: Located<Money>?

    /// A penalty.
    public init(promise: Promise, pays: Located<Amount>, atMost: Located<Money>?) {
      (self.promise, self.pays, self.atMost) = (promise, pays, atMost)
    }
  }

  /// Hours with a price of their own.
  public var hours: [Hours] = []
  /// What each outage costs.
  public var perIncident: Located<Money>?
  /// Whose work is lost.
  public var productivity: Productivity?
  /// What a month costs the customer, of which credits and penalties may be shares.
  public var monthlyFee: Located<Money>?
  /// The schedule of credits.
  public var credits: [Step] = []
  /// What is due for periods below a promise.
  public var penalties: [Due] = []

  /// No terms.
  public init() {}

  /// Every amount of money with its key, in the order of the language.
  var amounts: [(key: String, money: Located<Money>)] {
    func of(_ key: String, _ amount: Located<Amount>) -> [(key: String, money: Located<Money>)] {
      guard case .money(let money) = amount.value else { return [] }
      return [(key, Located(money, at: amount.location))]
    }
    var amounts = hours.map { (key: $0.name.value, money: $0.price.map(\.amount)) }
    if let perIncident { amounts.append(("per-incident", perIncident)) }
    if let productivity { amounts.append(("productivity", productivity.price.map(\.amount))) }
    if let monthlyFee { amounts.append(("monthly-fee", monthlyFee)) }
    for step in credits { amounts += of("pays", step.pays) }
    for due in penalties { amounts += of("pays", due.pays) + (due.atMost.map { [("at-most", $0)] } ?? []) }
    return amounts
  }

  /// What is a share of the monthly fee.
  var shares: [Located<Amount>] {
    (credits.map(\.pays) + penalties.map(\.pays)).filter { if case .share = $0.value { true } else { false } }
  }
}

extension DowntimeTermsDraft.Amount {
  /// As it is written.
  var text: String {
    switch self {
    case .money(let money): "\(money)"
    case .share(let share): "\(share * 100) %"
    }
  }

  /// The amount of money; `nil` for a share of a fee that nobody states.
  func money(fee: Money?) -> Money? {
    switch self {
    case .money(let money): money
    case .share(let share): fee.map { Money($0.amount * share, currency: $0.currency) }
    }
  }
}
