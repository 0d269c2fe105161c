internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// How long requests take, of capabilities that promise it.
struct LatencySection {
  private let latencies: [LatencyEstimate]

  init(_ latencies: [LatencyEstimate]) { self.latencies = latencies }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !latencies.isEmpty else { return [] }
    return [.table(percentiles), .table(bounds)] + notes
  }

  private var percentiles: Document.Table {
    Document.Table(
      columns: ["Requests when all is well", "mean", "p50", "p95", "p99", "of the up time"],
      cells: latencies.map { own in
        [
          .init(own.capability), .init(latencyText(own.usual.mean), number: own.usual.mean * 3600),
          percentile(own, 0.5), percentile(own, 0.95), percentile(own, 0.99),
          .init(percentage(own.usualShare.value), number: own.usualShare.value),
        ]
      })
  }

  private func percentile(_ own: LatencyEstimate, _ share: Double) -> Document.Cell {
    let hours = own.usual.quantile(share, confidence: 0.95).value
    return .init(latencyText(hours), number: hours * 3600)
  }

  private var bounds: Document.Table {
    Document.Table(
      columns: ["Promise", "bound", "requests within", "", "kept in"],
      cells: latencies.flatMap { own in
        own.outcomes.map { outcome in
          [
            .init("\(own.capability)/\(outcome.objective)"),
            .init("\(outcome.bound.name) \(latencyText(outcome.bound.limit.hours))"),
            .init(shareText(outcome.within), number: outcome.within.value),
            .init(outcome.isMet ? "met" : "missed"),
            .init("\(shareText(outcome.kept)) of the up time", number: outcome.kept.value),
          ]
        }
      })
  }

  private func shareText(_ share: Estimate) -> String {
    let text = percentage(share.value)
    return share.halfWidth > 0 ? "\(text) ± \(significant(share.halfWidth * 100, digits: 1)) %" : text
  }

  private var notes: [Document.Block] {
    var notes = [
      "Latencies are drawn, \(grouped(LatencyEstimate.sampleCount)) requests for each way in which calls stand: calls one after "
        + "the other unless at-once, with retries, timeouts and what breakers refuse. Left out: waits for slots, rate "
        + "limits and capacity, and requests while the capability is down."
    ]
    for own in latencies {
      if !own.unstated.isEmpty {
        notes.append(
          "\(own.capability): nothing is stated of \(own.unstated.joined(separator: ", ")), taken as no time; "
            + "work: or traffic: {latency: …} says it.")
      }
      if !own.groups.isEmpty {
        notes.append("\(own.capability): of \(own.groups.joined(separator: ", ")) the first are called.")
      }
      if own.unfollowedShare > 0 {
        notes.append(
          "\(own.capability): in \(percentage(own.unfollowedShare)) of the up time too many calls fail at once to look at; "
            + "that counts as missed.")
      }
    }
    return notes.map { .note($0) }
  }

  // MARK: JSON

  var json: JSONValue { .array(latencies.map(json)) }

  private func json(_ own: LatencyEstimate) -> JSONValue {
    func percentile(_ share: Double) -> JSONValue {
      own.usual.quantile(share, confidence: 0.95).multiplied(by: 3600).json(unit: "s")
    }
    return [
      "capability": .string(own.capability), "meanSeconds": .number(own.usual.mean * 3600),
      "p50": percentile(0.5), "p95": percentile(0.95), "p99": percentile(0.99),
      "usualShareOfUpTime": own.usualShare.json(unit: "1"),
      "unfollowedShareOfUpTime": .number(own.unfollowedShare),
      "unstated": .array(own.unstated.map { .string($0) }), "groups": .array(own.groups.map { .string($0) }),
      "objectives": .array(
        own.outcomes.map { outcome in
          [
            "name": .string(outcome.objective), "percentile": .number(outcome.bound.share),
            "limitSeconds": .number(outcome.bound.limit.hours * 3600),
            "requestsWithin": outcome.within.json(unit: "1"),
            "keptShareOfUpTime": outcome.kept.json(unit: "1"),
            "met": .bool(outcome.isMet),
          ]
        }),
    ]
  }

}

/// A time of requests: `12.3 ms`, `1.25 s`.
func latencyText(_ hours: Double) -> String {
  let seconds = hours * 3600
  return seconds < 1
    ? "\(significant(seconds * 1000, digits: 3)) ms" : "\(significant(seconds, digits: 3)) s"
}
