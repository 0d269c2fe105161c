internal import Resilience

/// Where a queue stands, in messages.
struct QueueStanding {
  /// Messages that wait for a delivery or with their producers.
  var waiting = 0.0
  /// Whether messages are taken in, and how many producers hold back while they are not.
  var isAccepting = true
  var producerBuffer = 0
  /// Whether any waits or is late, and whether any becomes a dead letter.
  var isBehind = false
  var makesDeadLetters = false
  var deadLetters = 0.0
  var lost = 0.0

  init() {}

  init(_ state: QueueState, _ queue: MessageQueue) {
    waiting = state.backlog + state.waiting + state.heldBack
    (isAccepting, producerBuffer) = (state.isAccepting, queue.producerBuffer)
    isBehind = state.isBehind(queue)
    makesDeadLetters = state.makesDeadLetters(queue)
    deadLetters = state.outcome.deadLetters
    lost = state.outcome.lost
  }
}

/// The story of one queue: what has changed since it was last looked at.
struct QueueStory {
  private var last = QueueStanding()
  /// Where it stood when messages began to wait, or were not taken in any more.
  private var before = QueueStanding()
  private var mostWaiting = 0.0
  private var hasFilled = false
  private var hasDeadLetters = false

  /// What leads to a standing.
  mutating func steps(to next: QueueStanding) -> [QueueStep] {
    defer { last = next }
    if next.isBehind, !last.isBehind {
      (before, mostWaiting, hasFilled, hasDeadLetters) = (last, 0, false, false)
    }
    var steps = acceptance(next)
    if next.isBehind, next.isAccepting, !hasFilled {
      hasFilled = true
      steps.append(.fills)
    }
    mostWaiting = max(mostWaiting, next.waiting)
    if next.makesDeadLetters, !hasDeadLetters {
      hasDeadLetters = true
      steps.append(.deadLetters)
    }
    if !next.isBehind, last.isBehind {
      steps.append(
        .drained(
          mostWaiting: mostWaiting, deadLetters: next.deadLetters - before.deadLetters,
          lost: next.lost - before.lost))
    }
    return steps
  }

  /// What is lost at the moment that messages are not taken in any more has waited.
  private func acceptance(_ next: QueueStanding) -> [QueueStep] {
    guard next.isAccepting != last.isAccepting else { return [] }
    return [
      next.isAccepting
        ? .accepts : .refuses(holdingBack: next.producerBuffer, lost: next.lost - last.lost)
    ]
  }
}
