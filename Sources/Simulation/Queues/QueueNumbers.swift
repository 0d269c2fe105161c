internal import Stochastics

/// What replications add up to of a queue as plain numbers, as in `QueueTally`.
struct QueueNumbers: Codable, Sendable, Hashable {
  let deadLetters: QueueTally.Count
  let archived: QueueTally.Count
  let lost: QueueTally.Count
  let deadLetterOutages: Moments
  let catchUp: Moments
  let backlogs: TallyNumbers.Histogram
  let longestCatchUps: TallyNumbers.Histogram

  init(_ tally: QueueTally) {
    deadLetters = tally.deadLetters
    archived = tally.archived
    lost = tally.lost
    deadLetterOutages = tally.deadLetterOutages
    catchUp = tally.catchUp
    backlogs = TallyNumbers.Histogram(tally.backlogs)
    longestCatchUps = TallyNumbers.Histogram(tally.longestCatchUps)
  }
}

extension QueueTally {
  /// The tally that numbers from a file stand for.
  ///
  /// - Throws: what no run of so many replications of this horizon could have counted.
  init(_ numbers: QueueNumbers, replications: Int, horizon: Int64) throws(PartProblem) {
    let most = Int64(QueueLayout.mostParts)
    let counts = [numbers.deadLetters, numbers.archived, numbers.lost]
    let isPossible =
      counts.allSatisfy {
        $0.messages.isPossible(replications, each: most) && (0...replications).contains($0.replications)
      } && numbers.deadLetterOutages.isPossible(replications, each: horizon)
      && numbers.catchUp.isPossible(replications, each: horizon + 1)
    guard isPossible, let backlogs = numbers.backlogs.values(replications, atMost: most),
      let longestCatchUps = numbers.longestCatchUps.values(replications, atMost: horizon + 1)
    else {
      throw PartProblem(message: "its totals of queues can not be counted in its share of the replications")
    }
    (deadLetters, archived, lost) = (numbers.deadLetters, numbers.archived, numbers.lost)
    (deadLetterOutages, catchUp) = (numbers.deadLetterOutages, numbers.catchUp)
    (self.backlogs, self.longestCatchUps) = (backlogs, longestCatchUps)
  }
}

extension Moments {
  /// Whether they can be those of so many whole numbers from 0 to `most`.
  fileprivate func isPossible(_ count: Int, each most: Int64) -> Bool {
    guard sum >= 0, sum <= Int128(count) * Int128(most), squares >= sum else { return false }
    let (limit, isUnbounded) = sum.multipliedReportingOverflow(by: Int128(most))
    return isUnbounded || squares <= limit
  }
}

extension TallyNumbers.Histogram {
  /// The histogram of so many numbers; `nil` when it can not be one.
  fileprivate func values(_ count: Int, atMost most: Int64) -> TickHistogram? {
    let occupied = counts.entries.map { (bucket: $0.place, count: Int($0.value)) }
    let histogram = TickHistogram(occupied: occupied, minimum: minimum, maximum: maximum)
    return histogram.flatMap { $0.count == count && maximum <= most ? $0 : nil }
  }
}
