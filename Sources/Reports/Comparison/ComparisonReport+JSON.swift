public import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

extension ComparisonReport {
  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    var results: [String: JSONValue] = [
      "designs": .array(designs.indices.map(json)),
      "differences": .array(comparison.differences.map(json)),
      "replications": .integer(comparison.replications), "seed": .string("\(plan.seed)"),
      "years": .number(plan.years), "start": .string(plan.start.rawValue),
      "partial": .bool(comparison.isPartial), "notes": .array(methodNotes.map { .string($0) }),
    ]
    for section in sections { results[section.key] = section.json }
    return base.header.json(command: "compare", results: results, run: run)
  }

  // MARK: Designs

  private func json(_ number: Int) -> JSONValue {
    let (design, result) = (designs[number], comparison.designs[number])
    let report = SimulateReport(header: design.header, result: result, checks: [])
    var capabilities: [String: JSONValue] = [:]
    for (index, estimate) in result.capabilities.enumerated() {
      capabilities[estimate.name] = .object(json(estimate, index, design, report))
    }
    var members: [String: JSONValue] = [
      "name": .string(design.name), "model": .string(design.model.name),
      "capabilities": .object(capabilities), "leftOut": design.header.leftOutJSON,
    ]
    if let changes = design.changes {
      members["changes"] = changes.json
      members["changed"] = .string(designs[design.changed].name)
    }
    if let zoneLoss = design.zoneLoss { members["zoneLoss"] = zoneLoss.json }
    if let money = design.money { members["money"] = moneyJSON(money) }
    if !result.dataLosses.isEmpty { members["dataLosses"] = report.lossJSON }
    if !result.edges.isEmpty {
      members["policies"] =
        EdgeTables(result.edges, hoursPerYear: design.header.conventions.hoursPerYear).json
    }
    if !result.queues.isEmpty { members["queues"] = report.queueSection.json }
    return .object(members)
  }

  private func json(
    _ estimate: CapabilityEstimate, _ index: Int, _ design: Design, _ report: SimulateReport
  ) -> [String: JSONValue] {
    let hours = design.header.conventions.hoursPerYear
    var members: [String: JSONValue] = [
      "unavailability": estimate.unavailability.json(unit: "1"),
      "unservedFraction": estimate.unservedFraction.json(unit: "1"),
      "downtimeHoursPerYear": estimate.unavailability.multiplied(by: hours).json(unit: "h/y"),
      "outagesPerYear": estimate.outagesPerYear.json(unit: "1/y"),
      "exactUnavailability": design.exactUnavailability(of: estimate.name).map { .number($0) }
        ?? unknownJSON("the exact engine has no answer"),
      "objectives": report.objectivesJSON(estimate),
      "leavesOut": .array(design.header.graph.causesLeftOut(ofCapability: index).map { .string($0) }),
    ]
    let capability = design.model.capabilities[index]
    if !capability.recoveryObjectives.isEmpty {
      members["recoveryObjectives"] = report.recoveryJSON(estimate, index)
    }
    if let money = estimate.money {
      members["downtimeCostPerYear"] = money.total.multiplied(by: hours / 8760)
        .moneyJSON(perYear: money.currency)
      members["downtimeCostParts"] = money.partsJSON(yearShare: hours / 8760)
    } else if capability.downtimeTerms == nil, let rate = capability.downtimeCost {
      members["downtimeCostPerYear"] = estimate.unavailability.multiplied(by: hours * rate.perHour)
        .moneyJSON(perYear: rate.amount.currency)
    }
    return members
  }

  // MARK: Differences

  private func json(_ difference: CapabilityDifference) -> JSONValue {
    let same = unknownJSON("no replication differed")
    var objectives: [String: JSONValue] = [:]
    for objective in difference.objectives {
      objectives[objective.name] = ["missed": objective.missed?.json(unit: "1") ?? same]
    }
    var members: [String: JSONValue] = [
      "capability": .string(difference.capability), "design": .string(designs[difference.design].name),
      "unavailability": difference.unavailability?.json(unit: "1") ?? same,
      "downtimeHoursPerYear": difference.unavailability?.multiplied(by: hoursPerYear).json(unit: "h/y")
        ?? same,
      "unservedFraction": difference.unservedFraction?.json(unit: "1") ?? same,
      "outagesPerYear": difference.outagesPerYear?.json(unit: "1/y") ?? same,
      "objectives": .object(objectives),
      "shareBetter": difference.shareBetter?.json(unit: "1") ?? same,
      "shareWorse": difference.shareWorse?.json(unit: "1") ?? same,
      "varianceReduction": difference.varianceReduction.map { .number($0) } ?? same,
      "exactUnavailability": exactDifference(difference).map { .number($0) } ?? noExactDifference(difference),
    ]
    if let currency = currency(of: difference) {
      members["downtimeCostPerYear"] = costPerYear(difference).map { $0.moneyJSON(perYear: currency) } ?? same
      if !difference.downtimeCostParts.isEmpty {
        members["downtimeCostParts"] = partsJSON(difference, currency)
      }
    }
    return .object(members)
  }

  private func noExactDifference(_ difference: CapabilityDifference) -> JSONValue {
    let played = [base, designs[difference.design]].compactMap { onlySimulated(difference.capability, $0) }
    return unknownJSON(played.first.map { "\($0) only simulated" } ?? "the exact engine has no answer")
  }
}
