internal import Quantities

/// A queue through outages, as a fluid: messages come in and are worked on at constant rates between changes.
///
/// Whoever drives it tells which share of the consumers is up, whether the broker is and whether what the consumers write to
/// is. It holds numbers only and allocates nothing.
///
/// While that target is down, a message is tried `times` + 1 times and then a dead letter, so consumers have room for
/// first deliveries at drains / (times + 1); the rate of dead letters is taken as the present rate of first deliveries.
/// Messages that wait for redelivery come back within `after`, and none is early.
///
/// Source: fluid queues, Newell, "Applications of queueing theory", 2nd edition 1982, chapter 2.
public struct QueueState: Sendable {
  /// What can be down.
  public enum Part: Hashable, Sendable {
    /// What stores and hands out messages.
    case broker
    /// Those who work on them; up in part where they are several.
    case consumers
    /// What consumers write to.
    case target
  }

  /// Messages that wait for their first delivery.
  public private(set) var backlog = 0.0
  /// Messages that wait for the next one.
  public private(set) var waiting = 0.0
  /// Messages that producers hold back.
  public private(set) var heldBack = 0.0
  /// Dead letters that the handler is trying.
  public private(set) var trying = 0.0
  /// What has happened so far.
  public private(set) var outcome = QueueOutcome()

  private var consumersUp = 1.0
  private var isBrokerUp = true
  private var targetDownHours = Double.infinity
  private var notBeforeHours = 0.0
  private var nowHours = 0.0

  /// Everything is well and nothing waits.
  public init() {}

  /// Whether everything is up.
  public var isAllUp: Bool { consumersUp >= 1 && isBrokerUp && targetDownHours == .infinity }

  /// A part changes: 0 is down, 1 is up; of consumers any share.
  public mutating func set(_ part: Part, upShare: Double, atHours now: Double, _ queue: MessageQueue) {
    advance(toHours: now, queue)
    switch part {
    case .consumers: consumersUp = upShare
    case .broker: setBroker(isUp: upShare > 0, queue)
    case .target: setTarget(isUp: upShare > 0, queue)
    }
  }

  /// When the last message that is late will have been worked on if nothing changes; `nil` when never, or none is late.
  public func caughtUpHours(_ queue: MessageQueue) -> Double? {
    guard backlog > 0 || notBeforeHours > nowHours else { return nil }
    let growth = inflow(queue) - firstDeliveries(queue)
    guard isBrokerUp, targetDownHours == .infinity, growth < 0 || backlog == 0 else { return nil }
    return max(notBeforeHours, backlog > 0 ? nowHours - backlog / growth : nowHours)
  }

  /// Lets time pass.
  public mutating func advance(toHours end: Double, _ queue: MessageQueue) {
    while nowHours < end {
      let next = min(end, nextBendHours(queue))
      pass(hours: max(0, next - nowHours), queue)
      nowHours = next
    }
  }

  // MARK: Rates

  private func inflow(_ queue: MessageQueue) -> Double { isBrokerUp ? queue.arrivals.perHour : 0 }

  private var isTargetDown: Bool { targetDownHours < .infinity }

  /// Messages an hour that are delivered for the first time.
  private func firstDeliveries(_ queue: MessageQueue) -> Double {
    guard isBrokerUp else { return 0 }
    var most = queue.drains.perHour * consumersUp
    if isTargetDown {
      guard let redelivery = queue.redelivery else { return 0 }
      most /= Double(redelivery.times + 1)
    }
    return backlog > 0 ? most : min(most, inflow(queue))
  }

  /// When dead letters begin, and when the handler begins to give up.
  private func deadLetterHours(_ queue: MessageQueue) -> (begin: Double, giveUp: Double) {
    guard isTargetDown, let dead = queue.deadLetters, let redelivery = queue.redelivery else {
      return (.infinity, .infinity)
    }
    let begin = targetDownHours + redelivery.span.hours
    return (begin, dead.handler.map { begin + $0.span(attemptTakes: .zero).mean.hours } ?? .infinity)
  }

  /// When a rate changes by itself.
  private func nextBendHours(_ queue: MessageQueue) -> Double {
    let dead = deadLetterHours(queue)
    var next = Double.infinity
    if dead.begin > nowHours { next = dead.begin } else if dead.giveUp > nowHours { next = dead.giveUp }
    if notBeforeHours > nowHours { next = min(next, notBeforeHours) }
    let growth = inflow(queue) - firstDeliveries(queue)
    if backlog > 0, growth < 0 { next = min(next, nowHours - backlog / growth) }
    return next
  }

  // MARK: Changes

  private mutating func pass(hours: Double, _ queue: MessageQueue) {
    let (dead, delivered) = (deadLetterHours(queue), firstDeliveries(queue))
    if isAllUp, backlog > 0 || nowHours < notBeforeHours { outcome.catchUpHours += hours }
    backlog = max(0, backlog + (inflow(queue) - delivered) * hours)
    if backlog < 1e-9 * queue.arrivals.perHour { backlog = 0 }
    if !isBrokerUp { holdBack(queue.arrivals.perHour * hours, queue) }
    if isTargetDown {
      let messages = delivered * hours
      if nowHours >= dead.begin {
        addDeadLetters(messages, isGivingUp: nowHours >= dead.giveUp, queue)
      } else {
        waiting += messages
      }
    }
    outcome.largestBacklog = max(outcome.largestBacklog, backlog + waiting)
  }

  private mutating func holdBack(_ messages: Double, _ queue: MessageQueue) {
    let kept = min(messages, max(0, Double(queue.producerBuffer) - heldBack))
    heldBack += kept
    outcome.lost += messages - kept
  }

  private mutating func addDeadLetters(_ messages: Double, isGivingUp: Bool, _ queue: MessageQueue) {
    outcome.deadLetters += messages
    guard isGivingUp else {
      trying += messages
      return
    }
    if queue.deadLetters?.end == .drop {
      outcome.dropped += messages
      outcome.lost += messages
    } else {
      outcome.archived += messages
    }
  }

  private mutating func setBroker(isUp: Bool, _ queue: MessageQueue) {
    if isBrokerUp, !isUp, !queue.isDurable {
      outcome.lost += backlog + waiting
      (backlog, waiting) = (0, 0)
    }
    if !isBrokerUp, isUp {
      backlog += heldBack
      heldBack = 0
      outcome.largestBacklog = max(outcome.largestBacklog, backlog + waiting)
    }
    isBrokerUp = isUp
  }

  private mutating func setTarget(isUp: Bool, _ queue: MessageQueue) {
    if isUp, isTargetDown {
      if waiting > 0, let redelivery = queue.redelivery {
        notBeforeHours = nowHours + redelivery.after.hours
      }
      backlog += waiting
      (waiting, trying) = (0, 0)
      targetDownHours = .infinity
    } else if !isUp, !isTargetDown {
      targetDownHours = nowHours
    }
  }
}
