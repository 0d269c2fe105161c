internal import Diagnostics
internal import Quantities
internal import Resilience
internal import ServiceModel

extension DraftDecoder {
  func queue(_ name: Located<String>, _ reading: Reading) -> QueueDraft? {
    guard let broker = reading["in"]?.locatedText, let arrivals = rate(reading["arrivals"]) else {
      return nil
    }
    var draft = QueueDraft(name: name, broker: broker, arrivals: arrivals)
    draft.title = reading["title"]?.text
    draft.topics = topics(reading["topics"])
    draft.isDurable = reading["durable"]?.text.map { $0 == "yes" }
    draft.isDeduplicated = reading["deduplicated"]?.text.map { $0 == "yes" }
    draft.consumers = reading["consumers"]?.entries.compactMap { consumer($0.name, $0.value) } ?? []
    draft.redelivery = redelivery(reading["redelivery"])
    draft.deadLetters = deadLetters(reading["dead-letters"])
    draft.keep = reading["keep"]?.duration
    draft.replay = rate(reading["replay"]?["at"]).map { rate in
      QueueDraft.Replay(fromEarliest: reading["replay"]?["from"]?.text != "any", rate: rate)
    }
    draft.buffer = reading["buffer"]?.integer?.value
    return draft
  }

  private func rate(_ reading: Reading?) -> Located<Rate>? {
    reading.flatMap { reading in reading.rate.map { Located($0, at: reading.location) } }
  }

  private func topics(_ reading: Reading?) -> [QueueDraft.Topic] {
    guard let reading else { return [] }
    return reading.items.compactMap(\.locatedText).map { QueueDraft.Topic(name: $0, share: nil) }
      + reading.entries.map { QueueDraft.Topic(name: $0.name, share: $0.value.probability?.value) }
  }

  private func consumer(_ name: Located<String>, _ reading: Reading) -> QueueDraft.Consumer? {
    rate(reading["drains"]).map { drains in
      QueueDraft.Consumer(
        name: name, drains: drains,
        order: reading["order"]?.text.flatMap(Queue.Consumer.Order.init) ?? .byKey,
        beginsWithLatest: reading["from"]?.text == "latest")
    }
  }

  private func redelivery(_ reading: Reading?) -> QueueDraft.Redelivery? {
    guard let after = reading?["after"], let span = after.duration, let times = reading?["times"]?.integer
    else { return nil }
    return QueueDraft.Redelivery(after: Located(span, at: after.location), times: times)
  }

  private func deadLetters(_ reading: Reading?) -> QueueDraft.DeadLetters? {
    guard let reading, let topic = reading["to"]?.locatedText else { return nil }
    var draft = QueueDraft.DeadLetters(topic: topic)
    draft.handler = reading["handler"]?.locatedText
    draft.tries = reading["tries"]?.integer
    draft.wait = reading["wait"]?.duration
    draft.factor = reading["factor"]?.number
    draft.longest = reading["longest"]?.duration
    draft.end = reading["then"]?.text.map { $0 == "drop" ? .drop : .archive }
    return draft
  }
}
