internal import Quantities
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What becomes of messages, as a simulation shows it.
struct QueueSection: ReportSection {
  let queues: [QueueEstimate]
  private let horizon: String

  /// A section.
  ///
  /// - Parameter horizon: said of quantiles, such as ` in 10 years`.
  init(_ queues: [QueueEstimate], horizon: String) {
    self.queues = queues
    self.horizon = horizon
  }

  var key: String { "queues" }

  var blocks: [Document.Block] {
    guard !queues.isEmpty else { return [] }
    return [.heading("Messages"), .table(backlogTable), .table(fateTable)] + topicNotes + [
      .note(
        "Messages flow as a fluid. Queues are empty at the start, and a message that two groups of consumers have to "
          + "work on counts for each.")
    ]
  }

  // MARK: Tables

  private var backlogTable: Document.Table {
    Document.Table(
      columns: [
        "Largest backlog\(horizon)", "p50", "p90", "p99", "longest catching up p50", "p99", "all a year",
      ],
      cells: queues.map { queue in
        let (backlog, late) = (queue.largestBacklog, queue.longestCatchUpHours)
        return [Document.Cell(name(queue))] + [backlog.p50, backlog.p90, backlog.p99].map(count)
          + [late.p50, late.p99, queue.catchUpHoursPerYear.value].map(time)
      })
  }

  var fateTable: Document.Table {
    Document.Table(
      columns: [
        "Messages a year", "outages with dead letters", "dead letters", "archived", "lost",
        "replications that lose any",
      ],
      cells: queues.map { queue in
        [
          Document.Cell(name(queue)), amount(queue.deadLetterOutagesPerYear),
          amount(queue.deadLetters.perYear),
          amount(queue.archived.perYear), amount(queue.lost.perYear),
          Document.Cell(
            queue.lost.shareOfReplications?.shareText ?? "",
            number: queue.lost.shareOfReplications?.value),
        ]
      })
  }

  private var topicNotes: [Document.Block] {
    var seen: Set<String> = []
    return queues.filter { $0.topics.count > 1 && seen.insert($0.queue).inserted }.map { queue in
      let shares = queue.topics.map { "\($0.name) \(percentage($0.share))" }.joined(separator: ", ")
      return .note("Of all messages of \(queue.queue) each topic has its share: \(shares).")
    }
  }

  private func name(_ queue: QueueEstimate) -> String { "\(queue.queue) to \(queue.consumer)" }

  private func count(_ messages: Double) -> Document.Cell {
    Document.Cell(messages > 0 ? messagesText(messages) : "–", number: messages)
  }

  private func time(_ hours: Double) -> Document.Cell {
    Document.Cell(hours > 0 ? TimeSpan(hours: hours)?.description ?? "" : "–", number: hours)
  }

  private func amount(_ estimate: Estimate) -> Document.Cell {
    guard estimate.value > 0 else { return Document.Cell("none seen", number: 0) }
    let spread = estimate.halfWidth.isFinite ? " ± \(messagesText(estimate.halfWidth, digits: 2))" : ""
    return Document.Cell(messagesText(estimate.value) + spread, number: estimate.value)
  }

  // MARK: JSON

  var json: JSONValue { .array(queues.map(json)) }

  private func json(_ queue: QueueEstimate) -> JSONValue {
    [
      "queue": .string(queue.queue), "consumer": .string(queue.consumer),
      "topics": .array(queue.topics.map { ["name": .string($0.name), "share": .number($0.share)] }),
      "largestBacklog": json(queue.largestBacklog, unit: "messages"),
      "longestCatchUp": json(queue.longestCatchUpHours, unit: "h"),
      "catchUpHoursPerYear": queue.catchUpHoursPerYear.json(unit: "h/y"),
      "deadLetterOutagesPerYear": queue.deadLetterOutagesPerYear.json(unit: "1/y"),
      "deadLettersPerYear": json(queue.deadLetters), "archivedPerYear": json(queue.archived),
      "lostPerYear": json(queue.lost),
    ]
  }

  private func json(_ spread: QueueEstimate.Spread, unit: String) -> JSONValue {
    [
      "p50": .number(spread.p50), "p90": .number(spread.p90), "p99": .number(spread.p99),
      "most": .number(spread.most), "unit": .string(unit), "relativeError": .number(1.0 / 512),
      "intervals": spread.percentiles.json(unit: unit),
    ]
  }

  private func json(_ messages: QueueEstimate.Messages) -> JSONValue {
    guard case .object(var members) = messages.perYear.json(unit: "messages/y") else { return .null }
    members["shareOfReplications"] = messages.shareOfReplications?.json(unit: "1") ?? .null
    return .object(members)
  }
}

/// A number of messages: with thousands grouped.
func messagesText(_ messages: Double, digits: Int = 3) -> String {
  significant(messages, digits: digits).trimmingZeros
}
