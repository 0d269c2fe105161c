/// What outages did to a queue, in messages.
public struct QueueOutcome: Hashable, Sendable {
  /// The most messages that waited at once, redeliveries included.
  public internal(set) var largestBacklog = 0.0
  /// How long after everything was up again messages were worked on late.
  public internal(set) var catchUpHours = 0.0
  /// The longest of these times without a further outage in it.
  public internal(set) var longestCatchUpHours = 0.0
  /// Outages of what consumers write to in which messages went to the dead letters.
  public internal(set) var deadLetterOutages = 0
  /// Messages that went to the dead letters.
  public internal(set) var deadLetters = 0.0
  /// Dead letters that the handler gave up on and archived.
  public internal(set) var archived = 0.0
  /// Dead letters that the handler threw away; they are among the lost.
  public internal(set) var dropped = 0.0
  /// Messages lost: never published, dropped, passed over, or gone with the broker.
  public internal(set) var lost = 0.0

  /// Nothing has happened.
  public init() {}

  /// Dead letters that the handler brought in after all, or that still lie there where it has none.
  public var deadLettersLeft: Double { deadLetters - archived - dropped }
}

extension MessageQueue {
  /// What an outage of this length of one part does, with everything well before it; the others stay up.
  ///
  /// - Parameters:
  ///   - part: what is down.
  ///   - downHours: how long; at least 0.
  public func outcome(of part: QueueState.Part, downHours: Double) -> QueueOutcome {
    var state = QueueState()
    state.set(part, upShare: 0, atHours: 0, self)
    state.set(part, upShare: 1, atHours: downHours, self)
    if let caughtUp = state.caughtUpHours(self) { state.advance(toHours: caughtUp, self) }
    return state.outcome
  }
}
