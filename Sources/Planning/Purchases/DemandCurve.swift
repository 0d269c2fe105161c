/// How many units run, by the share of the hours in which so many do.
public struct DemandCurve: Hashable, Sendable {
  /// A number of units, and the share of the hours in which exactly so many run.
  public struct Level: Hashable, Sendable {
    /// How many.
    public let units: Int
    /// The share of the hours.
    public let share: Double
  }

  /// The levels, by units, each once; the shares sum to 1.
  public let levels: [Level]

  /// The most units that a curve may have.
  public static let mostUnits = 1_000_000

  /// A curve from what is asked in each hour, or in hours with weights; a started unit runs as a whole.
  ///
  /// - Parameter hours: units' worth of work and weights, both at least 0.
  /// - Throws: where nothing is left to count.
  public init(_ hours: [(units: Double, weight: Double)]) throws(InvalidQuestion) {
    var check = QuestionCheck()
    let total = hours.reduce(0) { $0 + $1.weight }
    check.require(
      !hours.isEmpty && total > 0 && total.isFinite, "purchase-demand", "no hour of demand", help: nil)
    check.require(
      hours.allSatisfy { $0.units >= 0 && $0.units <= Double(DemandCurve.mostUnits) && $0.weight >= 0 },
      "purchase-demand", "a demand is negative, or more than 1,000,000 units", help: nil)
    try check.finish()
    var weights: [Int: Double] = [:]
    // A sum that is whole but for rounding asks for no unit more.
    for hour in hours { weights[Int((hour.units * (1 - 1e-12)).rounded(.up)), default: 0] += hour.weight }
    levels = weights.keys.sorted().map { Level(units: $0, share: (weights[$0] ?? 0) / total) }
  }

  /// The most units that run.
  public var peak: Int { levels.last?.units ?? 0 }

  /// The mean number of units.
  public var mean: Double { levels.reduce(0) { $0 + Double($1.units) * $1.share } }

  /// For k = 1 … `units` the share of the hours in which k or more run.
  func sharesReached(upTo units: Int) -> [Double] {
    var shares = [Double](repeating: 0, count: units)
    var (reached, next) = (0.0, levels.count - 1)
    for unit in stride(from: units, through: 1, by: -1) {
      while next >= 0, levels[next].units >= unit {
        reached += levels[next].share
        next -= 1
      }
      shares[unit - 1] = min(1, reached)
    }
    return shares
  }
}
