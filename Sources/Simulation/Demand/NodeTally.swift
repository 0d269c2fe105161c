/// What replications of the nodes of one pool add up to.
struct NodeTally: Sendable {
  /// What is added up, in the order in which files hold it.
  enum Figure: Int, CaseIterable {
    /// In whole parts of node-hours and unit-hours.
    case running, waiting
    case ordered
  }

  private(set) var totals = FigureTotals<Figure>()
  /// The most nodes that ran in any replication.
  private(set) var most: Int64 = 0

  init() {}

  subscript(figure: Figure) -> Moments { totals[figure] }

  mutating func add(_ counts: NodeAccount.Counts) {
    totals.add(CapacityTally.parts(ofHours: counts.runningNodeHours), to: .running)
    totals.add(CapacityTally.parts(ofHours: counts.waitingUnitHours), to: .waiting)
    totals.add(counts.ordered, to: .ordered)
    most = max(most, Int64(counts.most))
  }

  mutating func merge(_ other: NodeTally) {
    totals.merge(other.totals)
    most = max(most, other.most)
  }
}

/// A tally of one pool as plain numbers.
struct NodeNumbers: Codable, Sendable, Hashable {
  let moments: [Moments]
  let most: Int64

  init(_ tally: NodeTally) { (moments, most) = (tally.totals.moments, tally.most) }
}

extension NodeTally {
  /// The tally that numbers from a file stand for.
  ///
  /// Each number is whole and at most `CapacityTally.most` or the ticks of the horizon.
  init(_ numbers: NodeNumbers, replications: Int, horizon: Int64) throws(PartProblem) {
    let limit = max(Int128(horizon), Int128(CapacityTally.most))
    guard (0...Int64(CapacityTally.most)).contains(numbers.most),
      let totals = FigureTotals<Figure>(numbers.moments, replications: replications, limit: limit)
    else { throw PartProblem(message: "its totals can not be counted in its share of the replications") }
    (self.totals, most) = (totals, numbers.most)
  }
}
