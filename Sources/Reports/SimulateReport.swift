public import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
public import Simulation
internal import Stochastics

/// A simulation's answer as a document and as JSON.
public struct SimulateReport: Sendable {
  let header: ResultHeader
  let result: SimulationResult
  private let checks: [CrossCheck]
  private let isChecked: Bool
  private let intervals: [HistoryInterval?]
  private let capabilitySections: [[any ReportSection]]
  let worst: TraceReport?

  /// A report.
  ///
  /// - Parameters:
  ///   - checks: comparisons with the exact engine; empty where it has no answer.
  ///   - isChecked: whether it was asked to be compared; else nothing is said of it.
  ///   - intervals: for each capability, the interval that few incidents deserve, where any are bound.
  ///   - capabilitySections: what else there is about each capability.
  ///   - worst: the replication with most downtime event by event, for a picture of it.
  public init(
    header: ResultHeader, result: SimulationResult, checks: [CrossCheck], isChecked: Bool = true,
    intervals: [HistoryInterval?] = [], capabilitySections: [[any ReportSection]] = [],
    worst: TraceReport? = nil
  ) {
    self.header = header
    self.result = result
    self.worst = worst
    self.checks = checks
    self.isChecked = isChecked
    self.intervals = intervals
    self.capabilitySections = capabilitySections
  }

  private func sections(ofCapability index: Int) -> [any ReportSection] {
    capabilitySections.indices.contains(index) ? capabilitySections[index] : []
  }

  // MARK: Document

  /// The report for people.
  public var document: Document {
    let plan = result.plan
    let years = plan.years == 1 ? "1 year" : "\(significant(plan.years, digits: 4).trimmingZeros) years"
    let partial = result.isPartial ? " · partial: \(grouped(plan.replications)) asked for" : ""
    var document = Document(
      title: "\(header.graph.model.name) · \(years) · \(grouped(result.replications)) replications · "
        + "seed \(plan.seed)\(partial)")
    for (index, estimate) in result.capabilities.enumerated() {
      if result.capabilities.count > 1 { document.blocks.append(.heading(estimate.name)) }
      document.blocks += blocks(estimate, index)
    }
    if !result.failovers.isEmpty { document.blocks.append(.table(failoverTable())) }
    document.blocks += overviewIllustrations + lossBlocks
    document.blocks += queueSection.blocks
    document.blocks += plannedSection.blocks
    document.blocks += demandSection.blocks
    document.blocks += nodePoolSection.blocks
    document.blocks += EdgeTables(result.edges, hoursPerYear: header.conventions.hoursPerYear).blocks
    document.blocks += partialLossNote
    document.blocks += header.graph.model.retryNotes
    document.blocks += LatencySection(result.latencies).blocks
    document.blocks += AlertTable(result.alerts, hoursPerYear: header.conventions.hoursPerYear).blocks
    document.blocks += uncheckedNotes
    if result.plan.start == .new { document.blocks.append(.note("Begun with everything up and new.")) }
    if let hours = result.warmUpHours, let span = TimeSpan(hours: hours) {
      document.blocks.append(
        .note(
          "\(whatRanBefore) ran \(span) before the first year began."
        ))
    }
    document.blocks += plannedStartNote
    document.blocks += workBesideLiveNote
    document.blocks += roleNote
    document.blocks += moveNote
    document.blocks += placeNote
    document.blocks += untilNote + servedNote + percentileNote
    document.blocks += header.footnotes()
    return document
  }

  private var plannedSection: PlannedSection {
    PlannedSection(result.planned, hoursPerYear: header.conventions.hoursPerYear)
  }

  private var nodePoolSection: NodePoolSection {
    NodePoolSection(result.nodePools, hoursPerYear: header.conventions.hoursPerYear)
  }

  private var demandSection: DemandSection {
    DemandSection(result.capacities, hoursPerYear: header.conventions.hoursPerYear)
  }

  var queueSection: QueueSection { QueueSection(result.queues, horizon: horizonText) }

  private var whatRanBefore: String {
    if !header.graph.dependentGroups.isEmpty {
      return "Failures that wait for crews, spares or load that is shared"
    }
    return header.graph.watched.isEmpty
      ? "Failures that depend on where units are, or on what is up" : "Failures that depend on who watches"
  }

