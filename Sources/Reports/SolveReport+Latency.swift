internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// How long requests take while all is well, of capabilities that promise it.
extension SolveReport {
  /// The promises of a capability, each with what comes of it while nothing is down.
  func latencyFacts(ofCapability index: Int) -> [Document.Fact] {
    let capability = header.graph.model.capabilities[index]
    guard !capability.latencyObjectives.isEmpty else { return [] }
    let sample = usualLatency(ofCapability: index)
    return capability.latencyObjectives.flatMap { objective in
      objective.bounds.map { bound in
        let reached = sample.quantile(bound.share, confidence: 0.95)
        let verdict = reached.value <= bound.limit.hours ? "met" : "missed"
        return Document.Fact(
          "Latency \(objective.name)", "\(bound.name) \(latencyText(reached.value))",
          [
            "when all is well; \(latencyText(bound.limit.hours)) promised, \(verdict)",
            "relmodel simulate adds outages",
          ], number: .init(reached.value * 3600, "s"))
      }
    }
  }

  /// The same for programs; empty where nothing is promised.
  func latencyJSON(ofCapability index: Int) -> [String: JSONValue] {
    let capability = header.graph.model.capabilities[index]
    guard !capability.latencyObjectives.isEmpty else { return [:] }
    let sample = usualLatency(ofCapability: index)
    return [
      "latencies": .array(
        capability.latencyObjectives.flatMap { objective in
          objective.bounds.map { bound in
            let reached = sample.quantile(bound.share, confidence: 0.95)
            return [
              "name": .string(objective.name), "percentile": .number(bound.share),
              "limitSeconds": .number(bound.limit.hours * 3600),
              "whenAllIsWell": reached.multiplied(by: 3600).json(unit: "s"),
              "met": .bool(reached.value <= bound.limit.hours),
            ]
          }
        })
    ]
  }

  private func usualLatency(ofCapability index: Int) -> LatencySample {
    let name = header.graph.capabilities[index].name
    return header.graph.requestPath(ofCapability: index).path.sample(count: 40_000, name: name) { _ in
      .usual
    }
  }
}
