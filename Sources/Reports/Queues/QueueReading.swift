internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import ServiceModel

/// How a queue is read: what decides when messages wait, die or are lost.
struct QueueReading {
  let graph: CompiledGraph
  let flow: CompiledQueue
  let declared: Queue

  private var queue: MessageQueue { flow.queue }

  /// One reading for each queue and group of its consumers.
  static func all(of graph: CompiledGraph) -> [QueueReading] {
    let declared = graph.model.queues.flatMap { queue in queue.consumers.map { _ in queue } }
    return zip(graph.queues, declared).map { QueueReading(graph: graph, flow: $0, declared: $1) }
  }

  var blocks: [Document.Block] {
    var facts = [loadFact, storageFact, targetFact]
    facts += deadLetterFacts + [replayFact, topicFact].compactMap { $0 }
    return [.heading("\(flow.name) to \(flow.consumer)"), .facts(facts)]
  }

  // MARK: Facts

  /// An hour without consumers leaves λ messages, worked off at μ − λ.
  private var loadFact: Document.Fact {
    let behind = queue.arrivals.perHour / (queue.drains.perHour - queue.arrivals.perHour)
    let sharing =
      switch flow.order {
      case .strict: "one unit at a time"
      case .any: "shared by \(grouped(flow.workingUnits)) units"
      case .byKey: "shared by key among \(grouped(flow.workingUnits))"
      }
    return Document.Fact(
      "utilisation", percentage(queue.utilization),
      [
        "\(rateText(queue.arrivals)) come in, \(rateText(queue.drains)) can be worked on, \(sharing)",
        "an hour without consumers takes \(TimeSpan(hours: behind) ?? .zero) to catch up",
      ], number: .init(queue.utilization))
  }

  private var storageFact: Document.Fact {
    let producers =
      queue.producerBuffer > 0
      ? "producers hold back \(grouped(queue.producerBuffer)) while it is down, the rest is lost"
      : "what is sent while it is down is lost"
    let comeback =
      queue.beginsWithLatest ? ["what comes in while no consumer is up is passed over, and lost to them"] : []
    return Document.Fact(
      "stored by", graph.model.name(of: declared.broker),
      [queue.isDurable ? "messages survive its loss" : "its loss loses them", producers] + comeback)
  }

  private var targetFact: Document.Fact {
    guard flow.target != nil else { return Document.Fact("writes to", "nothing that can be down") }
    guard let redelivery = queue.redelivery else {
      return Document.Fact("writes to", targetNames, ["consumers stop while it is down"])
    }
    let first = Rate(perHour: queue.drains.perHour / Double(redelivery.times + 1)) ?? queue.drains
    let room = "\(rateText(first)) get a first delivery while it is down"
    return Document.Fact(
      "writes to", targetNames, [room + (first < queue.arrivals ? ", so a backlog grows" : "")])
  }

  private var targetNames: String {
    guard let consumer = declared.consumers.first(where: { graph.model.name(of: $0.target) == flow.consumer })
    else { return "" }
    let needs = graph.model.components[consumer.target.component].dependencies
    return needs.filter { $0.strength == .hard }.flatMap(\.requirement.references)
      .filter { $0.component != declared.broker.component }.map { graph.model.name(of: $0) }
      .joined(separator: ", ")
  }

  private var deadLetterFacts: [Document.Fact] {
    guard let redelivery = queue.redelivery else { return [] }
    let rule = "\(redelivery.times) × \(redelivery.after)"
    guard let longest = queue.longestWithoutDeadLetters, let letters = queue.deadLetters else {
      return [Document.Fact("redelivery", "every \(redelivery.after), without end")]
    }
    var facts = [
      Document.Fact(
        "dead letters", "after \(longest)",
        [
          "\(rule): a longer outage of what it writes to sends messages to \(declared.deadLetterTopic ?? "")"
        ], number: .init(longest.hours, "h"))
    ]
    if let handler = declared.handler, let givesUp = queue.longestWithoutGivingUp {
      facts.append(
        Document.Fact(
          "given up", "after \(givesUp)",
          [
            "\(graph.model.name(of: handler)) tries \(letters.handler?.attempts ?? 0) times, then "
              + (letters.end == .drop ? "drops them" : "archives them")
          ], number: .init(givesUp.hours, "h")))
    }
    return facts
  }

  private var replayFact: Document.Fact? {
    guard let fromEarliest = declared.replaysFromEarliest else { return nil }
    guard queue.keep > .zero else {
      return Document.Fact("replay", "nothing", ["what was worked on is not kept; keep: 7 d"])
    }
    let replay = queue.replay(lost: queue.keep, fromEarliest: fromEarliest)
    let copies =
      queue.isDeduplicated
      ? "duplicates are recognised"
      : fromEarliest ? "what a store had not lost is worked on twice" : "from the moment that was lost"
    return Document.Fact(
      "replay", "\(queue.keep)",
      ["all that is kept: \(messagesText(replay.messages)) messages in \(replay.takes ?? .zero)", copies])
  }

  private var topicFact: Document.Fact? {
    guard flow.topics.count > 1 else { return nil }
    let shares = flow.topics.map { "\($0.name) \(percentage($0.share))" }
    return Document.Fact("topics", grouped(flow.topics.count), [shares.joined(separator: ", ")])
  }

  // MARK: JSON

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "queue": .string(flow.name), "consumer": .string(flow.consumer),
      "arrivalsPerHour": .number(queue.arrivals.perHour), "drainsPerHour": .number(queue.drains.perHour),
      "utilization": .number(queue.utilization),
      "longestWithoutDeadLettersHours": hours(queue.longestWithoutDeadLetters),
      "longestWithoutGivingUpHours": hours(queue.longestWithoutGivingUp),
      "durable": .bool(queue.isDurable), "buffer": .integer(queue.producerBuffer),
      "keepHours": .number(queue.keep.hours),
      "topics": .array(flow.topics.map { ["name": .string($0.name), "share": .number($0.share)] }),
    ]
    if let fromEarliest = declared.replaysFromEarliest {
      let replay = queue.replay(lost: queue.keep, fromEarliest: fromEarliest)
      members["replay"] = [
        "messages": .number(replay.messages), "takesHours": hours(replay.takes),
        "from": .string(fromEarliest ? "earliest" : "any"),
      ]
    }
    return .object(members)
  }

  private func hours(_ span: TimeSpan?) -> JSONValue {
    span.map { .number($0.hours) } ?? unknownJSON("without end")
  }
}

/// A rate of messages: by the second where that is a number to picture.
private func rateText(_ rate: Rate) -> String {
  guard rate.perHour >= 360 else { return "\(rate)" }
  return "\(significant(rate.perHour / 3600, digits: 3).trimmingZeros) /s"
}
