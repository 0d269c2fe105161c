public import Diagnostics
public import Quantities
public import Resilience

/// Messages that a broker keeps until each group of consumers has worked on them.
///
/// The flow of messages is no dependency: it changes no availability, and may run in a circle.
public struct Queue: Sendable {
  /// A kind of message, and its share of what comes in.
  public struct Topic: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// Its share of the messages.
    public let share: Double
  }

  /// Those who together work on every message once.
  public struct Consumer: Sendable {
    /// Who shares the messages.
    public enum Order: String, Sendable, Hashable {
      /// All units; those about one thing stay in order.
      case byKey = "by-key"
      /// All units, in any order.
      case any
      /// One unit at a time, so that all messages stay in order.
      case strict
    }

    /// Whose units they are.
    public let target: Target
    /// Who shares the messages.
    public let order: Order
    /// The queue as they see it.
    public let queue: MessageQueue
  }

  /// The name.
  public let name: String
  /// A name for people.
  public let title: String?
  /// What stores and hands out the messages.
  public let broker: Target
  /// The kinds of messages; empty when none are named.
  public let topics: [Topic]
  /// Each group of consumers has every message once.
  public let consumers: [Consumer]
  /// Where dead letters go, by name.
  public let deadLetterTopic: String?
  /// Who tries dead letters again.
  public let handler: Target?
  /// Whether a replay begins with the earliest message kept, or at any point in time; `nil` when there is none.
  public let replaysFromEarliest: Bool?
}

/// A queue as written.
public struct QueueDraft: Sendable {
  /// A kind of message.
  public struct Topic: Sendable {
    /// Its name.
    public var name: Located<String>
    /// Its share of the messages; `nil`: as much as the others.
    public var share: Probability?

    /// A kind of message.
    public init(name: Located<String>, share: Probability?) { (self.name, self.share) = (name, share) }
  }

  /// A group of consumers.
  public struct Consumer: Sendable {
    /// Whose units they are.
    public var name: Located<String>
    /// What all of them together work on.
    public var drains: Located<Rate>
    /// Who shares the messages.
    public var order: Queue.Consumer.Order
    /// Whether they go on with what comes in, and not with what waits.
    public var beginsWithLatest: Bool

    /// A group of consumers.
    public init(
      name: Located<String>, drains: Located<Rate>, order: Queue.Consumer.Order, beginsWithLatest: Bool
    ) {
      (self.name, self.drains, self.order) = (name, drains, order)
      self.beginsWithLatest = beginsWithLatest
    }
  }

  /// Handing messages out again.
  public struct Redelivery: Sendable {
    /// The time to the next delivery.
    public var after: Located<TimeSpan>
    /// Deliveries after the first.
    public var times: Located<Int>

    /// Handing messages out again.
    public init(after: Located<TimeSpan>, times: Located<Int>) { (self.after, self.times) = (after, times) }
  }

  /// Where messages go that were delivered as often as allowed.
  public struct DeadLetters: Sendable {
    /// The topic.
    public var topic: Located<String>
    /// Who tries them again.
    public var handler: Located<String>?
    /// How often, the first time included.
    public var tries: Located<Int>?
    /// The first wait between tries.
    public var wait: TimeSpan?
    /// Each wait over the one before.
    public var factor: Double?
    /// No wait is longer.
    public var longest: TimeSpan?
    /// What becomes of those that the handler gives up.
    public var end: MessageQueue.DeadLetters.End?

    /// Dead letters that nobody tries again.
    public init(topic: Located<String>) { self.topic = topic }
  }

  /// Handing kept messages out again.
  public struct Replay: Sendable {
    /// Whether it begins with the earliest, or at any point in time.
    public var fromEarliest: Bool
    /// How fast.
    public var rate: Located<Rate>

    /// Handing kept messages out again.
    public init(fromEarliest: Bool, rate: Located<Rate>) {
      (self.fromEarliest, self.rate) = (fromEarliest, rate)
    }
  }

  /// The name.
  public var name: Located<String>
  /// A name for people.
  public var title: String?
  /// What stores and hands out the messages.
  public var broker: Located<String>
  /// The kinds of messages.
  public var topics: [Topic] = []
  /// Messages that come in.
  public var arrivals: Located<Rate>
  /// Whether messages survive the loss of the broker.
  public var isDurable: Bool?
  /// Whether a message that was worked on already is recognised.
  public var isDeduplicated: Bool?
  /// The groups of consumers.
  public var consumers: [Consumer] = []
  /// Handing messages out again.
  public var redelivery: Redelivery?
  /// Where messages go that were delivered as often as allowed.
  public var deadLetters: DeadLetters?
  /// How long messages are kept after they were worked on.
  public var keep: TimeSpan?
  /// Handing kept messages out again.
  public var replay: Replay?
  /// Messages that producers hold back while the broker is down.
  public var buffer: Int?

  /// A queue.
  public init(name: Located<String>, broker: Located<String>, arrivals: Located<Rate>) {
    (self.name, self.broker, self.arrivals) = (name, broker, arrivals)
  }
}
