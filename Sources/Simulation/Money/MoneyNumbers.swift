internal import Stochastics

/// A `MoneyTally` as plain numbers.
struct MoneyNumbers: Codable, Sendable, Hashable {
  let parts: [Moments]
  let total: Moments
  let totals: TallyNumbers.Histogram

  init(_ tally: MoneyTally) {
    parts = tally.parts
    total = tally.total
    totals = TallyNumbers.Histogram(tally.totals)
  }
}

extension MoneyTally {
  /// The most that one replication can cost: 10¹⁸ by each part.
  private static let most = Int128(DowntimeCostPart.allCases.count) * 1_000_000_000_000_000_000

  /// The tally that numbers from a file stand for.
  init(_ numbers: MoneyNumbers, replications: Int) throws(PartProblem) {
    let occupied = numbers.totals.counts.entries.map { (bucket: $0.place, count: Int($0.value)) }
    let histogram = TickHistogram(
      occupied: occupied, minimum: numbers.totals.minimum, maximum: numbers.totals.maximum)
    guard let histogram, histogram.count == replications,
      numbers.parts.count == DowntimeCostPart.allCases.count,
      (numbers.parts + [numbers.total]).allSatisfy({
        $0.isPossible(replications: replications, limit: MoneyTally.most)
      })
    else { throw PartProblem(message: "its totals can not be counted in its share of the replications") }
    (parts, total, totals) = (numbers.parts, numbers.total, histogram)
  }

  /// The sums, for the check that they do not outgrow their integers.
  var moments: [Moments] { parts + [total] }
}
