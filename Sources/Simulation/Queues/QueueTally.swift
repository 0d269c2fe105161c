internal import Resilience
internal import Stochastics

/// What replications add up to of one queue as a group of consumers sees it: whole parts of messages, and ticks.
struct QueueTally: Codable, Sendable, Hashable {
  /// Messages that something happened to.
  struct Count: Codable, Sendable, Hashable {
    var messages = Moments()
    /// Replications in which it happened to any.
    var replications = 0

    mutating func add(_ parts: Int64) {
      messages.add(parts)
      if parts > 0 { replications += 1 }
    }

    mutating func merge(_ other: Count) {
      messages.merge(other.messages)
      replications += other.replications
    }
  }

  var deadLetters = Count()
  var archived = Count()
  var lost = Count()
  var deadLetterOutages = Moments()
  var catchUp = Moments()
  /// The most that waited at once, of each replication.
  var backlogs = TallyHistogram()
  /// The longest time to catch up, of each replication.
  var longestCatchUps = TallyHistogram()

  mutating func add(_ outcome: QueueOutcome, _ flow: QueueLayout.Flow) {
    deadLetters.add(flow.parts(outcome.deadLetters))
    archived.add(flow.parts(outcome.archived))
    lost.add(flow.parts(outcome.lost))
    deadLetterOutages.add(Int64(outcome.deadLetterOutages))
    catchUp.add(Ticks.from(hours: outcome.catchUpHours))
    backlogs.values.record(flow.parts(outcome.largestBacklog))
    longestCatchUps.values.record(Ticks.from(hours: outcome.longestCatchUpHours))
  }

  mutating func merge(_ other: QueueTally) {
    deadLetters.merge(other.deadLetters)
    archived.merge(other.archived)
    lost.merge(other.lost)
    deadLetterOutages.merge(other.deadLetterOutages)
    catchUp.merge(other.catchUp)
    backlogs.values.merge(other.backlogs.values)
    longestCatchUps.values.merge(other.longestCatchUps.values)
  }

  /// Throws what no run of so many replications of this horizon could have counted.
  func check(replications: Int, horizon: Int64) throws(PartProblem) {
    let most = Int64(QueueLayout.mostParts)
    let isPossible =
      [deadLetters, archived, lost].allSatisfy {
        $0.messages.isPossible(replications, each: most) && (0...replications).contains($0.replications)
      } && deadLetterOutages.isPossible(replications, each: horizon)
      && catchUp.isPossible(replications, each: horizon + 1)
      && backlogs.isPossible(replications, each: most)
      && longestCatchUps.isPossible(replications, each: horizon + 1)
    guard isPossible else {
      throw PartProblem(message: "its totals of queues can not be counted in its share of the replications")
    }
  }

  /// Whether the sum of two fits in its integers.
  func isAddable(_ other: QueueTally) -> Bool {
    zip(allMoments, other.allMoments).allSatisfy { own, its in
      !own.sum.addingReportingOverflow(its.sum).overflow
        && !own.squares.addingReportingOverflow(its.squares).overflow
    }
  }

  private var allMoments: [Moments] {
    [deadLetters.messages, archived.messages, lost.messages, deadLetterOutages, catchUp]
  }
}

extension Moments {
  /// Whether they can be those of so many whole numbers from 0 to `most`.
  fileprivate func isPossible(_ count: Int, each most: Int64) -> Bool {
    let (limit, isUnbounded) = sum.multipliedReportingOverflow(by: Int128(most))
    return sum >= 0 && sum <= Int128(count) * Int128(most) && squares >= sum
      && (isUnbounded || squares <= limit)
  }
}

/// A histogram that can be written to a file of a part.
struct TallyHistogram: Codable, Sendable, Hashable {
  var values = TickHistogram()

  init() {}

  init(from decoder: any Decoder) throws {
    let numbers = try TallyNumbers.Histogram(from: decoder)
    let occupied = numbers.counts.entries.map { (bucket: $0.place, count: Int($0.value)) }
    guard
      let histogram = TickHistogram(
        occupied: occupied, minimum: numbers.minimum, maximum: numbers.maximum)
    else { throw PartProblem(message: "a histogram in it can not be") }
    values = histogram
  }

  func encode(to encoder: any Encoder) throws { try TallyNumbers.Histogram(values).encode(to: encoder) }

  fileprivate func isPossible(_ count: Int, each most: Int64) -> Bool {
    values.count == count && (values.maximum ?? 0) <= most
  }
}