  private var uncheckedNotes: [Document.Block] {
    guard isChecked else { return [] }
    let notes = header.graph.uncheckedNotes
    return notes.isEmpty && checks.isEmpty ? [.note("No cross-check: \(reasonWithoutCheck).")] : notes
  }

  private var reasonWithoutCheck: String {
    result.plan.start == .new && !header.graph.dependentGroups.isEmpty
      ? "crews, standby and load sharing are only solved for the long run"
      : "the model is too large for an exact answer"
  }

  private func blocks(_ estimate: CapabilityEstimate, _ index: Int) -> [Document.Block] {
    var facts = [availabilityFact(estimate), downtimeFact(estimate)]
    facts += plannedFacts(estimate) + [outageFact(estimate)]
    facts += timeFacts(estimate)
    facts += servedFact(estimate)
    facts += costFact(estimate, index)
    facts += recoveryFacts(estimate, index)
    facts += header.unknownFact(ofCapability: index)
    var blocks: [Document.Block] = [.facts(facts)]
    let objectives = estimate.objectives.flatMap(objectiveFacts)
    if !objectives.isEmpty { blocks.append(.facts(objectives)) }
    blocks += illustrations(estimate)
    if !estimate.contributions.isEmpty { blocks.append(contributionBars(estimate)) }
    if index == result.capabilities.firstIndex(where: { isOverlapping($0.contributions.map(\.share)) }) {
      blocks.append(overlapNote)
    }
    if let check = checks.first(where: { $0.capability == estimate.name }) {
      blocks.append(.facts([check.fact]))
    }
    if intervals.indices.contains(index), let interval = intervals[index] {
      blocks.append(.note(intervalText(interval, ofCapability: index)))
    }
    for section in sections(ofCapability: index) { blocks += section.blocks }
    return blocks
  }

  private func availabilityFact(_ estimate: CapabilityEstimate) -> Document.Fact {
    let own = estimate.unavailability
    let text = Availability(unavailability: min(1, own.value))?.text(digits: 4) ?? ""
    let low = Availability(unavailability: min(1, own.high))?.text(digits: 4) ?? ""
    let high = Availability(unavailability: own.low)?.text(digits: 4) ?? ""
    return Document.Fact(
      "Availability", text, ["\(percentage(own.confidence)) CI \(low) – \(high)"],
      number: .init(1 - own.value))
  }

  private func downtimeFact(_ estimate: CapabilityEstimate) -> Document.Fact {
    guard estimate.unavailability.value > 0 else {
      let most = header.perYear(estimate.unavailability.high)
      return Document.Fact(
        "Downtime a year", "none seen", ["at most \(most) (rule of three)"], number: .init(0, "h"))
    }
    func text(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "" }
    var percentiles = [50, 90, 99].compactMap { estimate.downtimePercentiles.text($0, text) }
    if let last = percentiles.popLast() { percentiles.append(last + horizonText) }
    return Document.Fact(
      "Downtime a year", header.perYear(estimate.unavailability.value).description,
      ["± \(header.perYear(estimate.unavailability.halfWidth))"] + percentiles,
      number: .init(estimate.unavailability.value * header.conventions.hoursPerYear, "h"))
  }

  /// Said of percentiles when a replication is not one year.
  var horizonText: String {
    result.plan.years == 1 ? "" : " in \(significant(result.plan.years, digits: 4).trimmingZeros) years"
  }

  private func outageFact(_ estimate: CapabilityEstimate) -> Document.Fact {
    let outages = estimate.outagesPerYear
    guard outages.value > 0 else {
      return Document.Fact(
        "Outages a year", "none seen", ["at most \(significant(outages.high, digits: 2)) (rule of three)"])
    }
    let every = TimeSpan(hours: header.conventions.hoursPerYear / outages.value) ?? .zero
    let each =
      TimeSpan(
        hours: estimate.unavailability.value * header.conventions.hoursPerYear / outages.value) ?? .zero
    let percentiles = [5, 95].compactMap {
      estimate.outagePercentiles.text($0, resolution: 1) { grouped(Int($0)) }
    }
    return Document.Fact(
      "Outages a year", significant(outages.value, digits: 3),
      [
        "± \(significant(outages.halfWidth, digits: 1))",
        "\(percentiles.joined(separator: ", "))\(horizonText)",
        "one every \(every), \(each) each",
      ], number: .init(outages.value))
  }

