public import FoundationEssentials

/// Data that grows old under a lifecycle: what each class holds in month 1, 2, … and in the long run.
///
/// Every month's data is a cohort. It is in the class that its age says, and a month in which it crosses an age is
/// charged in both classes by the hours spent there. Of the `I` gigabytes written in one month of `M` hours, a class that
/// is entered at age `a` and left at age `b` holds `n` months later
///
/// - `I · |[nM, (n+1)M] ∩ [a, b]| / M` gigabyte-months when they are there from the month's first hour;
/// - `I / M² · (A(a) − A(b))` with `A(x) = h((n+1)M − x) − 2 h(nM − x) + h((n−1)M − x)` and `h(t) = t₊² / 2` when they
///   come evenly over the month: the area of births and hours in which data is older than `x`.
///
/// A month is the sum over its cohorts. In the long run it is `I · (b − a) / M` either way: what is written in a month
/// times the months spent there. Exact but for the midnight to which AWS puts off a transition, up to a day.
public struct LifecycleCohorts: Sendable, Hashable {
  /// The time that data spends in one class.
  public struct Stage: Sendable, Hashable {
    /// The class.
    public let storageClass: S3StorageClass
    /// The age at which data comes in; 0 for the class that it is written to.
    public let fromHours: Decimal
    /// The age at which data leaves; `nil`: never.
    public let untilHours: Decimal?

    /// A stage.
    public init(_ storageClass: S3StorageClass, fromHours: Decimal, untilHours: Decimal?) {
      self.storageClass = storageClass
      self.fromHours = fromHours
      self.untilHours = untilHours
    }

    /// What is paid for beyond the stay, because the class has a minimum duration.
    var unservedHours: Decimal {
      guard let untilHours else { return 0 }
      return max(0, storageClass.minimumDays * 24 - (untilHours - fromHours))
    }
  }

  /// When the data of a month is written.
  public enum Arrival: String, Sendable, Hashable, CaseIterable {
    /// In its first hour.
    case monthStart = "month-start"
    /// The same every hour.
    case evenly
  }

  /// Data that is there when month 1 begins; the lifecycle has been in force all along.
  public struct Existing: Sendable, Hashable {
    /// How much.
    public let gigabytes: Decimal
    /// How old it is.
    public let ageHours: Decimal

    /// So much, so old.
    public init(gigabytes: Decimal, ageHours: Decimal) {
      self.gigabytes = gigabytes
      self.ageHours = ageHours
    }
  }

  /// From the class that data is written to, in ascending order of age, without gaps.
  public let stages: [Stage]
  /// What is written in a month, in gigabytes.
  public let ingestGigabytes: Decimal
  /// When in the month.
  public let arrival: Arrival
  /// What is there already.
  public let existing: Existing?
  /// Hours of a month.
  public let hoursPerMonth: Decimal

  /// Data under a lifecycle; `nil` when an age is below the one before it or an amount is negative.
  ///
  /// - Parameters:
  ///   - moves: the ages at which data moves on, ascending.
  ///   - deleteHours: the age at which it is deleted, not below the last move; `nil`: never.
  public init?(
    writtenTo first: S3StorageClass, moves: [(afterHours: Decimal, to: S3StorageClass)],
    deleteHours: Decimal?,
    ingestGigabytes: Decimal, arrival: Arrival = .monthStart, existing: Existing? = nil,
    hoursPerMonth: Decimal = 730
  ) {
    let entries = [(afterHours: 0, to: first)] + moves
    let ends = moves.map { Optional($0.afterHours) } + [deleteHours]
    guard zip(entries, ends).allSatisfy({ entry, end in end.map { $0 >= entry.afterHours } ?? true }),
      ingestGigabytes >= 0, hoursPerMonth > 0, (existing?.gigabytes ?? 0) >= 0
    else { return nil }
    stages = zip(entries, ends).map { entry, end in
      Stage(entry.to, fromHours: entry.afterHours, untilHours: end)
    }
    self.ingestGigabytes = ingestGigabytes
    self.arrival = arrival
    self.existing = existing
    self.hoursPerMonth = hoursPerMonth
  }
}
