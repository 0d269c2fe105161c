internal import Planning
public import Quantities

extension RoadmapSection {
  /// What programs read.
  public var json: JSONValue {
    [
      "capability": .string(capability),
      "steps": .array(
        steps.enumerated().map { place, step in
          [
            "name": .string(step.name),
            "takes": step.takes.map { .string($0) } ?? unknownJSON("no file states it"),
            "once": step.once.map { ["value": .decimal($0.amount), "unit": .string($0.currency)] }
              ?? unknownJSON("no file states it"),
            "needs": .array(step.needs.map { .string(steps[$0].name) }),
            "removedHoursPerYear": number(rows[place + 1].removed),
            "removedSoFarHoursPerYear": number(rows[place + 1].removedSoFar),
          ]
        }),
      "bestOrder": orderJSON,
    ]
  }

  private func number(_ cell: Document.Cell) -> JSONValue {
    cell.number.map { .number($0) } ?? unknownJSON(cell.text)
  }

  private var orderJSON: JSONValue {
    switch order {
    case .unknown(let reason): return unknownJSON(reason)
    case .found(let found):
      return [
        "method": .string(found.method.rawValue), "sets": .integer(found.setCount),
        "isByCost": .bool(currency != nil), "approximations": .array(approximations.map { .string($0) }),
        "stages": .array(
          found.stages.map { stage in
            [
              "step": .string(steps[stage.step].name),
              "downtimeHoursBefore": .number(stage.before.downtimeHours),
              "removedHoursPerYear": .number(stage.removedHours),
              "cost": stage.cost.map { .number($0) } ?? unknownJSON("costs do not count"),
            ]
          }),
      ]
    }
  }
}