  /// Shown where some service is lost without being down.
  private func servedFact(_ estimate: CapabilityEstimate) -> [Document.Fact] {
    let degraded = estimate.unservedFraction.value - estimate.unavailability.value
    guard isDegraded(estimate) else { return [] }
    func text(_ unserved: Double) -> String {
      Availability(unavailability: min(1, unserved))?.text(digits: 4) ?? ""
    }
    let own = estimate.unservedFraction
    // The downtime that was not seen widens the interval to one side only.
    let interval =
      estimate.unavailability.value > 0
      ? "± \(significant(own.halfWidth * 100, digits: 1)) %"
      : "\(percentage(own.confidence)) CI \(text(own.high)) – \(text(own.low))"
    return [
      Document.Fact(
        "Served", text(own.value),
        [
          interval,
          "degraded as if down \(header.perYear(degraded)) a year",
        ], number: .init(1 - own.value))
    ]
  }

  private func costFact(_ estimate: CapabilityEstimate, _ index: Int) -> [Document.Fact] {
    let capability = header.graph.model.capabilities[index]
    if capability.downtimeTerms != nil { return moneyFacts(estimate, capability) }
    guard let rate = capability.downtimeCost else { return [] }
    let perYear = rate.perHour * header.conventions.hoursPerYear
    let currency = rate.amount.currency
    guard estimate.unavailability.value > 0 else {
      let most = Money.text(estimate.unavailability.high * perYear, currency: currency)
      return [
        Document.Fact(
          "Cost a year", "none seen", ["at most \(most)", "at \(rate) of downtime"],
          number: .init(0, currency))
      ]
    }
    let worst = estimate.downtimePercentiles.text(90) {
      Money.text($0 * rate.perHour, currency: currency)
    }
    return [
      Document.Fact(
        "Cost a year", Money.text(estimate.unavailability.value * perYear, currency: currency),
        [
          "± \(Money.text(estimate.unavailability.halfWidth * perYear, currency: currency))",
          "\(worst ?? "")\(horizonText)", "at \(rate) of downtime",
        ], number: .init(estimate.unavailability.value * perYear, currency))
    ]
  }

  private func objectiveFacts(_ outcome: CapabilityEstimate.ObjectiveOutcome) -> [Document.Fact] {
    let objective = outcome.objective
    let allowed = Document.Fact(
      "Objective \(objective.availability)",
      "per \(objective.windowText)\(objective.excludesPlanned ? ", without planned work" : ""), allows \(header.perYear(objective.availability.unavailability)) a year"
    )
    guard let missed = outcome.missed else {
      return [
        allowed, Document.Fact("missed", "unknown: the horizon holds no complete \(objective.windowText)"),
      ]
    }
    let average = outcome.isMetOnAverage ? "though met on average" : "and missed on average"
    let remark = missed.value == 0 && outcome.isMetOnAverage ? "met on average too" : average
    let share =
      missed.value == 0 && missed.high > 0
      ? "in none of the \(windowsText(objective)) seen (at most \(percentage(missed.high)))"
      : "in \(percentage(missed.value)) of \(windowsText(objective)) (± \(percentage(missed.halfWidth)))"
    return [
      allowed,
      Document.Fact("missed", "\(share), \(remark)"),
    ] + budgetFact(outcome)
  }

  private func windowsText(_ objective: Objective) -> String {
    switch objective.window {
    case .calendarMonth: "calendar months"
    case .year: "years"
    case .tumbling(let length): "windows of \(length)"
    }
  }

  private func contributionBars(_ estimate: CapabilityEstimate) -> Document.Block {
    contributionBlock(
      estimate.contributions.filter { $0.share > 0 }.map {
        CauseShare(name: $0.cause, share: $0.share, reach: $0.unavailability.high - $0.unavailability.value)
      },
      unavailability: estimate.unavailability.value, header: header)
  }

