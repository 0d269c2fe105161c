internal import Billing
internal import Quantities
internal import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// The tables of a sweep.
extension SweepReport {
  private static let barCells = 24

  /// One row for each value.
  func curveTable(_ capability: String) -> Document.Table {
    let objectives = objectiveNames(capability)
    let isPriced = points.contains { $0.isBilled }
    let currency = downtimeCurrency(capability)
    let most = points.indices.compactMap { estimate(capability, $0)?.unavailability.value }.max() ?? 0
    let columns = names + ["availability", "down a year", ""] + ["than stated", "interval", "exact"]
    return Document.Table(
      columns: columns + objectives.map { "\($0) missed" }
        + (currency == nil ? [] : ["downtime costs a year"])
        + (isPriced ? ["a month"] : []),
      cells: points.indices.compactMap { point in
        estimate(capability, point).map { estimate in
          valueCells(point) + levelCells(estimate, most: most) + differenceCells(capability, point)
            + [exactCell(capability, point)] + objectives.map { missed($0, estimate) }
            + (currency.map { [cost(estimate, capability, point, $0)] } ?? [])
            + (isPriced ? [monthly(point)] : [])
        }
      })
  }

  /// Downtime of a year by both values.
  func gridTable(_ capability: String) -> Document.Table {
    let pairs = points.indices.dropFirst().map { (point: $0, values: points[$0].values) }
    let columns = distinctValues(1)
    return Document.Table(
      columns: ["down a year: \(names[0]) ↓, \(names[1]) →"] + columns,
      cells: distinctValues(0).map { row in
        [value(row)]
          + columns.map { column in
            guard let found = pairs.first(where: { $0.values == [row, column] }),
              let estimate = estimate(capability, found.point)
            else { return "–" }
            return downtime(estimate.unavailability.value)
          }
      })
  }

  // MARK: Cells

  private func valueCells(_ point: Int) -> [Document.Cell] {
    let values = points[point].values
    return values.isEmpty ? ["as stated"] + names.dropFirst().map { _ in "" } : values.map(value)
  }

  /// A value, with its number for a spreadsheet where it is one without a unit.
  private func value(_ text: String) -> Document.Cell {
    let number = NumberText(prefixOf: text[...]).flatMap { $0.rest.isEmpty ? $0.double : nil }
    return Document.Cell(text, number: number)
  }

  private func levelCells(_ estimate: CapabilityEstimate, most: Double) -> [Document.Cell] {
    let down = estimate.unavailability
    let share = most > 0 ? min(1, down.value / most) : 0
    let eighths = Int((share * Double(Self.barCells * 8)).rounded())
    return [
      Document.Cell(
        Availability(unavailability: min(1, down.value))?.text(digits: 4) ?? "", number: 1 - down.value),
      Document.Cell(
        "\(header.perYear(down.value)) ± \(header.perYear(down.halfWidth))", number: down.value * hoursPerYear
      ),
      Document.Cell(barText(eighths: eighths), number: share),
    ]
  }

  private func downtime(_ share: Double) -> Document.Cell {
    Document.Cell("\(header.perYear(share))", number: share * hoursPerYear)
  }

  private func differenceCells(_ capability: String, _ point: Int) -> [Document.Cell] {
    guard point > 0 else { return ["", ""] }
    guard let found = difference(capability, point)?.unavailability else {
      return [Document.Cell("no year differed", number: 0), ""]
    }
    return [
      Document.Cell(signed(found.value), number: found.value * hoursPerYear),
      Document.Cell("\(signed(found.low)) to \(signed(found.high))"),
    ]
  }

  private func signed(_ share: Double) -> String {
    (share < 0 ? "−" : "+") + header.perYear(abs(share)).description
  }

  private func exactCell(_ capability: String, _ point: Int) -> Document.Cell {
    exactUnavailability(capability, point).map(downtime) ?? "unknown"
  }

  private func missed(_ name: String, _ estimate: CapabilityEstimate) -> Document.Cell {
    guard let outcome = estimate.objectives.first(where: { $0.objective.name == name }) else { return "–" }
    guard let missed = outcome.missed else { return "no whole window" }
    return Document.Cell(
      "\(percentage(missed.value)) ± \(percentage(missed.halfWidth))", number: missed.value)
  }

  private func cost(
    _ estimate: CapabilityEstimate, _ capability: String, _ point: Int, _ currency: String
  ) -> Document.Cell {
    guard let cost = downtimeCost(estimate, capability, point) else { return "–" }
    return Document.Cell(
      "\(Money.text(cost.value, currency: currency)) ± \(Money.text(cost.halfWidth, currency: currency))",
      number: cost.value)
  }

  private func monthly(_ point: Int) -> Document.Cell {
    guard case .bill(let bill) = points[point].monthly else { return "unknown" }
    return Document.Cell(
      AmountText(currency: bill.currency).cents(bill.monthly), number: AmountText.number(bill.monthly))
  }

  // MARK: Parts

  func estimate(_ capability: String, _ point: Int) -> CapabilityEstimate? {
    comparison.designs[point].capabilities.first { $0.name == capability }
  }

  func difference(_ capability: String, _ point: Int) -> CapabilityDifference? {
    comparison.differences.first { $0.design == point && $0.capability == capability }
  }

  /// `nil` where the exact engine has no answer, or something that the capability stands on is only simulated.
  func exactUnavailability(_ capability: String, _ point: Int) -> Double? {
    let graph = points[point].header.graph
    guard let index = graph.capabilities.firstIndex(where: { $0.name == capability }),
      graph.onlySimulated(capability: index) == nil
    else { return nil }
    return points[point].exact?.first { $0.capability == capability }?.unavailability
  }

  func downtimeCurrency(_ capability: String) -> String? {
    header.graph.model.capabilities.first { $0.name == capability }?.downtimeCurrency
  }

  /// What downtime costs in a year of the model.
  func downtimeCost(_ estimate: CapabilityEstimate, _ capability: String, _ point: Int) -> Estimate? {
    if let money = estimate.money { return money.total.multiplied(by: hoursPerYear / 8760) }
    let stated = points[point].header.graph.model.capabilities.first { $0.name == capability }
    guard let stated, stated.downtimeTerms == nil, let rate = stated.downtimeCost else { return nil }
    return estimate.unavailability.multiplied(by: hoursPerYear * rate.perHour)
  }

  private func objectiveNames(_ capability: String) -> [String] {
    header.graph.model.capabilities.first { $0.name == capability }?.objectives.map(\.name) ?? []
  }
}

extension SweepReport.Point {
  fileprivate var isBilled: Bool { if case .nothingStated = monthly { false } else { true } }
}
