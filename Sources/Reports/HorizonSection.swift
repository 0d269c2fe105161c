public import Quantities
public import Reliability

/// What is expected over a horizon that begins with everything up and new, and until the first failure.
public struct HorizonSection: ReportSection {
  /// The key under which programs find it.
  public let key = "horizon"
  private let figures: HorizonFigures

  /// A section about one capability.
  public init(interval: IntervalResult, mission: MissionResult) {
    figures = HorizonFigures(interval: interval, mission: mission)
  }

  /// A section about a top event of a fault tree.
  public init(_ horizon: FaultTreeHorizon) { figures = HorizonFigures(horizon) }

  /// Interval availability, failures, reliability and the mean time to the first failure.
  public var blocks: [Document.Block] {
    let span = figures.clock.span(figures.horizon)
    var facts = [availabilityFact(span)]
    facts.append(
      fact("Down at the end", figures.unavailabilityAtEnd, isMethodShown: false, ["probability"]) { value in
        (significant(value, digits: 4), Document.Number(value))
      })
    if let failures = figures.expectedFailures {
      facts.append(
        fact("Failures expected", failures, isMethodShown: false, ["in \(span)"]) { value in
          (significant(value, digits: 4), Document.Number(value))
        })
    }
    facts.append(
      fact("No failure in \(span)", figures.unreliability) { value in
        (significant(1 - value, digits: 4), Document.Number(1 - value))
      })
    facts.append(fact("Mean time to the first", figures.meanTimeToFailure) { duration($0) })
    return [.facts(facts + longRunFacts)] + remarks.map { .note("Over time: \($0).") }
  }

  private func availabilityFact(_ span: String) -> Document.Fact {
    let down = figures.unavailability.value.map { duration($0 * figures.horizon).text }
    let remarks = ["begun new"] + (down.map { ["down \($0)"] } ?? [])
    return fact("Availability over \(span)", figures.unavailability, isMethodShown: false, remarks) { value in
      (Availability(unavailability: value)?.text(digits: 4) ?? "", Document.Number(1 - value))
    }
  }

  /// What a tree tells of the long run, in one line where nothing is known.
  private var longRunFacts: [Document.Fact] {
    guard let longRun = figures.longRun else { return [] }
    if let reason = longRun.unknownReason { return [Document.Fact("Long run", "unknown", [reason])] }
    return [
      fact("Availability, long run", longRun.unavailability, isMethodShown: false, ["exact"]) { value in
        (Availability(unavailability: value)?.text(digits: 4) ?? "", Document.Number(1 - value))
      },
      fact("Frequency, long run", longRun.frequency, isMethodShown: false, ["occurrences per unit of time"]) {
        (significant($0, digits: 6), Document.Number($0, "1/\(figures.clock.unit)"))
      },
      fact("Mean up time", longRun.meanUpTime, isMethodShown: false) { duration($0) },
      fact("Mean down time", longRun.meanDownTime, isMethodShown: false) { duration($0) },
    ]
  }

  /// Methods and approximations, each once.
  private var remarks: [String] {
    var methods: [String] = []
    for answer in figures.answers {
      if case .approximate(_, _, _, let method) = answer, !methods.contains(method) { methods.append(method) }
    }
    if methods.count == 2, methods[1].hasPrefix(methods[0]) { methods.removeFirst() }
    if let error = figures.relativeError, error > 1e-6 {
      methods.append(
        "availability and failures may be off by \(significant(error * 100, digits: 1)) % of their values")
    }
    return methods + figures.approximations
  }

  private func duration(_ value: Double) -> (text: String, number: Document.Number) {
    (figures.clock.text(value), Document.Number(value, figures.clock.unit))
  }

  private func fact(
    _ label: String, _ answer: MissionResult.Answer, isMethodShown: Bool = true, _ remarks: [String] = [],
    _ text: (Double) -> (String, Document.Number)
  ) -> Document.Fact {
    switch answer {
    case .exact(let value, let method):
      let how = isMethodShown ? ["exact: \(method)"] : []
      return Document.Fact(label, text(value).0, remarks + how, number: text(value).1)
    case .approximate(let value, let low, let high, _):
      let bounds = [low, high].compactMap { $0 }.map { text($0) }.sorted { $0.1.value < $1.1.value }
      let between =
        bounds.count == 2 ? ["proven: between \(bounds.map(\.0).joined(separator: " and "))"] : []
      return Document.Fact(label, "about \(text(value).0)", remarks + between, number: text(value).1)
    case .infinite(let reason): return Document.Fact(label, "infinite", [reason])
    case .unknown(let reason): return Document.Fact(label, "unknown", [reason])
    }
  }

  /// The same for programs.
  public var json: JSONValue {
    let unit = figures.clock.unit
    var members: [String: JSONValue] = [
      figures.clock.key: .number(figures.horizon),
      "unavailability": json(figures.unavailability, unit: "1"),
      "unavailabilityAtEnd": json(figures.unavailabilityAtEnd, unit: "1"),
      "expectedFailures": figures.expectedFailures.map { json($0, unit: "1") }
        ?? unknownJSON("a part is known only by its availability"),
      "unreliability": json(figures.unreliability, unit: "1"),
      "meanTimeToFailure": json(figures.meanTimeToFailure, unit: unit),
      "approximations": .array(figures.approximations.map { .string($0) }),
    ]
    if let error = figures.relativeError { members["relativeError"] = .number(error) }
    if let longRun = figures.longRun {
      members["longRun"] = [
        "unavailability": json(longRun.unavailability, unit: "1"),
        "frequency": json(longRun.frequency, unit: "1/\(unit)"),
        "meanUpTime": json(longRun.meanUpTime, unit: unit),
        "meanDownTime": json(longRun.meanDownTime, unit: unit),
      ]
    }
    return .object(members)
  }

  private func json(_ answer: MissionResult.Answer, unit: String) -> JSONValue {
    switch answer {
    case .exact(let value, let method):
      if method.isEmpty { return exactJSON(value, unit: unit) }
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
