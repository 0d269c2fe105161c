public import Quantities

/// A promise about how long requests take: so many of them at most so long.
public struct LatencyObjective: Sendable, Hashable {
  /// A percentile and its bound.
  public struct Bound: Sendable, Hashable {
    /// The share of requests, between 0 and 1.
    public let share: Double
    /// How long these take at most.
    public let limit: TimeSpan

    /// So many requests, so long.
    public init(share: Double, limit: TimeSpan) {
      self.share = share
      self.limit = limit
    }

    /// The percentile as it is written: `p95`.
    public var name: String { "p\(shortest(share * 100))" }
  }

  /// The name, unique within its capability.
  public let name: String
  /// The bounds, percentiles ascending.
  public let bounds: [Bound]

  /// A promise.
  public init(name: String, bounds: [Bound]) {
    self.name = name
    self.bounds = bounds
  }
}
