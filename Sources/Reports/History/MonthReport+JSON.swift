internal import IncidentHistory
public import Quantities
internal import ServiceModel
internal import Stochastics

extension MonthReport {
  /// What programs read.
  public var json: JSONValue {
    var results: [String: JSONValue] = [
      "month": .string(name), "incidents": .integer(month.selection.events.count),
      "watchedHours": .number(month.selection.windowHours ?? 0), "monthHours": .number(monthHours),
      "downtimeHours": .number(month.downtimeHours),
      "availability": month.availability.map {
        $0.estimate?.json(unit: "1") ?? exactJSON($0.value, unit: "1")
      } ?? unknownJSON("not watched"),
      "promises": .object(Dictionary(promises.map { ($0.name, json($0)) }) { first, _ in first }),
    ]
    results["baseline"] = baselineJSON
    results["recordedCost"] = RecordedCost(month).json
    results["missed"] = .bool(isPromiseBroken)
    return ["format": "relmodel/1", "command": "incidents report", "results": .object(results)]
  }

  private var baselineJSON: JSONValue {
    guard let before, let comparison else { return unknownJSON("nothing was watched before") }
    return [
      "incidents": .integer(before.selection.events.count),
      "windowHours": .number(before.selection.windowHours ?? 0),
      "downtimeHours": .number(before.downtimeHours), "expectedIncidents": .number(comparison.expected),
      "pValue": .number(comparison.pValue),
    ]
  }

  private func json(_ promise: Promise) -> JSONValue {
    let objectives = budgets(promise).map { budget in
      (
        budget.objective.name,
        [
          "availability": .number(1 - budget.objective.availability.unavailability),
          "per": .string(budget.objective.windowText), "allowedHours": .number(budget.allowedHours),
          "usedHours": .number(budget.usedHours),
          "share": budget.share.map { .number($0) } ?? unknownJSON("nothing is allowed"),
          "missed": .bool(budget.isBroken),
        ] as JSONValue
      )
    }
    return [
      "downtimeCost": cost(of: promise).json,
      "incidents": .integer(promise.month.selection.events.count),
      "downtimeHours": .number(promise.month.downtimeHours),
      "availability": promise.month.availability.map { exactJSON($0.value, unit: "1") }
        ?? unknownJSON("not watched"),
      "expectedUnavailability": promise.expectedUnavailability.map { .number($0) }
        ?? unknownJSON("no model"),
      "objectives": .object(Dictionary(objectives) { first, _ in first }),
    ]
  }
}
