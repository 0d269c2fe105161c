public import Stochastics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A sample of equally large groups, whose members have something in common that other groups do not share.
///
/// Intervals are those of independent values with as many fewer of them as the design effect 1 + (m − 1) ρ says, for groups
/// of m with the intraclass correlation ρ (Kish, *Survey sampling*, 1965, section 5.4).
public struct ClusteredSample: Sendable {
  /// The values, ascending.
  public let values: [Double]
  /// Where their variance comes from; `nil` without groups.
  public let shares: VarianceShares?
  /// By how much groups make the sample count for less; at least 1.
  public let designEffect: Double
  /// The mean of each group, in order.
  public let groupMeans: [Double]

  /// A sample in the order of its groups; what is left of an incomplete last group is not used.
  ///
  /// - Parameter groupSize: at least 1; 1: all values are independent.
  public init(_ sample: [Double], groupSize: Int) {
    let size = max(1, groupSize)
    let whole = Array(sample.prefix(sample.count / size * size))
    groupMeans = stride(from: 0, to: whole.count, by: size).map { start in
      whole[start..<start + size].reduce(0, +) / Double(size)
    }
    shares = size > 1 ? VarianceShares(whole, groupSize: size) : nil
    designEffect = 1 + Double(size - 1) * (shares?.between.value ?? 0)
    values = whole.sorted()
  }

  /// The number of independent values that say as much.
  public var effectiveCount: Double { Double(values.count) / designEffect }

  /// The smallest value that a share of the sample stays at or below, with the interval between order statistics.
  ///
  /// - Parameter probability: more than 0, at most 1.
  /// - Returns: `nil` for an empty sample.
  /// - Source: Hahn and Meeker, *Statistical intervals* (1991), section 5.2, with the normal approximation.
  public func quantile(_ probability: Double, confidence: Double = 0.95) -> Estimate? {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    // A product that rounding has put above a whole number is that number.
    let rank = (probability * count - 1e-12 * count).rounded(.up)
    let half =
      normalQuantile((1 + confidence) / 2)
      * (designEffect * count * probability * (1 - probability)).squareRoot()
    func value(_ rank: Double) -> Double { values[Int(max(1, min(count, rank))) - 1] }
    return Estimate(
      value: value(rank), low: value((rank - half).rounded(.down)), high: value((rank + half).rounded(.up)),
      confidence: confidence)
  }

  /// The share of the sample at or above a value, with Wilson's interval of as many independent values.
  public func share(atLeast value: Double, confidence: Double = 0.95) -> Estimate? {
    share(Double(values.count - firstIndex { $0 >= value }), confidence)
  }

  /// The share of the sample above a value.
  public func share(above value: Double, confidence: Double = 0.95) -> Estimate? {
    share(Double(values.count - firstIndex { $0 > value }), confidence)
  }

  /// Wilson (1927): the interval of a proportion p of n: (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n).
  private func share(_ members: Double, _ confidence: Double) -> Estimate? {
    guard !values.isEmpty else { return nil }
    let share = members / Double(values.count)
    let count = effectiveCount
    let z = normalQuantile((1 + confidence) / 2)
    let half = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let middle = share + z * z / (2 * count)
    let scale = 1 + z * z / count
    return Estimate(
      value: share, low: max(0, min(share, (middle - half) / scale)),
      high: min(1, max(share, (middle + half) / scale)), confidence: confidence)
  }

  /// The place of the first value for which something holds that holds for all that are larger.
  private func firstIndex(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(values[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
