public import Stochastics

/// How long requests take, by a sample of them.
public struct LatencySample: Sendable {
  /// In hours, ascending.
  private let hours: [Double]

  /// A sample of at least one.
  public init(_ hours: [Double]) { self.hours = hours.sorted() }

  /// How many it is of.
  public var count: Int { hours.count }

  /// The mean, in hours.
  public var mean: Double { hours.isEmpty ? 0 : hours.reduce(0, +) / Double(hours.count) }

  /// The share of requests that take at most so long.
  public func share(withinHours limit: Double) -> Double {
    guard !hours.isEmpty else { return 1 }
    var (low, high) = (0, hours.count)
    while low < high {
      let middle = (low + high) / 2
      if hours[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return Double(low) / Double(hours.count)
  }

  /// A percentile in hours, with the distribution-free interval by the order statistics of ranks n p ± z √(n p (1 − p)).
  ///
  /// Source: Conover, *Practical Nonparametric Statistics*, 3rd ed. 1999, section 3.2.
  public func quantile(_ share: Double, confidence: Double) -> Estimate {
    guard let last = hours.last else { return Estimate(value: 0, low: 0, high: 0, confidence: confidence) }
    let count = Double(hours.count)
    let spread = normalQuantile(0.5 - confidence / 2) * (count * share * (1 - share)).squareRoot()
    func value(_ rank: Double) -> Double {
      rank >= count ? last : hours[Int(max(0, rank.rounded(.up) - 1))]
    }
    return Estimate(
      value: value(count * share), low: value(count * share - abs(spread)),
      high: value(count * share + abs(spread) + 1), confidence: confidence)
  }
}
