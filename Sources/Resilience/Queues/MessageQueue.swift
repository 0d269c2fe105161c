public import Quantities
internal import Stochastics

/// A queue as one group of consumers sees it: what comes in, what they take out, and what becomes of a message that they
/// can not work on.
///
/// Source: Apache Pulsar: negative acknowledgement and dead letter topic (PIP 22), retention of acknowledged messages.
public struct MessageQueue: Hashable, Sendable {
  /// Handing a message out again that a consumer could not work on, because what it writes to is down.
  public struct Redelivery: Hashable, Sendable {
    /// The time to the next delivery.
    public let after: TimeSpan
    /// Deliveries after the first.
    public let times: Int

    /// Redelivery; throws everything that is wrong with it.
    public init(after: TimeSpan, times: Int) throws(InvalidPolicy) {
      var check = PolicyCheck()
      check.require(
        after > .zero, "redelivery-after", "redelivery/after",
        "redelivery after no time spins; expected a duration", help: "after: 60 s")
      check.require(
        (1...100_000).contains(times), "redelivery-times", "redelivery/times",
        "redelivered \(times) times; expected 1 or more", help: "times: 3")
      try check.finish()
      (self.after, self.times) = (after, times)
    }

    /// How long a message is tried: an outage that is longer sends the first messages to the dead letters.
    ///
    /// Worked: after 60 s, 3 times: 180 s.
    public var span: TimeSpan { TimeSpan(hours: after.hours * Double(times)) ?? .zero }
  }

  /// Where messages go that were delivered as often as allowed.
  public struct DeadLetters: Hashable, Sendable {
    /// What happens to a message on which the handler gives up, too.
    public enum End: Hashable, Sendable {
      /// It is written to an archive, out of the system.
      case archive
      /// It is thrown away.
      case drop
    }

    /// How the handler tries them; without one they stay where they are.
    public let handler: Retry?
    /// The end of those it gives up on.
    public let end: End

    /// Dead letters, tried again by a handler or not.
    public init(handler: Retry?, end: End = .archive) { (self.handler, self.end) = (handler, end) }
  }

  /// Messages an hour that come in.
  public let arrivals: Rate
  /// Messages an hour that the consumers work on when all of them are up.
  public let drains: Rate
  /// Redelivery; without it a consumer stops at a message until it can work on it.
  public let redelivery: Redelivery?
  /// Dead letters; without them redelivery never ends.
  public let deadLetters: DeadLetters?
  /// Whether messages survive the loss of the broker.
  public let isDurable: Bool
  /// Whether a message that was worked on already is recognised.
  public let isDeduplicated: Bool
  /// How long messages are kept after they were worked on.
  public let keep: TimeSpan
  /// Messages an hour at which they are handed out again; `nil` where they can not be.
  public let replayRate: Rate?
  /// Messages that producers hold back while the broker is down; those beyond are lost.
  public let producerBuffer: Int
  /// Where consumers go on once one of them is up again: with what comes in then, so that what waits is passed over and
  /// lost to them, or with what waits.
  public let beginsWithLatest: Bool

  /// A queue; throws everything that is wrong with it.
  public init(
    arrivals: Rate, drains: Rate, redelivery: Redelivery? = nil, deadLetters: DeadLetters? = nil,
    isDurable: Bool = true, isDeduplicated: Bool = false, keep: TimeSpan = .zero, replayRate: Rate? = nil,
    producerBuffer: Int = 0, beginsWithLatest: Bool = false
  ) throws(InvalidPolicy) {
    var check = PolicyCheck()
    check.require(
      arrivals.perHour > 0, "queue-arrivals", "arrivals", "no messages; expected a rate",
      help: "arrivals: 1 /s")
    check.require(
      drains > arrivals, "queue-overload", "consumers",
      "consumers drain \(drains) and \(arrivals) come in: the backlog grows without end",
      help: Rate(perHour: arrivals.perHour * 2).map { "drains: \($0)" })
    check.require(
      deadLetters == nil || redelivery != nil, "queue-dead-letters", "dead-letters",
      "a message gets there after its redeliveries, and none are stated",
      help: "redelivery: {after: 60 s, times: 3}")
    check.require(
      replayRate.map { $0.perHour > 0 } ?? true, "queue-replay", "replay/at", "a replay of 0 never ends",
      help: "at: 50 /s")
    check.require(
      producerBuffer >= 0, "queue-buffer", "buffer", "\(producerBuffer) messages; expected 0 or more")
    try check.finish()
    (self.arrivals, self.drains, self.redelivery) = (arrivals, drains, redelivery)
    (self.deadLetters, self.isDurable, self.isDeduplicated) = (deadLetters, isDurable, isDeduplicated)
    (self.keep, self.replayRate, self.producerBuffer) = (keep, replayRate, producerBuffer)
    self.beginsWithLatest = beginsWithLatest
  }

  /// The longest outage of what the consumers write to that sends nothing to the dead letters; `nil` where none does.
  public var longestWithoutDeadLetters: TimeSpan? { deadLetters == nil ? nil : redelivery?.span }

  /// Whether most messages run out of deliveries while a share of them succeeds; what the others do is as if all did.
  public func givesUpMost(answeredShare share: Double) -> Bool {
    guard let redelivery, deadLetters != nil else { return share <= 0 }
    return portablePower(1 - share, Double(redelivery.times + 1)) > 0.5
  }

  /// Messages that come in over those that consumers work on when all of them are up: below 1.
  public var utilization: Double { arrivals.perHour / drains.perHour }

  /// The longest such outage that gives up nothing for good; `nil` where none does.
  public var longestWithoutGivingUp: TimeSpan? {
    guard let span = longestWithoutDeadLetters, let handler = deadLetters?.handler else { return nil }
    return TimeSpan(hours: span.hours + handler.span(attemptTakes: .zero).mean.hours)
  }
}