  private func failoverTable() -> Document.Table {
    let tellsPlanned = result.failovers.contains { $0.unplannedPerYear != $0.perYear }
    func rate(_ moves: Estimate) -> String {
      guard moves.value > 0 else { return "none seen, at most \(significant(moves.high, digits: 2))" }
      return "\(significant(moves.value, digits: 3)) ± \(significant(moves.halfWidth, digits: 1))"
    }
    return Document.Table(
      columns: ["Failovers", "a year"] + (tellsPlanned ? ["unplanned"] : [])
        + ["data lost at each", "data lost a year"],
      rows: result.failovers.map { failover in
        [failover.role, rate(failover.perYear)] + (tellsPlanned ? [rate(failover.unplannedPerYear)] : [])
          + [
            loss(ofRole: failover.role)?.lossText ?? "not stated",
            loss(ofRole: failover.role).map { yearlyLoss(failover.unplannedPerYear, each: $0.mean) } ?? "",
          ]
      })
  }

  /// The writes that one move loses, in hours: as long as replication lags. A planned one loses nothing.
  private func loss(ofRole name: String) -> (any Distribution)? {
    let model = header.graph.model
    for (index, component) in model.components.enumerated() {
      for failover in component.failovers
      where model.name(of: Target(component: index, role: failover.role)) == name {
        return component.loss(of: failover)
      }
    }
    return nil
  }

  private func yearlyLoss(_ moves: Estimate, each hoursLost: Double) -> String {
    let lost = moves.multiplied(by: hoursLost)
    func text(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "" }
    if moves.value == 0, lost.high > 0 { return "none seen, at most \(text(lost.high)) of writes" }
    return "\(text(lost.value)) of writes ± \(text(lost.halfWidth))"
  }

  private func intervalText(_ interval: HistoryInterval, ofCapability index: Int) -> String {
    let kind = header.graph.plannedWork(feltByCapability: index).isEmpty ? "downtime" : "unplanned downtime"
    let low = header.perYear(interval.unavailability.low)
    let high = header.perYear(interval.unavailability.high)
    return
      "The interval above is the simulation's. Few incidents give a wider one: \(low) – \(high) of \(kind) "
      + "a year. \(interval.explanation)"
  }

