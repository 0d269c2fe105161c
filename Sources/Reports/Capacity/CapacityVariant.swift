public import Planning
internal import Quantities
public import ServiceModel

/// A model with another number of units of one component.
public struct CapacityVariant: Sendable {
  /// The component whose number is another.
  public let component: String
  /// How many it has.
  public let units: Int
  /// What that leaves room for.
  public let plan: CapacityPlan

  /// A model in which a component has so many units.
  public init(_ model: Model, component: String, units: Int) {
    (self.component, self.units) = (component, units)
    plan = CapacityPlan(model)
  }
}

extension CapacityReport {
  /// Every limit that depends on how many units there are.
  func variantBlocks(_ variants: [CapacityVariant]) -> [Document.Block] {
    guard let first = variants.first else { return [] }
    let rows = first.plan.limits.indices.filter { index in
      variants.contains { $0.plan.limits[index].now != first.plan.limits[index].now }
        || variants.contains { $0.plan.limits[index].now != plan.limits[index].now }
    }
    return [
      .heading("With other numbers of \(first.component)"),
      .table(
        Document.Table(
          columns: ["What", "of"] + variants.map { grouped($0.units) },
          cells: rows.map { index in
            let limit = first.plan.limits[index]
            return [Document.Cell(label(limit)), Document.Cell(text(limit.kind))]
              + variants.map { cell($0.plan.limits[index]) }
          }
        ).folded(before: [2])),
    ]
  }

  /// `728 of 500, 146 %`.
  private func cell(_ limit: CapacityLimit) -> Document.Cell {
    let load = "\(amount(limit.now.used, limit.kind).text) of \(amount(limit.now.capacity, limit.kind).text)"
    guard case .share(let share) = limit.now.fullness else { return Document.Cell(load) }
    return Document.Cell("\(load), \(percentage(share))", number: share)
  }

  func variantJSON(_ variant: CapacityVariant) -> JSONValue {
    [
      "component": .string(variant.component), "units": .integer(variant.units),
      "limits": .array(variant.plan.limits.map(json)),
    ]
  }
}
