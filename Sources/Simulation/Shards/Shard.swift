/// One of several shares of a run's replications, each run by itself, perhaps on another machine.
public struct Shard: Sendable, Hashable {
  /// Which one, from 1.
  public let number: Int
  /// Of how many.
  public let count: Int

  /// The most shards of a run.
  public static let countLimit = 1_000_000

  /// Shard `number` of `count`; `nil` unless 1 ≤ number ≤ count ≤ `countLimit`.
  public init?(_ number: Int, of count: Int) {
    guard number >= 1, number <= count, count <= Shard.countLimit else { return nil }
    self.number = number
    self.count = count
  }

  /// Its share of `replications`, numbered from 0.
  ///
  /// Shares of all shards cover each replication once and differ by at most one: shard i of N has ⌊(i − 1) R / N⌋ up to
  /// ⌊i R / N⌋. A replication's draws depend on its number and the seed only, so that any partition gives the same
  /// bits. Empty when there are more shards than replications.
  public func replications(of replications: Int) -> Range<Int> {
    (number - 1) * replications / count..<number * replications / count
  }
}

extension Shard: CustomStringConvertible {
  /// As it is written: `3/8`.
  public var description: String { "\(number)/\(count)" }
}