  // MARK: JSON

  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    var capabilities: [String: JSONValue] = [:]
    for (index, estimate) in result.capabilities.enumerated() {
      capabilities[estimate.name] = .object(json(estimate, index))
    }
    let failovers = result.failovers.map { failover in
      let lost = loss(ofRole: failover.role).map {
        failover.unplannedPerYear.multiplied(by: $0.mean).json(unit: "h/y")
      }
      return JSONValue.object([
        "role": .string(failover.role), "perYear": failover.perYear.json(unit: "1/y"),
        "unplannedPerYear": failover.unplannedPerYear.json(unit: "1/y"),
        "lostHoursPerYear": lost ?? unknownJSON("the model does not say what a failover loses"),
      ])
    }
    var results: [String: JSONValue] = [
      "capabilities": .object(capabilities), "method": "simulated", "failovers": .array(failovers),
      "replications": .integer(result.replications), "seed": .string("\(result.plan.seed)"),
      "years": .number(result.plan.years), "start": .string(result.plan.start.rawValue),
      "partial": .bool(result.isPartial),
    ]
    if !result.edges.isEmpty {
      results["policies"] = EdgeTables(result.edges, hoursPerYear: header.conventions.hoursPerYear).json
    }
    if !result.latencies.isEmpty { results["latencies"] = LatencySection(result.latencies).json }
    if !result.alerts.isEmpty {
      results["alerts"] = AlertTable(result.alerts, hoursPerYear: header.conventions.hoursPerYear).json
    }
    if !result.capacities.isEmpty { results[demandSection.key] = demandSection.json }
    if !result.nodePools.isEmpty { results[nodePoolSection.key] = nodePoolSection.json }
    results.merge(untilJSON) { own, _ in own }
    results.merge(roleJSON) { own, _ in own }
    if !result.dataLosses.isEmpty { results["dataLosses"] = lossJSON }
    if !result.planned.isEmpty { results["plannedWork"] = plannedSection.json }
    if !result.queues.isEmpty { results["queues"] = queueSection.json }
    if let hours = result.warmUpHours { results["warmUpHours"] = .number(hours) }
    return header.json(command: "simulate", results: results, run: run)
  }

  private func json(_ estimate: CapabilityEstimate, _ index: Int) -> [String: JSONValue] {
    let hours = header.conventions.hoursPerYear
    let quantiles = estimate.downtimeHoursQuantiles
    var members: [String: JSONValue] = [
      "unavailability": estimate.unavailability.json(unit: "1"),
      "unservedFraction": estimate.unservedFraction.json(unit: "1"),
      "downtimeHoursPerYear": estimate.unavailability.multiplied(by: hours).json(unit: "h/y"),
      "outagesPerYear": estimate.outagesPerYear.json(unit: "1/y"),
      "downtimeHoursInHorizon": [
        "p50": .number(quantiles.p50), "p90": .number(quantiles.p90), "p99": .number(quantiles.p99),
        "unit": "h",
        "relativeError": .number(1.0 / 512),
        "intervals": estimate.downtimePercentiles.json(unit: "h"),
      ],
      "outagesInHorizon": estimate.outagePercentiles.json(unit: "1"),
      "leavesOut": .array(header.graph.causesLeftOut(ofCapability: index).map { .string($0) }),
      "shareOfReplicationsDown": .number(estimate.shareOfReplicationsDown),
      "replicationsDown": estimate.replicationsDown?.json(unit: "1") ?? .null,
      "contributions": .array(
        estimate.contributions.map { contribution in
          [
            "cause": .string(contribution.cause), "share": .number(contribution.share),
            "firstCauseShare": .number(contribution.firstCauseShare),
            "downtimeHoursPerYear": .number(contribution.share * estimate.unavailability.value * hours),
            "intervals": [
              "share": contribution.shareOfDowntime.json(unit: "1"),
              "firstCauseShare": contribution.shareBegun.json(unit: "1"),
              "downtimeHoursPerYear": contribution.unavailability.multiplied(by: hours).json(unit: "h/y"),
            ],
          ]
        }),
      "objectives": objectivesJSON(estimate),
    ]
    members.merge(timeMembers(estimate)) { own, _ in own }
    members.merge(plannedMembers(estimate)) { own, _ in own }
    if !header.graph.model.capabilities[index].recoveryObjectives.isEmpty {
      members["recoveryObjectives"] = recoveryJSON(estimate, index)
    }
    if let first = estimate.objectives.first { members["objectiveMissed"] = missedJSON(first) }
    if header.graph.model.capabilities[index].downtimeTerms != nil {
      members.merge(moneyMembers(estimate)) { own, _ in own }
    } else if let rate = header.graph.model.capabilities[index].downtimeCost {
      members["downtimeCostPerYear"] = estimate.unavailability.multiplied(by: hours * rate.perHour)
        .moneyJSON(perYear: rate.amount.currency)
    }
    if let check = checks.first(where: { $0.capability == estimate.name }) {
      members["crossCheck"] = check.json
    }
    if intervals.indices.contains(index), let interval = intervals[index] {
      members["historyInterval"] = interval.unavailability.json(unit: "1")
    }
    for section in sections(ofCapability: index) { members[section.key] = section.json }
    return members
  }

  func objectivesJSON(_ estimate: CapabilityEstimate) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for outcome in estimate.objectives {
      var own: [String: JSONValue] = [
        "allowedUnavailability": .number(outcome.objective.availability.unavailability),
        "metOnAverage": .bool(outcome.isMetOnAverage), "missed": missedJSON(outcome),
        "budgetUsed": budgetJSON(outcome),
        "missedInReplications": outcome.anyMissed?.json(unit: "1")
          ?? unknownJSON("the horizon holds no complete window"),
        "per": .string(outcome.objective.windowText), "windows": .integer(outcome.windows),
      ]
      if outcome.objective.excludesPlanned { own["excludes"] = "planned" }
      members[outcome.objective.name] = .object(own)
    }
    return .object(members)
  }

  private func missedJSON(_ outcome: CapabilityEstimate.ObjectiveOutcome) -> JSONValue {
    outcome.missed?.json(unit: "1")
      ?? unknownJSON("the horizon holds no complete window of a \(outcome.objective.windowText)")
  }
}
