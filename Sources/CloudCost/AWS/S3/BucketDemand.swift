public import FoundationEssentials
public import Quantities

/// What a bucket has to hold, for how long and for whom, whichever class it is in.
public struct BucketDemand: Sendable, Hashable {
  /// The classes that it is stated in, in their order.
  public let storageClasses: [S3StorageClass]
  /// What it holds; under a lifecycle in the long run, or in the month that is billed.
  public let gigabytes: Decimal
  /// What an object measures on average.
  public let objectGigabytes: Decimal
  /// How long an object is kept; `nil`: for good.
  public let retention: TimeSpan?
  /// What is read in a month: what is stated as retrieved, and whole objects for each GET of Standard.
  public let readGigabytes: Decimal

  /// What can be read out of a bucket's keys.
  public enum Reading: Sendable, Hashable {
    /// All of it.
    case complete(BucketDemand)
    /// Something that nobody stated; the text would state it.
    case needs(String)
  }

  /// Reads the keys of `aws-s3`, which have passed their check.
  public static func reading(_ stated: StatedResource) -> Reading {
    let check = S3BucketCheck(stated)
    let uses = check.parts.map { S3ClassUse($0.storageClass, stated: $0.part) }
    let billed = stated.number("month").flatMap { Int("\($0)") }
    let month = billed.map { check.lifecycle.cohorts?.month($0) } ?? check.lifecycle.cohorts?.steadyState
    let kept = month?.shares.map { $0.storedGigabytes } ?? uses.flatMap { $0.keptGigabytes }
    let gigabytes = kept.reduce(0, +)
    guard gigabytes > 0 else { return .needs("size: 500 GB") }
    guard let object = check.objectGigabytes ?? uses.compactMap({ $0.objectGigabytes }).first else {
      return .needs("object-size: 16 MB")
    }
    let retention = check.lifecycle.cohorts?.stages.last?.untilHours
    return .complete(
      BucketDemand(
        storageClasses: month?.shares.map { $0.storageClass } ?? uses.map { $0.storageClass },
        gigabytes: gigabytes, objectGigabytes: object,
        retention: retention.flatMap { Double("\($0)") }.flatMap { TimeSpan(hours: $0) },
        readGigabytes: uses.map { $0.readGigabytes(objectGigabytes: object) }.reduce(0, +)))
  }

  /// The same data, to be read within a time.
  public func need(within longest: TimeSpan, survivesZoneLoss: Bool) -> StorageClassChoice.Need? {
    StorageClassChoice.Need(
      gigabytes: gigabytes, objectGigabytes: objectGigabytes, retention: retention,
      readGigabytes: readGigabytes, longestRetrieval: longest, survivesZoneLoss: survivesZoneLoss)
  }
}

extension S3ClassUse {
  fileprivate var keptGigabytes: [Decimal] { [stored ?? 0] + tiers.map { $0.gigabytes } }

  fileprivate func readGigabytes(objectGigabytes: Decimal) -> Decimal {
    let retrieved = retrieved.compactMap { $0.gigabytes }.reduce(0, +)
    return storageClass.chargesRetrieval ? retrieved : (gets ?? 0) * objectGigabytes
  }
}
