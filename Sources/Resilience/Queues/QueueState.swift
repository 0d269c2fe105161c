internal import Quantities

/// A queue through outages, as a fluid: messages come in and are worked on at constant rates between changes.
///
/// Whoever drives it tells which share of the consumers is up, whether the broker is, whether what the consumers write to is,
/// and whether the handler of dead letters is. It holds numbers only and allocates nothing.
///
/// While that target is down, a message is tried `times` + 1 times and then a dead letter, so consumers have room for
/// first deliveries at drains / (times + 1); the rate of dead letters is taken as the present rate of first deliveries.
/// Messages that wait for redelivery come back within `after`, and none is early. Where no consumer was up, or the broker
/// was not, the tries begin anew. A handler that comes back begins its own tries anew, too; what waits for it when the
/// target is up again is brought in.
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
    /// Who tries dead letters again.
    case handler
  }

  /// Messages that wait for their first delivery.
  public private(set) var backlog = 0.0
  /// Messages that wait for the next one.
  public private(set) var waiting = 0.0
  /// Messages that producers hold back.
  public private(set) var heldBack = 0.0
  /// The time until which all this holds.
  public private(set) var nowHours = 0.0
  /// What has happened so far.
  public private(set) var outcome = QueueOutcome()

  private var consumersUp = 1.0
  private var isBrokerUp = true
  private var isTargetDown = false
  /// Since when messages are delivered in vain.
  private var inVainHours = Double.infinity
  /// Those that waited when that began: their tries begin anew.
  private var triedAnew = 0.0
  private var letters = DeadLetterState()
  private var hasDeadLetters = false
  private var notBeforeHours = 0.0
  private var catchUpHours = 0.0

  /// Everything is well and nothing waits.
  public init() {}

  /// Dead letters that the handler is trying.
  public var trying: Double { letters.trying + letters.again }

  /// Dead letters that wait for the handler to be up.
  public var untried: Double { letters.untried }

  /// Whether the broker takes messages in.
  public var isAccepting: Bool { isBrokerUp }

  /// Whether everything is up that messages need.
  public var isAllUp: Bool { consumersUp >= 1 && isBrokerUp && !isTargetDown }

  /// A part changes: 0 is down, 1 is up; of consumers any share.
  public mutating func set(_ part: Part, upShare: Double, atHours now: Double, _ queue: MessageQueue) {
    advance(toHours: now, queue)
    switch part {
    case .consumers: setConsumers(upShare, queue)
    case .broker: setBroker(isUp: upShare > 0, queue)
    case .target: setTarget(isUp: upShare > 0, queue)
    case .handler: letters.setHandler(isUp: upShare > 0, isTargetDown: isTargetDown, atHours: nowHours)
    }
    let isInVain = isTargetDown && isBrokerUp && consumersUp > 0
    if isInVain, inVainHours == .infinity { triedAnew = waiting }
    inVainHours = isInVain ? min(inVainHours, nowHours) : .infinity
  }

  /// When the last message that is late will have been worked on if nothing changes; `nil` when never, or none is late.
  public func caughtUpHours(_ queue: MessageQueue) -> Double? {
    guard backlog > 0 || notBeforeHours > nowHours else { return nil }
    let growth = inflow(queue) - firstDeliveries(queue)
    guard isBrokerUp, !isTargetDown, growth < 0 || backlog == 0 else { return nil }
    return max(notBeforeHours, backlog > 0 ? nowHours - backlog / growth : nowHours)
  }

  /// Lets time pass.
  public mutating func advance(toHours end: Double, _ queue: MessageQueue) {
    while nowHours < end { step(towards: end, queue) }
  }

  /// Lets time pass until a rate changes by itself, no further than to `end`, which is still to come.
  public mutating func step(towards end: Double, _ queue: MessageQueue) {
    let next = min(end, nextBendHours(queue))
    // A rest that is gone before the clock can tell is none.
    if next > nowHours { pass(to: next, queue) } else { backlog = 0 }
  }

  /// Whether messages wait or are late, or will be if nothing changes.
  public func isBehind(_ queue: MessageQueue) -> Bool {
    backlog + waiting + heldBack > 0 || nowHours < notBeforeHours || !isBrokerUp || isTargetDown
      || inflow(queue) > firstDeliveries(queue)
  }

  /// Whether messages become dead letters now.
  public func makesDeadLetters(_ queue: MessageQueue) -> Bool { nowHours >= deadLetterHours(queue) }

  // MARK: Rates

  private func inflow(_ queue: MessageQueue) -> Double { isBrokerUp ? queue.arrivals.perHour : 0 }

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

  /// When messages begin to go to the dead letters.
  private func deadLetterHours(_ queue: MessageQueue) -> Double {
    guard queue.deadLetters != nil, let redelivery = queue.redelivery else { return .infinity }
    return inVainHours + redelivery.span.hours
  }

  /// When a rate changes by itself.
  private func nextBendHours(_ queue: MessageQueue) -> Double {
    var next = letters.nextBendHours(after: nowHours, deadLettersFrom: deadLetterHours(queue), queue)
    if notBeforeHours > nowHours { next = min(next, notBeforeHours) }
    let growth = inflow(queue) - firstDeliveries(queue)
    if backlog > 0, growth < 0 { next = min(next, nowHours - backlog / growth) }
    return next
  }

  // MARK: Changes

  private mutating func pass(to end: Double, _ queue: MessageQueue) {
    let (hours, delivered) = (end - nowHours, firstDeliveries(queue))
    countCatchUp(hours)
    backlog = max(0, backlog + (inflow(queue) - delivered) * hours)
    if backlog < 1e-9 * queue.arrivals.perHour { backlog = 0 }
    if !isBrokerUp { holdBack(queue.arrivals.perHour * hours, queue) }
    if isTargetDown { deliverInVain(delivered * hours, queue) }
    outcome.largestBacklog = max(outcome.largestBacklog, backlog + waiting)
    if isTargetDown { endTries(through: end, queue) }
    nowHours = end
  }

  private mutating func deliverInVain(_ messages: Double, _ queue: MessageQueue) {
    let begin = deadLetterHours(queue)
    guard nowHours >= begin, messages > 0 else {
      waiting += messages
      return
    }
    noteDeadLetters()
    letters.add(messages, atHours: nowHours, deadLettersFrom: begin, queue, &outcome)
  }

  /// The end of tries that began, and of those of the handler, for many messages at once.
  private mutating func endTries(through end: Double, _ queue: MessageQueue) {
    if triedAnew > 0, end >= deadLetterHours(queue) {
      noteDeadLetters()
      letters.addAtOnce(triedAnew, atHours: end, queue, &outcome)
      waiting = max(0, waiting - triedAnew)
      triedAnew = 0
    }
    letters.giveUpAgain(through: end, queue, &outcome)
  }

  private mutating func noteDeadLetters() {
    if !hasDeadLetters { outcome.deadLetterOutages += 1 }
    hasDeadLetters = true
  }

  private mutating func countCatchUp(_ hours: Double) {
    guard isAllUp, backlog > 0 || nowHours < notBeforeHours else {
      catchUpHours = 0
      return
    }
    catchUpHours += hours
    outcome.catchUpHours += hours
    outcome.longestCatchUpHours = max(outcome.longestCatchUpHours, catchUpHours)
  }

  private mutating func holdBack(_ messages: Double, _ queue: MessageQueue) {
    let kept = min(messages, max(0, Double(queue.producerBuffer) - heldBack))
    heldBack += kept
    outcome.lost += messages - kept
  }

  private mutating func setConsumers(_ share: Double, _ queue: MessageQueue) {
    if queue.beginsWithLatest, consumersUp <= 0, share > 0 { loseWhatWaits() }
    consumersUp = share
  }

  private mutating func loseWhatWaits() {
    outcome.lost += backlog + waiting
    (backlog, waiting, triedAnew) = (0, 0, 0)
  }

  private mutating func setBroker(isUp: Bool, _ queue: MessageQueue) {
    if isBrokerUp, !isUp, !queue.isDurable {
      loseWhatWaits()
      outcome.lost += letters.loseAll()
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
      (waiting, triedAnew) = (0, 0)
      letters.bringIn()
      hasDeadLetters = false
    }
    isTargetDown = !isUp
  }
}
