internal import Quantities
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What downtime costs part by part, where more costs something than every hour the same.
extension ComparisonReport {
  /// A table of the parts of every design and difference; nothing where hours are all that costs.
  func downtimePartBlocks(_ name: String, _ differences: [CapabilityDifference]) -> [Document.Block] {
    let isApart = comparison.designs.contains {
      $0.capabilities.contains { $0.name == name && $0.money != nil }
    }
    let levels = isApart ? designs.indices.compactMap { level(name, design: $0) } : []
    let parts = DowntimeCostPart.allCases.filter { part in levels.contains { $0.parts[part] != nil } }
    guard !parts.isEmpty else { return [] }
    let own = levels.map { level in
      [Document.Cell(mark(level.design))] + parts.map { cell(level.parts[$0], level.currency) }
        + [cell(level.total, level.currency)]
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

  /// What being without a capability costs under one design, for a year of 8,760 h.
  private struct Level {
    let design: Int
    let currency: String
    let parts: [DowntimeCostPart: Estimate]
    let total: Estimate
  }

  /// `nil` where it has no price, or the horizon holds no period to rest on.
  private func level(_ name: String, design: Int) -> Level? {
    guard let estimate = comparison.designs[design].capabilities.first(where: { $0.name == name }),
      let capability = capability(name, in: designs[design])
    else { return nil }
    if let money = estimate.money {
      let parts = money.parts.compactMap { own in own.perYear.map { (own.part, $0) } }
      return Level(
        design: design, currency: money.currency, parts: Dictionary(parts) { first, _ in first },
        total: money.total)
    }
    guard capability.downtimeTerms == nil, let rate = capability.downtimeCost else { return nil }
    let hours = estimate.unavailability.multiplied(by: 8760 * rate.perHour)
    return Level(design: design, currency: rate.amount.currency, parts: [.hours: hours], total: hours)
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
