internal import Diagnostics
internal import Quantities
internal import Resilience

extension ModelResolver {
  /// The queues with their names resolved.
  mutating func resolveQueues() -> [Queue] { draft.queues.compactMap { resolve($0) } }

  private mutating func resolve(_ draft: QueueDraft) -> Queue? {
    noteDefaults(of: draft)
    let broker = resolve(draft.broker)
    let handler = draft.deadLetters?.handler.flatMap { resolve($0) }
    checkTopics(of: draft)
    checkHandler(of: draft)
    if draft.consumers.isEmpty {
      report(
        "queue-without-consumers", "nobody works on the messages of \(draft.name.value)",
        at: draft.name.location, help: "consumers: {loader: {drains: 5 /s}}")
    }
    let consumers = draft.consumers.compactMap { resolve($0, of: draft, broker: broker) }
    guard let broker else { return nil }
    return Queue(
      name: draft.name.value, title: draft.title, broker: broker, topics: topics(of: draft),
      consumers: consumers, deadLetterTopic: draft.deadLetters?.topic.value, handler: handler,
      replaysFromEarliest: draft.replay?.fromEarliest)
  }

  private mutating func resolve(
    _ consumer: QueueDraft.Consumer, of draft: QueueDraft, broker: Target?
  ) -> Queue.Consumer? {
    guard let target = resolve(consumer.name) else { return nil }
    if target == broker {
      report(
        "queue-consumes-itself", "\(consumer.name.value) can not work on the messages that it stores",
        at: consumer.name.location)
    }
    return messageQueue(of: draft, consumer).map {
      Queue.Consumer(target: target, order: consumer.order, queue: $0)
    }
  }

  // MARK: Flow

  /// The queue as one group of consumers sees it; `nil` after a finding.
  private mutating func messageQueue(
    of draft: QueueDraft, _ consumer: QueueDraft.Consumer
  ) -> MessageQueue? {
    do throws(InvalidPolicy) {
      let redelivery = try draft.redelivery.map { written throws(InvalidPolicy) in
        try MessageQueue.Redelivery(after: written.after.value, times: written.times.value)
      }
      let letters = try draft.deadLetters.map { written throws(InvalidPolicy) in
        MessageQueue.DeadLetters(handler: try retry(written), end: written.end ?? .archive)
      }
      return try MessageQueue(
        arrivals: draft.arrivals.value, drains: consumer.drains.value, redelivery: redelivery,
        deadLetters: letters, isDurable: draft.isDurable ?? true,
        isDeduplicated: draft.isDeduplicated ?? false, keep: draft.keep ?? .zero,
        replayRate: draft.replay?.rate.value, producerBuffer: draft.buffer ?? 0,
        beginsWithLatest: consumer.beginsWithLatest)
    } catch {
      for finding in error.findings { report(finding, in: draft, consumer) }
      return nil
    }
  }

  private func retry(_ written: QueueDraft.DeadLetters) throws(InvalidPolicy) -> Retry? {
    guard let tries = written.tries, written.handler != nil else { return nil }
    return try Retry(
      attempts: tries.value, wait: written.wait ?? .zero, factor: written.factor ?? 1,
      longest: written.longest)
  }

  /// Reports a mistake where it stands; one that all consumers share is told once.
  private mutating func report(
    _ finding: PolicyFinding, in draft: QueueDraft, _ consumer: QueueDraft.Consumer
  ) {
    let place =
      switch finding.key {
      case "arrivals": draft.arrivals.location
      case "consumers": consumer.drains.location
      case "redelivery/after": draft.redelivery?.after.location
      case "redelivery/times": draft.redelivery?.times.location
      case "replay/at": draft.replay?.rate.location
      case let key where key.hasPrefix("retry/"): draft.deadLetters?.tries?.location
      case "dead-letters": draft.deadLetters?.topic.location
      default: draft.name.location
      }
    let location = place ?? draft.name.location
    guard !findings.contains(where: { $0.slug == finding.slug && $0.location == location }) else { return }
    let help = finding.help.map { $0.replacing("attempts:", with: "tries:") }
    report(finding.slug, "\(draft.name.value): \(finding.message)", at: location, help: help)
  }

  // MARK: Topics and dead letters

  /// The topics with their shares of the messages: those stated, else as much as each other.
  private func topics(of draft: QueueDraft) -> [Queue.Topic] {
    let even = 1 / Double(max(1, draft.topics.count))
    return draft.topics.map { Queue.Topic(name: $0.name.value, share: $0.share?.value ?? even) }
  }

  private mutating func checkTopics(of draft: QueueDraft) {
    var seen: Set<String> = []
    for topic in draft.topics where !seen.insert(topic.name.value).inserted {
      report("named-twice", "\(topic.name.value) stands twice in topics:", at: topic.name.location)
    }
    if let letters = draft.deadLetters, seen.contains(letters.topic.value) {
      report(
        "dead-letters-circle",
        "\(letters.topic.value) is one of the topics that the same consumers read: its letters would never end",
        at: letters.topic.location, help: "to: dead-letters")
    }
    let shares = draft.topics.compactMap { $0.share?.value }
    guard let first = draft.topics.first, !shares.isEmpty else { return }
    let sum = shares.reduce(0, +)
    guard abs(sum - 1) > 1e-9 else { return }
    report(
      "topic-shares",
      "the shares of the topics add up to \(significant(sum * 100, digits: 4).trimmingZeros) %",
      at: first.name.location, help: "\(first.name.value): …, so that all of them make 100 %")
  }

  private mutating func checkHandler(of draft: QueueDraft) {
    guard let letters = draft.deadLetters else { return }
    if letters.handler == nil, letters.tries != nil || letters.end != nil {
      report(
        "dead-letters-handler", "tries: and then: say what a handler does, and \(draft.name.value) has none",
        at: letters.topic.location, help: "handler: dlq-handler")
    } else if let handler = letters.handler, letters.tries == nil {
      report(
        "dead-letters-tries", "nobody said how often \(handler.value) tries a dead letter",
        at: handler.location, help: "tries: 3, wait: 1 s, factor: 2, then: archive")
    }
  }

  // MARK: Defaults

  private mutating func noteDefaults(of draft: QueueDraft) {
    func note(_ key: String, _ text: String, unless isStated: Bool) {
      guard !isStated else { return }
      defaults.append(
        DefaultNote(path: "queues/\(draft.name.value)/\(key)", text: "\(text), since nothing is stated"))
    }
    note("durable", "yes: messages survive the loss of \(draft.broker.value)", unless: draft.isDurable != nil)
    note("buffer", "0: what is sent while \(draft.broker.value) is down is lost", unless: draft.buffer != nil)
    if draft.topics.count > 1, draft.topics.allSatisfy({ $0.share == nil }) {
      note("topics", "an equal share of the messages each", unless: false)
    }
    guard let letters = draft.deadLetters, letters.handler != nil else { return }
    note("dead-letters/wait", "0 s between tries", unless: letters.wait != nil)
    note("dead-letters/then", "archive", unless: letters.end != nil)
  }
}
