internal import Billing
public import Quantities
internal import Simulation
internal import Stochastics

extension SweepReport {
  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    header.json(
      command: "compare",
      results: [
        "sweep": [
          "paths": .array(names.map { .string($0) }), "points": .array(points.indices.map(json)),
        ],
        "replications": .integer(comparison.replications), "seed": .string("\(plan.seed)"),
        "years": .number(plan.years), "start": .string(plan.start.rawValue),
        "partial": .bool(comparison.isPartial),
      ], run: run)
  }

  private func json(_ point: Int) -> JSONValue {
    var capabilities: [String: JSONValue] = [:]
    for estimate in comparison.designs[point].capabilities {
      capabilities[estimate.name] = .object(json(estimate, point))
    }
    let values = zip(names, points[point].values).map { ($0, JSONValue.string($1)) }
    return [
      "isStated": .bool(points[point].values.isEmpty),
      "values": .object(Dictionary(values, uniquingKeysWith: { own, _ in own })),
      "capabilities": .object(capabilities), "monthly": monthlyJSON(points[point]),
    ]
  }

  private func json(_ estimate: CapabilityEstimate, _ point: Int) -> [String: JSONValue] {
    let same = unknownJSON("no replication differed")
    var members: [String: JSONValue] = [
      "unavailability": estimate.unavailability.json(unit: "1"),
      "downtimeHoursPerYear": estimate.unavailability.multiplied(by: hoursPerYear).json(unit: "h/y"),
      "outagesPerYear": estimate.outagesPerYear.json(unit: "1/y"),
      "exactUnavailability": exactUnavailability(estimate.name, point).map { .number($0) }
        ?? unknownJSON("the exact engine has no answer"),
      "objectives": SimulateReport(
        header: points[point].header, result: comparison.designs[point], checks: []
      )
      .objectivesJSON(estimate),
    ]
    if point > 0 {
      members["difference"] =
        difference(estimate.name, point)?.unavailability.map {
          $0.multiplied(by: hoursPerYear).json(unit: "h/y")
        } ?? same
    }
    if let currency = downtimeCurrency(estimate.name), let cost = downtimeCost(estimate, estimate.name, point)
    {
      members["downtimeCostPerYear"] = cost.moneyJSON(perYear: currency)
    }
    return members
  }

  private func monthlyJSON(_ point: Point) -> JSONValue {
    switch point.monthly {
    case .nothingStated: unknownJSON("the model states nothing that is paid for")
    case .unknown(let reason): unknownJSON(reason)
    case .bill(let bill):
      [
        "value": .decimal(bill.monthly), "unit": .string("\(bill.currency)/month"),
        "leavesOutLines": .integer(bill.unknown.count + bill.perUse.count),
      ]
    }
  }
}
