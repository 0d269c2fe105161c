internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// How designs differ from the base.
extension ComparisonReport {
  func differenceTable(_ differences: [CapabilityDifference]) -> Document.Table {
    let objectives = names(of: differences)
    let isPriced = differences.contains { currency(of: $0) != nil }
    let columns =
      ["difference", "downtime a year", "\(percentage(plan.confidence)) interval", "outages a year"]
      + objectives.map { "\($0) missed" } + ["better in", "worse in", "exact"]
    return Document.Table(
      columns: columns + (isPriced ? ["cost a year"] : []),
      cells: differences.map { difference in
        timeCells(difference) + objectives.map { missed($0, difference) } + shareCells(difference)
          + (isPriced ? [cost(difference)] : [])
      })
  }

  private func names(of differences: [CapabilityDifference]) -> [String] {
    var seen: Set<String> = []
    return differences.flatMap { $0.objectives.map(\.name) }.filter { seen.insert($0).inserted }
  }

  private func timeCells(_ difference: CapabilityDifference) -> [Document.Cell] {
    let down = difference.unavailability
    return [
      Document.Cell("\(mark(difference.design)) − \(mark(0))"),
      Document.Cell(
        down.map { signed($0.value) } ?? "no year differed",
        number: down.map { $0.value * hoursPerYear } ?? 0),
      Document.Cell(down.map { "\(signed($0.low)) to \(signed($0.high))" } ?? ""),
      Document.Cell(
        difference.outagesPerYear.map {
          "\($0.value > 0 ? "+" : "")\(significant($0.value, digits: 3)) ± \(significant($0.halfWidth, digits: 1))"
        } ?? "", number: difference.outagesPerYear?.value),
    ]
  }

  /// Windows missed more or less often, in points of a percentage.
  private func missed(_ name: String, _ difference: CapabilityDifference) -> Document.Cell {
    guard let objective = difference.objectives.first(where: { $0.name == name }) else { return "–" }
    guard let missed = objective.missed else { return Document.Cell("none differed", number: 0) }
    let sign = missed.value > 0 ? "+" : missed.value < 0 ? "−" : ""
    return Document.Cell(
      "\(sign)\(percentage(abs(missed.value))) ± \(percentage(missed.halfWidth))", number: missed.value)
  }

  private func shareCells(_ difference: CapabilityDifference) -> [Document.Cell] {
    let exact = exactDifference(difference)
    return [
      Document.Cell(
        difference.shareBetter.map { percentage($0.value) } ?? "", number: difference.shareBetter?.value),
      Document.Cell(
        difference.shareWorse.map { percentage($0.value) } ?? "", number: difference.shareWorse?.value),
      Document.Cell(exact.map(signed) ?? "unknown", number: exact.map { $0 * hoursPerYear }),
    ]
  }

  private func cost(_ difference: CapabilityDifference) -> Document.Cell {
    guard let currency = currency(of: difference) else { return "–" }
    guard let cost = costPerYear(difference) else {
      return Document.Cell(Money.text(0, currency: currency), number: 0)
    }
    return Document.Cell(
      "\(Money.text(cost.value, currency: currency)) ± \(Money.text(cost.halfWidth, currency: currency))",
      number: cost.value)
  }

  /// What downtime costs more in a year of the model; `nil` when no replication differed.
  func costPerYear(_ difference: CapabilityDifference) -> Estimate? {
    difference.downtimeCostPerYear?.multiplied(by: hoursPerYear / 8760)
  }

  /// The currency in which both designs price an hour without the capability.
  func currency(of difference: CapabilityDifference) -> String? {
    func own(_ design: Design) -> String? {
      capability(difference.capability, in: design)?.downtimeCurrency
    }
    guard let currency = own(base), currency == own(designs[difference.design]) else { return nil }
    return currency
  }

  /// The difference of the exact answers; `nil` where one has none, or stands on what is only simulated.
  func exactDifference(_ difference: CapabilityDifference) -> Double? {
    guard let other = designs[difference.design].exactUnavailability(of: difference.capability),
      let own = base.exactUnavailability(of: difference.capability),
      onlySimulated(difference.capability, base) == nil,
      onlySimulated(difference.capability, designs[difference.design]) == nil
    else { return nil }
    return other - own
  }

  /// What only the simulation plays of a capability of a design: “policies are”; `nil` where both engines answer.
  func onlySimulated(_ capability: String, _ design: Design) -> String? {
    let graph = design.header.graph
    return graph.capabilities.firstIndex { $0.name == capability }.flatMap {
      graph.onlySimulated(capability: $0)
    }
  }

  var hoursPerYear: Double { base.header.conventions.hoursPerYear }

  /// A share of a year with its sign.
  private func signed(_ share: Double) -> String {
    (share < 0 ? "−" : "+") + base.header.perYear(abs(share)).description
  }
}
