internal import Stochastics

/// What one failure lost as plain numbers: what a file of a part holds of a `DataLossTally`.
struct DataLossNumbers: Codable, Sendable, Hashable {
  /// How often an objective was kept.
  struct Kept: Codable, Sendable, Hashable {
    let time: Int
    let point: Int
    let both: Int
    let missed: Moments
  }

  let incidents: Moments
  let lost: Moments
  let lostAll: Moments
  let losses: TallyNumbers.Histogram?
  let times: TallyNumbers.Histogram?
  /// The sum of all times, and of no squares.
  let time: Moments
  let objectives: [Kept]

  /// The numbers of a tally.
  init(_ tally: DataLossTally) {
    incidents = tally.incidents
    lost = tally.lost
    lostAll = tally.lostAll
    losses = tally.losses.count > 0 ? TallyNumbers.Histogram(tally.losses) : nil
    times = tally.times.count > 0 ? TallyNumbers.Histogram(tally.times) : nil
    time = Moments(sum: tally.timeSum, squares: tally.timeSum)
    objectives = tally.objectives.map {
      Kept(time: $0.time, point: $0.point, both: $0.both, missed: $0.missed)
    }
  }
}

extension DataLossTally {
  /// The tally that numbers from a file stand for.
  ///
  /// - Throws: what no run of a model with so many objectives could have counted.
  init(_ numbers: DataLossNumbers, objectives count: Int) throws(PartProblem) {
    let moments = [numbers.incidents, numbers.lost, numbers.lostAll] + numbers.objectives.map(\.missed)
    guard numbers.objectives.count == count, moments.allSatisfy({ $0.sum >= 0 && $0.squares >= $0.sum }),
      numbers.time.sum >= 0, let losses = TickHistogram(numbers.losses),
      let times = TickHistogram(numbers.times)
    else { throw Self.impossible }
    let all = numbers.incidents.sum
    guard Int128(losses.count) + numbers.lostAll.sum == all, Int128(times.count) <= all,
      numbers.objectives.allSatisfy({ $0.isPossible(of: all) })
    else { throw Self.impossible }
    incidents = numbers.incidents
    lost = numbers.lost
    lostAll = numbers.lostAll
    self.losses = losses
    self.times = times
    timeSum = numbers.time.sum
    objectives = numbers.objectives.map {
      Kept(time: $0.time, point: $0.point, both: $0.both, missed: $0.missed)
    }
  }

  private static let impossible = PartProblem(
    message: "its losses of data can not be counted in its share of the replications")

  /// Whether the sum of both can be held.
  func isAddable(_ other: DataLossTally) -> Bool {
    let moments =
      [(incidents, other.incidents), (lost, other.lost), (lostAll, other.lostAll)]
      + zip(objectives, other.objectives).map { ($0.missed, $1.missed) }
    return moments.allSatisfy { one, two in
      !one.sum.addingReportingOverflow(two.sum).overflow
        && !one.squares.addingReportingOverflow(two.squares).overflow
    } && !timeSum.addingReportingOverflow(other.timeSum).overflow
  }
}

extension DataLossNumbers.Kept {
  /// What was kept in time and in point is at least what was kept in both; the rest was missed.
  fileprivate func isPossible(of incidents: Int128) -> Bool {
    both >= 0 && both <= min(time, point) && Int128(max(time, point)) <= incidents
      && Int128(both) + missed.sum == incidents
  }
}

extension TickHistogram {
  /// The histogram of numbers from a file; `nil` for one that is none. Without numbers it is empty.
  fileprivate init?(_ numbers: TallyNumbers.Histogram?) {
    guard let numbers else {
      self.init()
      return
    }
    self.init(
      occupied: numbers.counts.entries.map { (bucket: $0.place, count: Int($0.value)) },
      minimum: numbers.minimum, maximum: numbers.maximum)
  }
}
