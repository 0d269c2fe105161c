public import Quantities
internal import Stochastics

extension TrendReport {
  /// What programs read: times in hours.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "fit", "results": ["growth": .array(entries.map(json))],
    ]
  }

  private func json(_ entry: Entry) -> JSONValue {
    var members: [String: JSONValue] = ["group": .string(entry.sample.group)]
    switch entry.sample.data {
    case .times(let record):
      members["events"] = .integer(record.times.count)
      members["endHours"] = .number(record.end)
      members["truncated"] = .string(record.ending == .time ? "time" : "failure")
      members["laplace"] = entry.trend?.laplace.map(json) ?? unknownJSON("too few events")
      members["militaryHandbook189"] =
        entry.trend?.militaryHandbook189.map(json) ?? unknownJSON("too few events")
      members["crowAMSAA"] = entry.growth.map { json($0, end: record.end) } ?? unknownJSON("too few events")
      members["duane"] = entry.duane.map { json($0, at: record.end) } ?? unknownJSON("too few events")
    case .grouped(let counts, let ends):
      members["events"] = .integer(counts.reduce(0, +))
      members["endHours"] = ends.last.map { .number($0) } ?? unknownJSON("no interval")
      members["intervals"] = .integer(counts.count)
      members["crowAMSAA"] =
        entry.grouped.map(json) ?? unknownJSON("all events lie in the first interval, or all in the last")
    }
    return .object(members)
  }

  private func json(_ test: TrendTest) -> JSONValue {
    [
      "statistic": .number(test.statistic), "pValue": .number(test.pValue),
      "direction": test.direction.map { .string($0.rawValue) } ?? .null,
    ]
  }

  private func json(_ growth: CrowAMSAA, end: Double) -> JSONValue {
    var members: [String: JSONValue] = [
      "shape": growth.shapeEstimate(confidence: confidence).json(unit: "1"),
      "scale": exactJSON(growth.scale, unit: "1/h^shape"),
      "mtbfAtEndHours": growth.instantaneousMTBFEstimate(confidence: confidence).json(unit: "h"),
      "mtbfUntilEndHours": growth.cumulativeMTBFEstimate(confidence: confidence).json(unit: "h"),
      "next": next(end) { growth.expectedEvents(by: $0) },
    ]
    members["unbiasedShape"] = growth.unbiasedShape.map { .number($0) }
    if let test = growth.cramerVonMises {
      members["cramerVonMises"] = [
        "statistic": .number(test.statistic), "critical": .number(test.criticalValue),
        "rejects": .bool(test.rejects),
      ]
    }
    return .object(members)
  }

  private func json(_ growth: GroupedCrowAMSAA) -> JSONValue {
    [
      "shape": growth.shapeEstimate(confidence: confidence).json(unit: "1"),
      "scale": exactJSON(growth.scale, unit: "1/h^shape"),
      "mtbfAtEndHours": growth.instantaneousMTBFEstimate(confidence: confidence).json(unit: "h"),
      "chiSquare": .number(growth.chiSquare),
      "pValue": growth.pValue.map { .number($0) } ?? unknownJSON("fewer than three intervals"),
      "expected": .array(growth.expected.map { .number($0) }),
      "next": next(growth.ends.last ?? 0) { growth.expectedEvents(by: $0) },
    ]
  }

  private func json(_ duane: DuaneFit, at end: Double) -> JSONValue {
    [
      "growth": .number(duane.growth), "intercept": .number(duane.line.intercept),
      "determination": .number(duane.line.determination),
      "mtbfAtEndHours": duane.instantaneousMTBF(at: end).map { .number($0) }
        ?? unknownJSON("a growth of 1 or more"),
    ]
  }

  private func next(_ end: Double, _ expected: (Double) -> Double) -> JSONValue {
    .array(
      nextHours.map { hours in
        ["hours": .number(hours), "incidents": .number(expected(end + hours) - expected(end))]
      })
  }
}
