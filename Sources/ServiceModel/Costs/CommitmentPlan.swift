public import CloudCost
public import Diagnostics
public import FoundationEssentials

/// A promise to use something for years, which is paid for whether it is used or not.
public struct CommitmentPlan: Sendable, Hashable {
  /// What is promised.
  public enum Promise: Sendable, Hashable {
    /// Spending at the plan's own prices, in the model's currency per hour.
    case spending(perHour: Decimal)
    /// Instances of the kinds that some costs buy, by the paths of these costs: so many of each kind.
    case instances(count: Decimal, of: [String])
  }

  /// The name.
  public let name: String
  /// What is promised.
  public let promise: Promise
  /// How it is bought.
  public let purchase: Purchase
  /// Where it stands.
  public let location: SourceLocation

  /// A promise.
  public init(name: String, promise: Promise, purchase: Purchase, location: SourceLocation) {
    self.name = name
    self.promise = promise
    self.purchase = purchase
    self.location = location
  }
}

/// A promise as written.
public struct CommitmentDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// How it is bought, as a word of ``Purchase``.
  public var bought: Located<String>
  /// Spending per hour, for a savings plan.
  public var spending: Located<Decimal>?
  /// The costs whose instances are reserved.
  public var covers: [Located<String>] = []
  /// How many of each kind.
  public var count: Located<Int>?

  /// A promise.
  public init(name: Located<String>, bought: Located<String>) {
    self.name = name
    self.bought = bought
  }
}
