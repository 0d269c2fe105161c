public import Stochastics

/// Where the variance of values in groups comes from: what members of a group have in common, and what they do not.
///
/// Values are mean + group + member, all independent: with groups of m, the mean square within groups is an estimate of the
/// variance of members, and (mean square between − mean square within) / m one of that of groups.
///
/// Source: Searle, Casella and McCulloch, *Variance components* (1992), section 3.5, balanced one-way classification.
public struct VarianceShares: Sendable, Hashable {
  /// The variance that groups have in common; 0 where the estimate is below it.
  public let betweenVariance: Double
  /// The variance within groups.
  public let withinVariance: Double
  /// The share of the first in both, with the interval of a bootstrap over the groups.
  public let between: Estimate
  /// The share of the sum of squares between groups that is that of the one group furthest from the mean.
  public let furthestGroup: Double

  /// How many resamples the interval rests on.
  public static let resamples = 400

  /// The shares of a sample in the order of its groups; `nil` for fewer than two groups, groups of one, or values that are
  /// all the same.
  public init?(_ values: [Double], groupSize: Int, confidence: Double = 0.95) {
    let count = groupSize > 1 ? values.count / groupSize : 0
    guard count > 1 else { return nil }
    let groups = (0..<count).map { Group(values[$0 * groupSize..<($0 + 1) * groupSize]) }
    let found = Components(groups, size: groupSize)
    guard found.total > 0, found.total.isFinite else { return nil }
    (betweenVariance, withinVariance) = (found.between, found.within)
    let resampled = (0..<VarianceShares.resamples).compactMap { resample -> Double? in
      var stream = RandomStream(
        seed: 1, process: ProcessKey(name: "variance-shares"), replication: UInt32(resample))
      let drawn = groups.map { _ in groups[min(count - 1, Int(stream.uniform() * Double(count)))] }
      let own = Components(drawn, size: groupSize)
      return own.total > 0 ? own.between / own.total : nil
    }.sorted()
    let share = found.between / found.total
    func limit(_ p: Double) -> Double { resampled.isEmpty ? share : sortedQuantile(resampled, p) }
    between = Estimate(
      value: share, low: min(share, limit((1 - confidence) / 2)),
      high: max(share, limit((1 + confidence) / 2)),
      confidence: confidence)
    let mean = groups.reduce(0) { $0 + $1.mean } / Double(count)
    let squares = groups.map { ($0.mean - mean) * ($0.mean - mean) }
    let sum = squares.reduce(0, +)
    furthestGroup = sum > 0 ? (squares.max() ?? 0) / sum : 0
  }

  /// The mean of a group, and the squares of its members' distances from it.
  private struct Group {
    let mean: Double
    let squares: Double

    init(_ values: ArraySlice<Double>) {
      let mean = values.reduce(0, +) / Double(values.count)
      self.mean = mean
      squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  /// Both variances of some groups.
  private struct Components {
    let between: Double
    let within: Double
    var total: Double { between + within }

    init(_ groups: [Group], size: Int) {
      let count = Double(groups.count)
      let mean = groups.reduce(0) { $0 + $1.mean } / count
      let meanSquare =
        Double(size) * groups.reduce(0) { $0 + ($1.mean - mean) * ($1.mean - mean) } / (count - 1)
      within = groups.reduce(0) { $0 + $1.squares } / (count * Double(size - 1))
      between = max(0, (meanSquare - within) / Double(size))
    }
  }
}
