/// What replications of one load add up to.
struct CapacityTally: Sendable {
  /// What is added up, in the order in which files hold it.
  enum Figure: Int, CaseIterable {
    /// In whole parts of unit-hours.
    case asked, healthy, running
    /// In ticks.
    case short
    case ordered, late, overloads
  }

  /// Parts of a unit-hour that are counted whole.
  static let partsPerUnitHour = 1024.0
  /// The most that a replication counts of anything; its square times 2³² fits in 127 bits.
  static let most = 0x1p46

  private(set) var moments = [Moments](repeating: Moments(), count: Figure.allCases.count)
  /// The highest load of all replications, in 2⁻²⁰ths.
  private(set) var peak: Int64 = 0

  init() {}

  subscript(figure: Figure) -> Moments { moments[figure.rawValue] }

  mutating func add(_ counts: CapacityAccount.Counts) {
    func parts(_ unitHours: Double) -> Int64 {
      Int64(min(CapacityTally.most, (unitHours * CapacityTally.partsPerUnitHour).rounded()))
    }
    moments[Figure.asked.rawValue].add(parts(counts.askedUnitHours))
    moments[Figure.healthy.rawValue].add(parts(counts.healthyUnitHours))
    moments[Figure.running.rawValue].add(parts(counts.runningUnitHours))
    moments[Figure.short.rawValue].add(counts.shortTicks)
    moments[Figure.ordered.rawValue].add(counts.ordered)
    moments[Figure.late.rawValue].add(counts.late)
    moments[Figure.overloads.rawValue].add(counts.overloads)
    peak = max(peak, Int64(min(CapacityTally.most, (counts.peak * 0x1p20).rounded())))
  }

  mutating func merge(_ other: CapacityTally) {
    for place in moments.indices { moments[place].merge(other.moments[place]) }
    peak = max(peak, other.peak)
  }
}

/// A tally of one load as plain numbers.
struct CapacityNumbers: Codable, Sendable, Hashable {
  let moments: [Moments]
  let peak: Int64

  init(_ tally: CapacityTally) { (moments, peak) = (tally.moments, tally.peak) }
}

extension CapacityTally {
  /// The tally that numbers from a file stand for.
  ///
  /// Each number is whole and at most `most` or the ticks of the horizon, so Σx ≤ Σx² ≤ Σx · most.
  init(_ numbers: CapacityNumbers, replications: Int, horizon: Int64) throws(PartProblem) {
    let limit = max(Int128(horizon), Int128(CapacityTally.most))
    guard numbers.moments.count == Figure.allCases.count, numbers.peak >= 0,
      numbers.peak <= Int64(CapacityTally.most),
      numbers.moments.allSatisfy({ $0.isPossible(replications: replications, limit: limit) })
    else { throw PartProblem(message: "its totals can not be counted in its share of the replications") }
    (moments, peak) = (numbers.moments, numbers.peak)
  }
}
