public import Quantities
public import Reliability

/// What is expected over a horizon that begins with everything up and new, and until the first failure.
public struct HorizonSection: ReportSection {
  /// The key under which programs find it.
  public let key = "horizon"
  private let interval: IntervalResult
  private let mission: MissionResult

  /// A section about one capability.
  public init(interval: IntervalResult, mission: MissionResult) {
    self.interval = interval
    self.mission = mission
  }

  /// Interval availability, failures, reliability and the mean time to the first failure.
  public var blocks: [Document.Block] {
    let span = TimeSpan(hours: interval.horizonHours)?.exactText ?? ""
    var facts = [
      Document.Fact(
        "Availability over \(span)",
        Availability(unavailability: interval.unavailability)?.text(digits: 4) ?? "",
        ["begun new", "down \(hours(interval.unavailability * interval.horizonHours))"],
        number: .init(1 - interval.unavailability)),
      Document.Fact(
        "Down at the end", significant(interval.unavailabilityAtEnd, digits: 4), ["probability"],
        number: .init(interval.unavailabilityAtEnd)),
    ]
    if let failures = interval.expectedFailures {
      facts.append(
        Document.Fact(
          "Failures expected", significant(failures, digits: 4), ["in \(span)"], number: .init(failures)))
    }
    facts.append(
      fact("No failure in \(span)", mission.unreliability) { value in
        (significant(1 - value, digits: 4), Document.Number(1 - value))
      })
    facts.append(
      fact("Mean time to the first", mission.meanTimeToFailure) { value in
        (hours(value), Document.Number(value, "h"))
      })
    return [.facts(facts)] + remarks.map { .note("Over time: \($0).") }
  }

  /// Methods and approximations, each once.
  private var remarks: [String] {
    var methods: [String] = []
    for answer in [mission.unreliability, mission.meanTimeToFailure] {
      if case .approximate(_, _, _, let method) = answer { methods.append(method) }
    }
    if methods.count == 2, methods[1].hasPrefix(methods[0]) { methods.removeFirst() }
    return methods + Set(interval.approximations + mission.approximations).sorted()
  }

  private func hours(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "" }

  private func fact(
    _ label: String, _ answer: MissionResult.Answer, _ text: (Double) -> (String, Document.Number)
  ) -> Document.Fact {
    switch answer {
    case .exact(let value, let method):
      return Document.Fact(label, text(value).0, ["exact: \(method)"], number: text(value).1)
    case .approximate(let value, let low, let high, _):
      let bounds = [low, high].compactMap { $0 }.map { text($0).0 }
      let between = bounds.count == 2 ? ["proven: between \(bounds.sorted().joined(separator: " and "))"] : []
      return Document.Fact(label, "about \(text(value).0)", between, number: text(value).1)
    case .infinite(let reason): return Document.Fact(label, "infinite", [reason])
    case .unknown(let reason): return Document.Fact(label, "unknown", [reason])
    }
  }

  /// The same for programs.
  public var json: JSONValue {
    [
      "hours": .number(interval.horizonHours),
      "unavailability": exactJSON(interval.unavailability, unit: "1"),
      "unavailabilityAtEnd": exactJSON(interval.unavailabilityAtEnd, unit: "1"),
      "expectedFailures": interval.expectedFailures.map { exactJSON($0, unit: "1") }
        ?? unknownJSON("a part is known only by its availability"),
      "unreliability": json(mission.unreliability, unit: "1"),
      "meanTimeToFailure": json(mission.meanTimeToFailure, unit: "h"),
      "approximations": .array(
        Set(interval.approximations + mission.approximations).sorted().map { .string($0) }),
    ]
  }

  private func json(_ answer: MissionResult.Answer, unit: String) -> JSONValue {
    switch answer {
    case .exact(let value, let method):
      return ["value": .number(value), "unit": .string(unit), "method": .string(method)]
    case .approximate(let value, let low, let high, let method):
      var members: [String: JSONValue] = [
        "value": .number(value), "unit": .string(unit), "method": .string(method), "approximate": true,
      ]
      members["low"] = low.map { .number($0) }
      members["high"] = high.map { .number($0) }
      return .object(members)
    case .infinite(let reason): return ["infinite": true, "reason": .string(reason)]
    case .unknown(let reason): return unknownJSON(reason)
    }
  }
}
