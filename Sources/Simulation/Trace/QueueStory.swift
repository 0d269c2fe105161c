internal import Resilience

/// Where a queue stands, in messages.
struct QueueStanding {
  /// Messages that wait for a delivery or with their producers.
  var waiting = 0.0
  /// Whether any waits or is late, and whether any becomes a dead letter.
  var isBehind = false
  var makesDeadLetters = false
  var deadLetters = 0.0
  var lost = 0.0

  init() {}

  init(_ state: QueueState, _ queue: MessageQueue) {
    waiting = state.backlog + state.waiting + state.heldBack
    isBehind = state.isBehind(queue)
    makesDeadLetters = state.makesDeadLetters(queue)
    deadLetters = state.outcome.deadLetters
    lost = state.outcome.lost
  }
}

/// The story of one queue: what has changed since it was last looked at.
struct QueueStory {
  private var last = QueueStanding()
  /// Where it stood when messages began to wait.
  private var before = QueueStanding()
  private var mostWaiting = 0.0
  private var hasDeadLetters = false

  /// What leads to a standing.
  mutating func steps(to next: QueueStanding) -> [QueueStep] {
    defer { last = next }
    var steps: [QueueStep] = []
    if next.isBehind, !last.isBehind {
      steps.append(.fills)
      (before, mostWaiting, hasDeadLetters) = (last, 0, false)
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
}
