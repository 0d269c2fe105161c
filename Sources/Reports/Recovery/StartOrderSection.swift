internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

/// In which order components start after everything is down, and what decides when all are ready.
struct StartOrderSection {
  private let order: StartOrder?
  private let hasAlternatives: Bool

  init(_ model: Model) {
    guard model.components.contains(where: { $0.start != nil }) else {
      (order, hasAlternatives) = (nil, false)
      return
    }
    let needed = model.components.indices.filter { StartOrderSection.takesPart($0, in: model) }
    let components = needed.map { StartOrderSection.starting($0, in: model) }
    order = try? StartOrder(components)
    hasAlternatives = needed.contains { model.components[$0].startRequirements.contains(where: \.isChoice) }
  }

  var isEmpty: Bool { order == nil }

  /// What starts, and what something that starts waits for by itself or over others.
  private static func takesPart(_ index: Int, in model: Model) -> Bool {
    var seen: Set<Int> = []
    var stack = model.components.indices.filter { model.components[$0].start != nil }
    while let next = stack.popLast() {
      if seen.insert(next).inserted {
        stack += model.components[next].startRequirements.flatMap(\.references).map(\.component)
      }
    }
    return seen.contains(index)
  }

  private static func starting(_ index: Int, in model: Model) -> StartingComponent {
    let component = model.components[index]
    func names(_ requirements: [Requirement<Target>]) -> [String] {
      requirements.flatMap(\.references).map { model.components[$0.component].name }
    }
    let hard = component.dependencies.filter { $0.strength == .hard }.map(\.requirement)
    let gates = component.start?.gates.map(\.requirement) ?? []
    return StartingComponent(
      name: component.name, takes: component.start?.takes ?? Deterministic.zero, startsAfter: names(gates),
      readyWith: names(hard))
  }

  // MARK: Document

  var blocks: [Document.Block] {
    guard let order else { return [] }
    let rows = order.afterEverythingIsDown
    let all = rows.map(\.readyHours).max() ?? 0
    var blocks: [Document.Block] = [
      .heading("Start order"),
      .facts([
        Document.Fact(
          "All ready after", text(all), ["everything down at once", "mean starting times"],
          number: .init(all, "h")),
        Document.Fact("Critical path", order.criticalPath.joined(separator: " → ")),
      ]), .table(table(order, rows)),
    ]
    if hasAlternatives {
      blocks.append(.note("Of things of which some are enough, all are waited for here."))
    }
    return blocks
  }

  private func text(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "never" }

  private func table(_ order: StartOrder, _ rows: [StartOrder.Readiness]) -> Document.Table {
    let cells = zip(order.components, rows).map { component, row in
      let waits = wait(row)
      let held = order.waiting(on: component.name)
      return [
        Document.Cell(component.name), Document.Cell(text(waits), number: waits),
        Document.Cell(text(component.takes.mean), number: component.takes.mean),
        Document.Cell(text(row.readyHours), number: row.readyHours),
        Document.Cell(row.isCritical ? "yes" : ""),
        Document.Cell(held.notReady.joined(separator: ", ")),
        Document.Cell(held.couldNotStart.joined(separator: ", ")),
      ]
    }
    return Document.Table(
      columns: [
        "component", "waits", "starts in", "ready after", "decides", "down while it restarts",
        "could not start meanwhile",
      ], cells: cells)
  }

  private func wait(_ row: StartOrder.Readiness) -> Double {
    if case .starts(let hours) = row.reason { hours } else { 0 }
  }

  // MARK: JSON

  var json: JSONValue {
    guard let order else { return unknownJSON("no component states a start") }
    let rows = order.afterEverythingIsDown
    return [
      "readyHours": .number(rows.map(\.readyHours).max() ?? 0),
      "criticalPath": .array(order.criticalPath.map { .string($0) }),
      "components": .object(
        Dictionary(
          uniqueKeysWithValues: zip(order.components, rows).map { component, row in
            let held = order.waiting(on: component.name)
            return (
              component.name,
              [
                "waitHours": .number(wait(row)), "takesHours": .number(component.takes.mean),
                "readyHours": .number(row.readyHours), "critical": .bool(row.isCritical),
                "downWhileItRestarts": .array(held.notReady.map { .string($0) }),
                "couldNotStart": .array(held.couldNotStart.map { .string($0) }),
              ]
            )
          })),
    ]
  }
}

extension Component {
  /// What must be up before its units are ready.
  fileprivate var startRequirements: [Requirement<Target>] {
    dependencies.filter { $0.strength == .hard }.map(\.requirement) + (start?.gates.map(\.requirement) ?? [])
  }
}

extension Requirement {
  /// Whether some of several things are enough.
  fileprivate var isChoice: Bool {
    guard case .atLeast(let count, let members) = self else { return false }
    return count < members.count || members.contains { $0.isChoice }
  }
}
