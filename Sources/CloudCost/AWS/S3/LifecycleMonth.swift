public import FoundationEssentials

/// What a month of a lifecycle holds and moves.
public struct LifecycleMonth: Sendable, Hashable {
  /// One class in that month.
  public struct Share: Sendable, Hashable {
    /// The class.
    public let storageClass: S3StorageClass
    /// What it holds, averaged over the month, in gigabyte-months.
    public let storedGigabytes: Decimal
    /// What comes in by a transition, in gigabytes; 0 for the class that data is written to.
    public let movedInGigabytes: Decimal
    /// What is paid for data that leaves before the minimum duration, in gigabyte-months.
    public let unservedGigabytes: Decimal
  }

  /// The classes, in the order in which data passes them.
  public let shares: [Share]
  /// What is written, in gigabytes.
  public let writtenGigabytes: Decimal
  /// What is deleted, in gigabytes.
  public let expiredGigabytes: Decimal
}
