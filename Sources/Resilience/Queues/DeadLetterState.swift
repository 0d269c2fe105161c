internal import Quantities

/// The dead letters of a queue that are not given up yet.
struct DeadLetterState: Sendable {
  /// Those that the handler is trying, or that lie there where it has none.
  private(set) var trying = 0.0
  /// Those that came to it at once: they waited for it to be back, or had been waiting for a consumer.
  private(set) var again = 0.0
  /// Those that wait for the handler to be up.
  private(set) var untried = 0.0
  private var isHandlerUp = true
  private var handlerUpHours = -Double.infinity
  /// Since when it tries those that came at once.
  private var againHours = 0.0

  private func spanHours(_ queue: MessageQueue) -> Double? {
    queue.deadLetters?.handler.map { $0.span(attemptTakes: .zero).mean.hours }
  }

  /// When the handler begins to give up what becomes a dead letter from some moment on.
  private func giveUpHours(deadLettersFrom begin: Double, _ queue: MessageQueue) -> Double {
    guard isHandlerUp, let span = spanHours(queue) else { return .infinity }
    return max(begin, handlerUpHours) + span
  }

  private func giveUpAgainHours(_ queue: MessageQueue) -> Double {
    guard isHandlerUp, again > 0, let span = spanHours(queue) else { return .infinity }
    return againHours + span
  }

  /// When something happens to dead letters by itself.
  func nextBendHours(after now: Double, deadLettersFrom begin: Double, _ queue: MessageQueue) -> Double {
    let giveUp = giveUpHours(deadLettersFrom: begin, queue)
    let moments = (begin, giveUp, giveUpAgainHours(queue))
    var next = Double.infinity
    if moments.0 > now { next = min(next, moments.0) }
    if moments.1 > now { next = min(next, moments.1) }
    if moments.2 > now { next = min(next, moments.2) }
    return next
  }

  /// Messages become dead letters in a stretch of time in which nothing bends.
  mutating func add(
    _ messages: Double, atHours now: Double, deadLettersFrom begin: Double, _ queue: MessageQueue,
    _ outcome: inout QueueOutcome
  ) {
    outcome.deadLetters += messages
    if !isHandlerUp {
      untried += messages
    } else if now >= giveUpHours(deadLettersFrom: begin, queue) {
      DeadLetterState.giveUp(messages, queue, &outcome)
    } else {
      trying += messages
    }
  }

  /// Messages become dead letters at once.
  mutating func addAtOnce(
    _ messages: Double, atHours now: Double, _ queue: MessageQueue, _ outcome: inout QueueOutcome
  ) {
    outcome.deadLetters += messages
    if !isHandlerUp {
      untried += messages
    } else if queue.deadLetters?.handler == nil {
      trying += messages
    } else {
      again += messages
      againHours = now
    }
  }

  /// The handler gives up at once what it took up at once.
  mutating func giveUpAgain(through end: Double, _ queue: MessageQueue, _ outcome: inout QueueOutcome) {
    guard giveUpAgainHours(queue) <= end else { return }
    DeadLetterState.giveUp(again, queue, &outcome)
    again = 0
  }

  private static func giveUp(_ messages: Double, _ queue: MessageQueue, _ outcome: inout QueueOutcome) {
    if queue.deadLetters?.end == .drop {
      outcome.dropped += messages
      outcome.lost += messages
    } else {
      outcome.archived += messages
    }
  }

  mutating func setHandler(isUp: Bool, isTargetDown: Bool, atHours now: Double) {
    guard isUp != isHandlerUp else { return }
    isHandlerUp = isUp
    if isUp {
      handlerUpHours = now
      againHours = now
      again = isTargetDown ? untried : 0
      untried = 0
    } else {
      untried += trying + again
      (trying, again) = (0, 0)
    }
  }

  /// What consumers write to is up again: what the handler tries gets in.
  mutating func bringIn() { (trying, again) = (0, 0) }

  /// All of them are gone with the broker.
  mutating func loseAll() -> Double {
    defer { (trying, again, untried) = (0, 0, 0) }
    return trying + again + untried
  }
}
