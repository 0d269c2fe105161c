internal import Resilience
internal import Stochastics

/// What replications add up to of one queue as a group of consumers sees it: whole parts of messages, and ticks.
struct QueueTally: Sendable {
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
  var backlogs = TickHistogram()
  /// The longest time to catch up, of each replication.
  var longestCatchUps = TickHistogram()

  mutating func add(_ outcome: QueueOutcome, _ flow: QueueLayout.Flow) {
    deadLetters.add(flow.parts(outcome.deadLetters))
    archived.add(flow.parts(outcome.archived))
    lost.add(flow.parts(outcome.lost))
    deadLetterOutages.add(Int64(outcome.deadLetterOutages))
    catchUp.add(Ticks.from(hours: outcome.catchUpHours))
    backlogs.record(flow.parts(outcome.largestBacklog))
    longestCatchUps.record(Ticks.from(hours: outcome.longestCatchUpHours))
  }

  mutating func merge(_ other: QueueTally) {
    deadLetters.merge(other.deadLetters)
    archived.merge(other.archived)
    lost.merge(other.lost)
    deadLetterOutages.merge(other.deadLetterOutages)
    catchUp.merge(other.catchUp)
    backlogs.merge(other.backlogs)
    longestCatchUps.merge(other.longestCatchUps)
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
