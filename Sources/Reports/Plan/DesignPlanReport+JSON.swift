internal import Planning
public import Quantities
internal import ServiceModel
internal import Simulation

/// The report for programs.
extension DesignPlanReport {
  /// The report for programs.
  ///
  /// - Parameter run: about the run itself.
  public func json(run: JSONValue?) -> JSONValue {
    var results: [String: JSONValue] = [
      "aim": .string(aim.rawValue), "allocation": .array(steps.indices.map(stepJSON)),
      "plans": .object(
        Dictionary(uniqueKeysWithValues: plan.keyed.map { ($0, pointJSON($1)) })),
      "frontier": .array(plan.frontier.map(pointJSON)), "frontierIsComplete": .bool(plan.isFrontierComplete),
      "proved": .bool(plan.proves(aim)), "certainty": .string(certaintyTexts.joined(separator: " ")),
      "designs": .string(frame.space.count == .max ? "too many to count" : "\(frame.space.count)"),
      "leftOut": .array(frame.leavesOut.map { .string($0) }),
    ]
    results["chosen"] = chosen.map(pointJSON) ?? ["unknown": .string(obstacleTexts.joined(separator: " "))]
    results["obstacles"] = .array(plan.obstacles.isEmpty ? [] : obstacleTexts.map { .string($0) })
    results["nextDollar"] = nextStep.map { point, added, saved in
      ["plan": pointJSON(point), "addedPerMonth": moneyJSON(added), "downtimeSaved": .number(saved)]
    }
    if let total = plan.total, !total.rivals.isEmpty {
      results["notToldApart"] = .array(total.rivals.map { pointJSON($0.point) })
    }
    if case .upTo(let cost) = plan.frontierProof { results["frontierIsCompleteUpTo"] = moneyJSON(cost) }
    if !plan.shownLevers.isEmpty {
      results["leversOnDiagram"] = .array(plan.shownLevers.map { .string(frame.space.levers[$0].name) })
    }
    results["verification"] = verificationJSON
    var members: [String: JSONValue] = [
      "format": "relmodel/1", "command": "plan", "model": .string(frame.model.name),
      "results": .object(results),
    ]
    members["run"] = run
    return .object(members)
  }

  private func stepJSON(_ number: Int) -> JSONValue {
    let step = steps[number]
    let before = number == 0 ? plan.present : steps[number - 1].reached
    let lever = frame.space.levers[step.lever]
    let value = frame.model.choices[step.lever].values[safe: step.to - 1]
    var members: [String: JSONValue] = [
      "step": .integer(number + 1), "lever": .string(lever.name), "from": .string(lever.values[step.from]),
      "to": .string(lever.values[step.to]), "reason": .string(reason(before, step.reached)),
      "addedPerMonth": moneyJSON(step.reached.monthly - before.monthly),
      "once": moneyJSON(lever.once[step.to]), "then": pointJSON(step.reached),
    ]
    members["path"] = frame.model.choices[step.lever].path.map { .string($0) }
    members["takesHours"] = value?.takes.map { .number($0.hours) }
    return .object(members)
  }

  private func pointJSON(_ point: DesignPoint) -> JSONValue {
    let levers = zip(frame.space.levers, point.design).map { ($0.name, JSONValue.string($0.values[$1])) }
    let unavailability = zip(frame.names, point.unavailability).map { ($0, JSONValue.number($1)) }
    var members: [String: JSONValue] = [
      "levers": .object(Dictionary(levers) { first, _ in first }),
      "unavailability": .object(Dictionary(unavailability) { first, _ in first }),
      "monthly": moneyJSON(point.monthly), "once": moneyJSON(point.once), "changes": .integer(point.changes),
    ]
    if !frame.promises.isEmpty {
      members["recoveries"] = .object(
        Dictionary(zip(frame.promises.map(\.name), point.recoveries.map { .number($0) })) { first, _ in first
        })
    }
    if hasLimits { members["uses"] = usesJSON(point) }
    if frame.question.pricesOutages { members["outagesPerMonth"] = moneyJSON(point.outages) }
    if let dues = dues(point) {
      members["duesPerMonth"] = [
        "value": .string(money(dues.value, decimals: 4)),
        "halfWidth": .string(money(dues.halfWidth, decimals: 4)),
        "unit": .string(frame.currency),
      ]
    }
    if isPriced { members["totalPerMonth"] = moneyJSON(total(point)) }
    return .object(members)
  }

  private func moneyJSON(_ amount: Double) -> JSONValue {
    ["value": .string(money(amount, decimals: 4)), "unit": .string(frame.currency)]
  }

  /// Money as a string of digits.
  private func money(_ amount: Double, decimals: Int) -> String {
    grouped(amount, decimals: decimals).replacing(",", with: "").replacing("−", with: "-")
  }

  private var verificationJSON: JSONValue {
    switch verification {
    case .none: return unknownJSON("it was not asked for, or there is no plan")
    case .impossible(let reason): return unknownJSON(reason)
    case .simulated(let comparison):
      guard let last = comparison.designs.last else { return unknownJSON("nothing was simulated") }
      let members = last.capabilities.filter { frame.names.contains($0.name) }.map { estimate in
        (
          estimate.name,
          (frame.isServed ? estimate.unservedFraction : estimate.unavailability).json(unit: "1")
        )
      }
      return [
        "unavailability": .object(Dictionary(members) { first, _ in first }),
        "replications": .integer(comparison.replications),
      ]
    }
  }
}

extension DesignPlan {
  /// The plans under their keys for programs.
  fileprivate var keyed: [(String, DesignPoint)] {
    [
      ("present", present), ("leastCost", cheapest), ("leastChange", leastChange),
      ("mostAvailable", mostAvailable), ("leastTotal", leastTotal),
    ].compactMap { name, point in point.map { (name, $0) } }
  }
}
