/// What replications of the nodes of one pool add up to.
struct NodeTally: Sendable {
  /// What is added up, in the order in which files hold it.
  enum Figure: Int, CaseIterable {
    /// In whole parts of node-hours and unit-hours.
    case running, waiting
    case ordered
  }

  private(set) var moments = [Moments](repeating: Moments(), count: Figure.allCases.count)
  /// The most nodes that ran in any replication.
  private(set) var most: Int64 = 0

  init() {}

  subscript(figure: Figure) -> Moments { moments[figure.rawValue] }

  mutating func add(_ counts: NodeAccount.Counts) {
    func parts(_ hours: Double) -> Int64 {
      Int64(min(CapacityTally.most, (hours * CapacityTally.partsPerUnitHour).rounded()))
    }
    moments[Figure.running.rawValue].add(parts(counts.runningNodeHours))
    moments[Figure.waiting.rawValue].add(parts(counts.waitingUnitHours))
    moments[Figure.ordered.rawValue].add(counts.ordered)
    most = max(most, Int64(counts.most))
  }

  mutating func merge(_ other: NodeTally) {
    for place in moments.indices { moments[place].merge(other.moments[place]) }
    most = max(most, other.most)
  }
}

/// A tally of one pool as plain numbers.
struct NodeNumbers: Codable, Sendable, Hashable {
  let moments: [Moments]
  let most: Int64

  init(_ tally: NodeTally) { (moments, most) = (tally.moments, tally.most) }
}

extension NodeTally {
  /// The tally that numbers from a file stand for.
  ///
  /// Each number is whole and at most `CapacityTally.most` or the ticks of the horizon, so Σx ≤ Σx² ≤ Σx · most.
  init(_ numbers: NodeNumbers, replications: Int, horizon: Int64) throws(PartProblem) {
    let limit = max(Int128(horizon), Int128(CapacityTally.most))
    guard numbers.moments.count == Figure.allCases.count, numbers.most >= 0,
      numbers.most <= Int64(CapacityTally.most),
      numbers.moments.allSatisfy({ $0.isPossible(replications: replications, limit: limit) })
    else { throw PartProblem(message: "its totals can not be counted in its share of the replications") }
    (moments, most) = (numbers.moments, numbers.most)
  }
}

extension Moments {
  /// Whether so many whole numbers, each at most `limit`, may have these.
  func isPossible(replications: Int, limit: Int128) -> Bool {
    let (most, isUnbounded) = sum.multipliedReportingOverflow(by: limit)
    return sum >= 0 && sum <= Int128(replications) * limit && squares >= sum
      && (isUnbounded || squares <= most)
  }
}
