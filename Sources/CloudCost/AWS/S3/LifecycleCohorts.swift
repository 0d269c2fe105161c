public import FoundationEssentials

/// Data that grows old under a lifecycle: what each class holds in month 1, 2, … and in the long run.
///
/// Every month's data is a cohort. It is in the class that its age says, and a month in which it crosses an age is
/// charged in both classes by the hours spent there. With `I` gigabytes written each month of `M` hours, a class that
/// is entered at age `a` and left at age `b` holds
///
/// - `I · |[0, kM] ∩ [a, b]| / M` gigabyte-months in month `k`, when a month's data is there from its first hour:
///   the sum over cohorts of what each spends there telescopes;
/// - `I / M² · (F(kM) − F((k−1)M))` with `F(t) = ((t−a)₊² − (t−b)₊²) / 2`, when it comes evenly;
/// - `I · (b − a) / M` in the long run, either way: what is written in a month times the months spent there.
///
/// Exact but for the midnight to which AWS puts off a transition, which is up to a day.
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

  /// Data under a lifecycle.
  ///
  /// - Parameter moves: the ages at which data moves on, ascending.
  /// - Parameter deleteHours: the age at which it is deleted, not below the last move; `nil`: never.
  public init(
    writtenTo first: S3StorageClass, moves: [(afterHours: Decimal, to: S3StorageClass)],
    deleteHours: Decimal?,
    ingestGigabytes: Decimal, arrival: Arrival = .monthStart, existing: Existing? = nil,
    hoursPerMonth: Decimal = 730
  ) {
    let entries = [(afterHours: 0, to: first)] + moves
    let ends = moves.map { Optional($0.afterHours) } + [deleteHours]
    stages = zip(entries, ends).map { entry, end in
      Stage(entry.to, fromHours: entry.afterHours, untilHours: end)
    }
    self.ingestGigabytes = ingestGigabytes
    self.arrival = arrival
    self.existing = existing
    self.hoursPerMonth = hoursPerMonth
  }
}
