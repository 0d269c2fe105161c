internal import Stochastics

/// A `MoneyTally` as plain numbers.
struct MoneyNumbers: Codable, Sendable, Hashable {
  let credits: Moments
  let total: Moments
  let totals: TallyNumbers.Histogram

  init(_ tally: MoneyTally) {
    credits = tally.credits
    total = tally.total
    totals = TallyNumbers.Histogram(tally.totals)
  }
}

extension MoneyTally {
  /// The most that one replication can cost: hours, outages and credits of at most 10¹⁸ each.
  private static let most: Int128 = 3_000_000_000_000_000_000

  /// The tally that numbers from a file stand for.
  init(_ numbers: MoneyNumbers, replications: Int) throws(PartProblem) {
    let occupied = numbers.totals.counts.entries.map { (bucket: $0.place, count: Int($0.value)) }
    let histogram = TickHistogram(
      occupied: occupied, minimum: numbers.totals.minimum, maximum: numbers.totals.maximum)
    guard let histogram, histogram.count == replications,
      [numbers.credits, numbers.total].allSatisfy({
        $0.isPossible(replications: replications, limit: MoneyTally.most)
      })
    else { throw PartProblem(message: "its totals can not be counted in its share of the replications") }
    (credits, total, totals) = (numbers.credits, numbers.total, histogram)
  }

  /// The sums, for the check that they do not outgrow their integers.
  var moments: [Moments] { [credits, total] }
}
