public import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// The exact answer as a document and as JSON.
public struct SolveReport: Sendable {
  let header: ResultHeader
  private let results: [SteadyStateResult]
  private let intervals: [HistoryInterval?]
  private let checks: [CrossCheck]
  private let sections: [any ReportSection]
  private let capabilitySections: [[any ReportSection]]

  /// A report.
  ///
  /// - Parameters:
  ///   - results: one for each capability, in the order declared.
  ///   - intervals: for each capability, the interval that few incidents deserve, where any are bound.
  ///   - checks: comparisons with a simulation; empty when none was run.
  ///   - sections: what else was asked for about the model.
  ///   - capabilitySections: what else was asked for about each capability.
  public init(
    header: ResultHeader, results: [SteadyStateResult], intervals: [HistoryInterval?], checks: [CrossCheck],
    sections: [any ReportSection] = [], capabilitySections: [[any ReportSection]] = []
  ) {
    self.header = header
    self.results = results
    self.intervals = intervals
    self.checks = checks
    self.sections = sections
    self.capabilitySections = capabilitySections
  }

  private func sections(ofCapability index: Int) -> [any ReportSection] {
    capabilitySections.indices.contains(index) ? capabilitySections[index] : []
  }

  // MARK: Document

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(header.graph.model.name) · exact, long run")
    for (index, result) in results.enumerated() { document.blocks += blocks(result, index) }
    for section in sections { document.blocks += section.blocks }
    document.blocks += queueNote
    document.blocks += header.footnotes()
    return document
  }

  /// What the exact engine does not answer.
  private var queueNote: [Document.Block] {
    guard !header.graph.queues.isEmpty else { return [] }
    return [
      .note("Queues are left out: they change no availability; relmodel simulate follows their messages.")
    ]
  }

  private func blocks(_ result: SteadyStateResult, _ index: Int) -> [Document.Block] {
    var facts = [availabilityFact(result, index), downtimeFact(result, index), outageFact(result)]
    facts += servedFact(result)
    facts += costFact(result, index)
    facts += objectiveFacts(result, index)
    facts += latencyFacts(ofCapability: index)
    facts += header.unknownFact(ofCapability: index)
    if let check = checks.first(where: { $0.capability == result.capability }) { facts.append(check.fact) }
    var blocks: [Document.Block] = [.heading(result.capability), .facts(facts)]
    if !result.contributions.isEmpty { blocks.append(contributionBars(result)) }
    if index == results.firstIndex(where: { isOverlapping($0.contributions.map(\.share)) }) {
      blocks.append(overlapNote)
    }
    blocks.append(singlePointBlock(result))
    blocks += (result.approximations + header.sampledRestores(ofCapability: index)).map {
      .note("Approximated: \($0).")
    }
    if let interval = intervals[index] { blocks.append(.note(interval.explanation)) }
    for section in sections(ofCapability: index) { blocks += section.blocks }
    return blocks
  }

  private func availabilityFact(_ result: SteadyStateResult, _ index: Int) -> Document.Fact {
    let text = Availability(unavailability: min(1, result.unavailability))?.text(digits: 4) ?? ""
    guard let interval = intervals[index] else {
      let method = result.approximations.isEmpty ? "exact" : "approximated, see below"
      return Document.Fact("Availability", text, [method], number: .init(1 - result.unavailability))
    }
    let low = Availability(unavailability: min(1, interval.unavailability.high))?.text(digits: 3) ?? ""
    let high = Availability(unavailability: interval.unavailability.low)?.text(digits: 3) ?? ""
    return Document.Fact(
      "Availability", text, ["95 % CI \(low) – \(high)"], number: .init(1 - result.unavailability))
  }

  private func downtimeFact(_ result: SteadyStateResult, _ index: Int) -> Document.Fact {
    let month = TimeSpan(hours: result.unavailability * header.conventions.hoursPerMonth) ?? .zero
    var remarks = ["\(month) a month"]
    if let interval = intervals[index] {
      let low = header.perYear(interval.unavailability.low)
      let high = header.perYear(interval.unavailability.high)
      remarks.insert("95 % CI \(low) – \(high)", at: 0)
    }
    return Document.Fact(
      "Downtime a year", header.perYear(result.unavailability).description, remarks,
      number: .init(result.unavailability * header.conventions.hoursPerYear, "h"))
  }

  private func outageFact(_ result: SteadyStateResult) -> Document.Fact {
    guard let frequency = result.frequencyPerHour else {
      return Document.Fact(
        "Outages a year", "unknown", ["a part is known only by its availability; state lasts:"])
    }
    guard frequency > 0, let every = TimeSpan(hours: 1 / frequency), let mean = result.meanOutageHours else {
      return Document.Fact("Outages a year", "0", number: .init(0))
    }
    let perYear = significant(frequency * header.conventions.hoursPerYear, digits: 3)
    return Document.Fact(
      "Outages a year", perYear, ["one every \(every), \(TimeSpan(hours: mean) ?? .zero) each"],
      number: .init(frequency * header.conventions.hoursPerYear))
  }

  /// Shown where some service is lost without being down.
  private func servedFact(_ result: SteadyStateResult) -> [Document.Fact] {
    if let reason = result.unservedReason { return [Document.Fact("Served", "unknown", [reason])] }
    guard let unserved = result.unservedFraction, unserved - result.unavailability > 1e-12 else { return [] }
    let text = Availability(unavailability: unserved)?.text(digits: 4) ?? ""
    let degraded = header.perYear(unserved - result.unavailability)
    return [
      Document.Fact(
        "Served", text, ["degraded as if down \(degraded) a year"], number: .init(1 - unserved))
    ]
  }

  private func costFact(_ result: SteadyStateResult, _ index: Int) -> [Document.Fact] {
    let capability = header.graph.model.capabilities[index]
    if capability.downtimeTerms != nil { return moneyFacts(result, index) }
    guard let rate = capability.downtimeCost else { return [] }
    let cost = result.unavailability * header.conventions.hoursPerYear * rate.perHour
    let text = Money.text(cost, currency: rate.amount.currency)
    return [
      Document.Fact(
        "Cost a year", text, ["at \(rate) of downtime"], number: .init(cost, rate.amount.currency))
    ]
  }

  private func objectiveFacts(_ result: SteadyStateResult, _ index: Int) -> [Document.Fact] {
    header.graph.model.capabilities[index].objectives.map { objective in
      let isMet = result.unavailability <= objective.availability.unavailability
      return Document.Fact(
        "Objective \(objective.availability)", isMet ? "met on average" : "missed on average",
        [
          "per \(objective.windowText), allows \(header.perYear(objective.availability.unavailability)) a year"
        ])
    }
  }

  private func contributionBars(_ result: SteadyStateResult) -> Document.Block {
    contributionBlock(
      result.contributions.map { CauseShare(name: $0.cause, share: $0.share, reach: nil) },
      unavailability: result.unavailability, header: header
    )
  }

  private func singlePointBlock(_ result: SteadyStateResult) -> Document.Block {
    guard !result.singlePoints.isEmpty else { return .note("No single point of failure.") }
    return .table(
      Document.Table(
        columns: ["Single point of failure", "by"],
        rows: result.singlePoints.map { [$0.entity, $0.causes.joined(separator: ", ")] }))
  }

  // MARK: JSON

  /// The report for programs.
  public var json: JSONValue {
    var capabilities: [String: JSONValue] = [:]
    for (index, result) in results.enumerated() {
      capabilities[result.capability] = .object(json(result, index))
    }
    var results: [String: JSONValue] = ["capabilities": .object(capabilities), "method": "exact"]
    for section in sections { results[section.key] = section.json }
    return header.json(command: "solve", results: results)
  }

  private func json(_ result: SteadyStateResult, _ index: Int) -> [String: JSONValue] {
    let hours = header.conventions.hoursPerYear
    var members: [String: JSONValue] = [
      "unavailability": quantity(result.unavailability, index, unit: "1", scale: 1),
      "downtimeHoursPerYear": quantity(result.unavailability * hours, index, unit: "h/y", scale: hours),
      "unservedFraction": result.unservedFraction.map { exactJSON($0, unit: "1") }
        ?? unknownJSON(result.unservedReason ?? "not computed"),
      "leavesOut": .array(header.graph.causesLeftOut(ofCapability: index).map { .string($0) }),
      "outagesPerYear": result.frequencyPerHour.map { exactJSON($0 * hours, unit: "1/y") }
        ?? unknownJSON("a part is known only by its availability"),
      "contributions": .array(
        result.contributions.map { contribution in
          [
            "cause": .string(contribution.cause), "share": .number(contribution.share),
            "downtimeHoursPerYear": .number(contribution.share * result.unavailability * hours),
          ]
        }),
      "singlePointsOfFailure": .array(
        result.singlePoints.map { point in
          ["entity": .string(point.entity), "causes": .array(point.causes.map { .string($0) })]
        }),
      "approximations": .array(
        (result.approximations + header.sampledRestores(ofCapability: index)).map { .string($0) }),
    ]
    if let interval = intervals[index] { members["interval"] = .string(interval.explanation) }
    if header.graph.model.capabilities[index].downtimeTerms != nil {
      members.merge(moneyMembers(result, index)) { own, _ in own }
    } else if let rate = header.graph.model.capabilities[index].downtimeCost {
      members["downtimeCostPerYear"] = [
        "value": .string(String(format: result.unavailability * hours * rate.perHour)),
        "unit": .string("\(rate.amount.currency)/y"),
      ]
    }
    if let check = checks.first(where: { $0.capability == result.capability }) {
      members["crossCheck"] = check.json
    }
    members["objectives"] = objectivesJSON(result, index)
    members.merge(latencyJSON(ofCapability: index)) { own, _ in own }
    for section in sections(ofCapability: index) { members[section.key] = section.json }
    return members
  }

  private func quantity(_ value: Double, _ index: Int, unit: String, scale: Double) -> JSONValue {
    guard let interval = intervals[index] else { return exactJSON(value, unit: unit) }
    let scaled = interval.unavailability.multiplied(by: scale)
    return Estimate(value: value, low: scaled.low, high: scaled.high, confidence: scaled.confidence).json(
      unit: unit)
  }

  private func objectivesJSON(_ result: SteadyStateResult, _ index: Int) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for objective in header.graph.model.capabilities[index].objectives {
      members[objective.name] = [
        "allowedUnavailability": .number(objective.availability.unavailability),
        "metOnAverage": .bool(result.unavailability <= objective.availability.unavailability),
        "per": .string(objective.windowText),
      ]
    }
    return .object(members)
  }
}

extension String {
  /// Money as a string with two decimals.
  init(format amount: Double) { self = grouped(amount, decimals: 2).filter { $0 != "," } }
}
