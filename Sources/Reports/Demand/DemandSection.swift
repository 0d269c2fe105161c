internal import Quantities
internal import Simulation
internal import Stochastics

/// What was asked of components over time, what there was for it, and what came of too little.
struct DemandSection: ReportSection {
  private let capacities: [CapacityEstimate]
  /// Hours in a year, over those of the estimates' year.
  private let scale: Double

  init(_ capacities: [CapacityEstimate], hoursPerYear: Double) {
    self.capacities = capacities
    scale = hoursPerYear / 8760
  }

  var key: String { "demand" }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !capacities.isEmpty else { return [] }
    var blocks: [Document.Block] = [.heading("Demand"), .table(loadTable)]
    let scaled = capacities.filter { $0.scaleUpsPerYear != nil || $0.overloadsPerYear != nil }
    if !scaled.isEmpty { blocks.append(.table(scalingTable(scaled))) }
    blocks.append(
      .note(
        "Units count as healthy units' worth of work; load is what is asked over what can be done. Short: more is asked than "
          + "can be done, outages included. A unit comes too late when more is asked than can be done while it is on its way. "
          + "Autoscaling goes by what is asked and not by what is missing; a unit that needs no room on a node "
          + "stands in its place when nobody wants it, and comes back as its place is."))
    return blocks
  }

  private var loadTable: Document.Table {
    Document.Table(
      columns: [
        "Demand", "asked", "units running", "healthy", "mean load", "peak load", "short a year",
        "unit-hours a year",
      ],
      cells: capacities.map { own in
        [
          .init(own.name), units(own.asked), units(own.running.value), units(own.healthy.value),
          own.meanLoad.map(share) ?? "none up", share(own.peakLoad), hours(own.shortHoursPerYear),
          .init(
            grouped(own.unitHoursPerYear.value * scale, decimals: 0),
            number: own.unitHoursPerYear.value * scale),
        ]
      })
  }

  private func scalingTable(_ capacities: [CapacityEstimate]) -> Document.Table {
    Document.Table(
      columns: ["Follows it, a year", "units added", "too late", "overloads"],
      cells: capacities.map { own in
        [
          .init(own.name), own.scaleUpsPerYear.map(count) ?? "not scaled",
          own.lateScaleUpsPerYear.map(count) ?? "", own.overloadsPerYear.map(count) ?? "not stated",
        ]
      })
  }

  private func units(_ value: Double) -> Document.Cell {
    .init(significant(value, digits: 4).trimmingZeros, number: value)
  }

  private func share(_ value: Double) -> Document.Cell { .init(percentage(value), number: value) }

  private func count(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0 else { return .init("0", number: 0) }
    let text = own.value >= 1000 ? grouped(own.value, decimals: 0) : significant(own.value, digits: 3)
    return .init("\(text) ± \(significant(own.halfWidth, digits: 1))", number: own.value)
  }

  private func hours(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0, let span = TimeSpan(hours: own.value), let error = TimeSpan(hours: own.halfWidth)
    else { return .init("none seen", number: 0) }
    return .init("\(span) ± \(error)", number: own.value)
  }

  // MARK: JSON

  var json: JSONValue { .array(capacities.map(json)) }

  private func json(_ own: CapacityEstimate) -> JSONValue {
    func perYear(_ estimate: Estimate?, _ unit: String, _ reason: String) -> JSONValue {
      estimate.map { $0.multiplied(by: scale).json(unit: unit) } ?? unknownJSON(reason)
    }
    return [
      "component": .string(own.name), "askedUnits": .number(own.asked),
      "runningUnits": own.running.json(unit: "1"), "healthyUnits": own.healthy.json(unit: "1"),
      "meanLoad": own.meanLoad.map { .number($0) } ?? unknownJSON("no unit was ever up"),
      "peakLoad": .number(own.peakLoad), "shortHoursPerYear": perYear(own.shortHoursPerYear, "h/y", ""),
      "unitHoursPerYear": perYear(own.unitHoursPerYear, "h/y", ""),
      "scaleUpsPerYear": perYear(own.scaleUpsPerYear, "1/y", "it is not scaled"),
      "lateScaleUpsPerYear": perYear(own.lateScaleUpsPerYear, "1/y", "it is not scaled"),
      "overloadsPerYear": perYear(own.overloadsPerYear, "1/y", "no failure by overload is stated"),
    ]
  }
}
