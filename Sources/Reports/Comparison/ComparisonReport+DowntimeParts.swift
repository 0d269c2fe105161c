internal import Quantities
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What downtime costs part by part, where more costs something than every hour the same.
extension ComparisonReport {
  /// A table of the parts of every design and difference; nothing where hours are all that costs.
  func downtimePartBlocks(_ name: String, _ differences: [CapabilityDifference]) -> [Document.Block] {
    let levels = designs.indices.compactMap { design in
      comparison.designs[design].capabilities.first { $0.name == name }?.money.map { (design, $0) }
    }
    let parts = DowntimeCostPart.allCases.filter { part in levels.contains { $0.1[part] != nil } }
    guard !parts.isEmpty else { return [] }
    let own = levels.map { design, money in
      [Document.Cell(mark(design))] + parts.map { cell(money[$0], money.currency) }
        + [cell(money.total, money.currency)]
    }
    let between = differences.compactMap { difference -> [Document.Cell]? in
      guard let currency = currency(of: difference), !difference.downtimeCostParts.isEmpty else { return nil }
      return [Document.Cell("\(mark(difference.design)) − \(mark(0))")]
        + parts.map { cell(part($0, of: difference), currency) }
        + [cell(difference.downtimeCostPerYear, currency)]
    }
    return [
      .table(
        Document.Table(
          columns: ["cost of downtime a year"] + parts.map(\.column) + ["all"], cells: own + between))
    ]
  }

  private func part(_ part: DowntimeCostPart, of difference: CapabilityDifference) -> Estimate? {
    difference.downtimeCostParts.first { $0.part == part }?.perYear
  }

  /// An amount for a year of the model; what never differed, or has no price, is 0.
  private func cell(_ perYear: Estimate?, _ currency: String) -> Document.Cell {
    guard let cost = perYear?.multiplied(by: hoursPerYear / 8760) else {
      return Document.Cell(Money.text(0, currency: currency), number: 0)
    }
    return Document.Cell(
      "\(Money.text(cost.value, currency: currency)) ± \(Money.text(cost.halfWidth, currency: currency))",
      number: cost.value)
  }

  func partsJSON(_ difference: CapabilityDifference, _ currency: String) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for own in difference.downtimeCostParts {
      members[own.part.key] =
        own.perYear?.multiplied(by: hoursPerYear / 8760).moneyJSON(perYear: currency)
        ?? unknownJSON("no replication differed")
    }
    return .object(members)
  }
}
