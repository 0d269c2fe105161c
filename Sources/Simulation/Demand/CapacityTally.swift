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

  private(set) var totals = FigureTotals<Figure>()
  /// The highest load of all replications, in 2⁻²⁰ths.
  private(set) var peak: Int64 = 0

  init() {}

  subscript(figure: Figure) -> Moments { totals[figure] }

  /// Hours of units or nodes as whole parts.
  static func parts(ofHours hours: Double) -> Int64 {
    Int64(min(CapacityTally.most, (hours * CapacityTally.partsPerUnitHour).rounded()))
  }

  mutating func add(_ counts: CapacityAccount.Counts) {
    totals.add(CapacityTally.parts(ofHours: counts.askedUnitHours), to: .asked)
    totals.add(CapacityTally.parts(ofHours: counts.healthyUnitHours), to: .healthy)
    totals.add(CapacityTally.parts(ofHours: counts.runningUnitHours), to: .running)
    totals.add(counts.shortTicks, to: .short)
    totals.add(counts.ordered, to: .ordered)
    totals.add(counts.late, to: .late)
    totals.add(counts.overloads, to: .overloads)
    peak = max(peak, Int64(min(CapacityTally.most, (counts.peak * 0x1p20).rounded())))
  }

  mutating func merge(_ other: CapacityTally) {
    totals.merge(other.totals)
    peak = max(peak, other.peak)
  }
}

/// A tally of one load as plain numbers.
struct CapacityNumbers: Codable, Sendable, Hashable {
  let moments: [Moments]
  let peak: Int64

  init(_ tally: CapacityTally) { (moments, peak) = (tally.totals.moments, tally.peak) }
}

extension CapacityTally {
  /// The tally that numbers from a file stand for.
  ///
  /// Each number is whole and at most `most` or the ticks of the horizon.
  init(_ numbers: CapacityNumbers, replications: Int, horizon: Int64) throws(PartProblem) {
    let limit = max(Int128(horizon), Int128(CapacityTally.most))
    guard (0...Int64(CapacityTally.most)).contains(numbers.peak),
      let totals = FigureTotals<Figure>(numbers.moments, replications: replications, limit: limit)
    else { throw PartProblem(message: "its totals can not be counted in its share of the replications") }
    (self.totals, peak) = (totals, numbers.peak)
  }
}
